"""Learns what comments do and how they sound, and where each score may correct the rules."""

import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np

from classroom.meaning import MOVES
from classroom.meaning.engine import Studied, by_rules, study
from classroom.meaning.features import comment_features, signs_in
from classroom.meaning.learned import Features
from classroom.meaning.verdict import Verdict
from classroom.meaning.weighing import is_doubtful, is_empty, is_sure, may_count
from tools.data import Row, by, to_learn_from
from tools.learning import WEIGHTS, Truth, at_most, curve, learned, left_out, marked, near, near_left_out

STRENGTH = 2.0
RECALL = 0.945  # of the meaningful ones, at least so many must count
FIRM = 1.0  # what a rule holds is let go below this odds at the most
HELD_IN_VAIN = 0.018  # of the fair ones, at most so many are held


def run() -> None:
    rows = to_learn_from("comments")
    works = by("works", "work")
    studied = [_studied(row, works[row["work"]]) for row in rows]
    ruled = [by_rules(one) for one in studied]
    features = [_features(one, verdict) for one, verdict in zip(studied, ruled, strict=True)]
    tasks = truths(rows)
    groups = [works[row["work"]]["genre"] for row in rows]
    scores = left_out(features, groups, tasks, STRENGTH)
    likeness = near_left_out(features, groups, tasks["held"])
    size = float(np.nanstd(scores["held"]) / np.nanstd(likeness))
    scores["held"] += size * likeness
    for name, truth in tasks.items():
        curve(name, scores[name], truth)
    marks = {
        **_counting(scores["meaningful"], tasks["meaningful"], studied, ruled),
        **_holding(scores["held"], tasks["held"], studied, ruled),
    }
    for move in MOVES:
        marks |= _moving(move, scores[move], tasks[move], ruled)
    marked("comments", marks)
    learned("comments", features, tasks, STRENGTH)
    judged = np.flatnonzero(~np.isnan(tasks["held"]))
    np.savez_compressed(
        WEIGHTS / "held.npz", **near([features[at] for at in judged], tasks["held"][judged], size)
    )
    sys.stdout.write(f"comments: {len(rows)} read, {marks}\n")


def _studied(row: Row, work: Row) -> Studied:
    return study(
        row["text"], post=work["post"], brief=work["brief"], quote=row["quote"], earlier=row["earlier"]
    )


def _features(studied: Studied, ruled: Verdict) -> Features:
    codes = Counter(found.code for found in ruled.because)
    return comment_features(studied.heard, studied.at, codes, counts=ruled.meaningful, holds=ruled.hold)


def truths(rows: Sequence[Row]) -> dict[str, Truth]:
    """One column a score; NaN where a comment was not labelled for it."""
    found = {
        "meaningful": np.array(
            [np.nan if row["meaningful"] is None else row["meaningful"] for row in rows], float
        ),
        "held": np.array([np.nan if row["hold"] is None else row["hold"] for row in rows], float),
    }
    for move in MOVES:
        found[move] = np.array(
            [np.nan if row["moves"] is None else move in row["moves"] for row in rows], float
        )
    return found


def _counting(
    scores: Truth, truth: Truth, studied: Sequence[Studied], ruled: Sequence[Verdict]
) -> dict[str, float]:
    """The best F1 among the pairs of thresholds that keep the recall."""
    judged = ~np.isnan(truth)
    true = truth[judged] > 0
    counts = np.array([verdict.meaningful for verdict in ruled])
    codes = [Counter(found.code for found in verdict.because) for verdict in ruled]
    both = list(zip(studied, codes, strict=True))
    doubtful = np.array([is_doubtful(one.heard, one.at, code) for one, code in both])
    may = np.array([may_count(one.heard, one.at, code) for one, code in both])
    said_empty = np.array([is_empty(one.heard, one.at, code) for one, code in both])
    best, found = 0.0, {"counts": 0.0, "counts in spite": 0.0, "empty": -9.0}
    for grant in np.arange(-1.0, 1.51, 0.1):
        for spite in np.arange(max(grant, -0.4), 2.01, 0.2):
            granted = may & (scores >= np.where(said_empty, spite, grant))
            for empty in np.arange(-2.0, 0.51, 0.1):
                yes = np.where(counts, ~(doubtful & (scores < empty)), granted)[judged]
                right = float((yes & true).sum())
                score = 2 * right / float(yes.sum() + true.sum())
                if right >= RECALL * true.sum() and score > best:
                    marks = {"counts": grant, "counts in spite": spite, "empty": empty}
                    best, found = score, {name: float(mark) for name, mark in marks.items()}
    sys.stdout.write(f"  meaningful, genres left out: F1 {best:.3f}\n")
    return found


def _holding(
    scores: Truth, truth: Truth, studied: Sequence[Studied], ruled: Sequence[Verdict]
) -> dict[str, float]:
    """The best recall among the pairs of thresholds that hold few fair ones, by rules and score together."""
    judged = ~np.isnan(truth)
    by_rule = np.array([verdict.hold for verdict in ruled])
    firm = np.array([any(one.code == "tone.attack" for one in verdict.because) for verdict in ruled])
    signed = np.array([any(signs_in(one, study.at.lex) for one in study.heard) for study in studied])
    free = judged & ~by_rule
    fair_ones = judged & (truth < 1)
    best = (0.0, 0.0, 0.0)
    for fair in np.arange(-4.0, FIRM + 0.01, 0.1):
        kept = by_rule & (firm | (scores >= fair))
        left = HELD_IN_VAIN - float(kept[fair_ones].mean())
        share = left * float(fair_ones.sum()) / float((free & fair_ones).sum())
        if share <= 0:
            continue
        mark = at_most(np.where(signed, scores, -99.0)[free], truth[free] < 1, share)
        recall = float((kept | (~by_rule & signed & (scores >= mark)))[judged & (truth > 0)].mean())
        best = max(best, (recall, mark, float(fair)))
    _, mark, fair = best
    held = judged & ((by_rule & (firm | (scores >= fair))) | (~by_rule & signed & (scores >= mark)))
    sys.stdout.write(
        f"  held, genres left out: recall {held[truth > 0].mean():.3f},"
        f" of the fair ones {held[judged & (truth < 1)].mean():.4f}\n"
    )
    return {"held": mark, "fair": fair}


def _moving(move: str, scores: Truth, truth: Truth, ruled: Sequence[Verdict]) -> dict[str, float]:
    """For a move that the rules found, and for one that they did not: the thresholds of the best F1."""
    judged = ~np.isnan(truth)
    by_rule = np.array([verdict.moves[move] for verdict in ruled])
    sure = np.array([is_sure(move, Counter(one.code for one in verdict.because)) for verdict in ruled])
    best, found = 0.0, (0.0, 0.0)
    for after in np.arange(-2, 1.01, 0.2):
        for alone in np.arange(after, 2.01, 0.2):
            yes = judged & (sure | (scores >= np.where(by_rule, after, alone)))
            score = (
                2 * float((yes & (truth > 0)).sum()) / (float(yes.sum()) + float((truth[judged] > 0).sum()))
            )
            if score > best:
                best, found = score, (float(after), float(alone))
    sys.stdout.write(f"  {move}, genres left out: F1 {best:.3f}\n")
    return {f"{move} after rule": found[0], f"{move} alone": found[1]}
