"""Learns which sentence of a brief answers, whether any does, and who asks for the answer itself."""

import sys
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from classroom.meaning.learned import Features
from classroom.meaning.lexicon import DEFAULT, lexicon
from classroom.meaning.matching import MEASURES, measures
from classroom.meaning.passages import Brief, brief_of, read_text
from classroom.meaning.questions import Match, answered_features, asking_features
from classroom.meaning.tokens import read
from tools.data import Row, by, to_learn_from
from tools.learning import WEIGHTS, Truth, at_most, curve, folds, learned, left_out, marked, written

LEX = lexicon(DEFAULT)
STRENGTH = 3.0
FLAGGED_IN_VAIN = 0.014  # of the honest questions, at most so many are taken for asking the answer
SHOWN = 0.10  # the chance from which passages are shown: showing costs little


def run() -> None:
    rows = to_learn_from("questions")
    briefs = {name: brief_of(row["brief"], LEX) for name, row in by("briefs", "brief_id").items()}
    texts = {name: row["brief"] for name, row in by("briefs", "brief_id").items()}
    measured = [_measured(row, briefs[row["brief"]]) for row in rows]
    gold = [gold_of(row, briefs[row["brief"]], texts[row["brief"]]) for row in rows]
    fold = np.array(folds([row["brief"] for row in rows], 8))
    ranks = [np.zeros(0)] * len(rows)
    for number in sorted(set(fold)):
        weights = _ranking(
            [one for one, f in zip(measured, fold, strict=True) if f != number],
            [one for one, f in zip(gold, fold, strict=True) if f != number],
        )
        for index in np.flatnonzero(fold == number):
            ranks[index] = measured[index] @ weights
    _tell(ranks, gold)
    weights = _ranking(measured, gold)
    written(WEIGHTS / "passages.tsv", [f"={name}" for name in MEASURES], ["answers"], weights[:, None], [0.0])
    groups = [row["brief"] for row in rows]
    matches = [
        Match(briefs[row["brief"]].parts, one, rank, tuple(np.argsort(-rank, kind="stable")))
        for row, one, rank in zip(rows, measured, ranks, strict=True)
    ]
    answered = [answered_features(row["text"], match, LEX) for row, match in zip(rows, matches, strict=True)]
    said = np.array([row["label"] == "in_brief" for row in rows], float)
    in_brief = left_out(answered, groups, {"in_brief": said}, STRENGTH / 10)["in_brief"]
    learned("answered", answered, {"in_brief": said}, STRENGTH / 10)
    asking = [asking_features(read(row["text"]), LEX) for row in rows]
    wants = np.array([row["label"] == "wants_answer" for row in rows], float)
    wanting = left_out(asking, groups, {"wants_answer": wants}, STRENGTH)["wants_answer"]
    learned("asking", asking, {"wants_answer": wants}, STRENGTH)
    curve("wants_answer", wanting, wants)
    curve("in_brief", in_brief, said)
    _mark(in_brief, said, wanting, wants)


def _measured(row: Row, brief: Brief) -> Truth:
    asked = read_text(row["text"], LEX, asked=True)
    return np.stack([measures(asked, part, brief, LEX) for part in brief.parts])


def gold_of(row: Row, brief: Brief, text: str) -> list[int]:
    """Which sentences of the brief answer."""
    found = []
    for index, part in enumerate(brief.parts):
        for answer in row["gold"]:
            start = text.find(answer)
            if start < part.span[1] and part.span[0] < start + len(answer):
                found.append(index)
                break
    return found


def _ranking(measured: Sequence[Truth], gold: Sequence[list[int]]) -> Truth:
    """Each sentence against the others of its brief; every question weighs the same."""
    rows, truth, weight = [], [], []
    for one, right in zip(measured, gold, strict=True):
        if right:
            rows.append(one - one.mean(0))
            answers = np.isin(np.arange(len(one)), right)
            truth.append(answers)
            weight.append(np.where(answers, 1 / answers.sum(), 1 / max(1, (~answers).sum())))
    model = LogisticRegression(C=3.0, max_iter=1000)
    model.fit(np.concatenate(rows), np.concatenate(truth), sample_weight=np.concatenate(weight))
    return np.asarray(model.coef_[0])


def _tell(ranks: Sequence[Truth], gold: Sequence[list[int]]) -> None:
    asked = [(rank, right) for rank, right in zip(ranks, gold, strict=True) if right]
    for count in (1, 3):
        hit = sum(bool(set(np.argsort(-rank)[:count]) & set(right)) for rank, right in asked)
        sys.stdout.write(
            f"  passage among the first {count}, briefs left out: {hit / len(asked):.3f} of {len(asked)}\n"
        )


def _mark(in_brief: Truth, said: Truth, wanting: Truth, wants: Truth) -> None:
    mark = at_most(wanting, wants < 1, FLAGGED_IN_VAIN)
    flagged = wanting >= mark
    sys.stdout.write(
        f"  asks for the answer, briefs left out: recall {flagged[wants > 0].mean():.3f},"
        f" in vain {flagged[wants < 1].mean():.4f}\n"
    )
    chance = 1 / (1 + np.exp(-in_brief))
    best = max(np.arange(0.2, 0.81, 0.05), key=lambda t: _f1((chance >= t) & ~flagged, said > 0))
    sure = at_most(chance, said < 1, 0.02)
    sys.stdout.write(
        f"  in the brief, briefs left out: F1 {_f1((chance >= best) & ~flagged, said > 0):.3f},"
        f" shown {np.mean(chance[said > 0] >= SHOWN):.3f}\n"
    )
    marked(
        "questions",
        {"wants_answer": mark, "in_brief": float(best), "shown": SHOWN, "sure": min(0.95, float(sure))},
    )


def _f1(yes: Truth, truth: Truth) -> float:
    return 2 * float((yes & truth).sum()) / max(1.0, float(yes.sum() + truth.sum()))
