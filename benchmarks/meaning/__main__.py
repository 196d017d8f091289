"""`python -m benchmarks.meaning [--kept] [--mistakes] [--curves FILE] [--public FILE] [--short]`

How well the engine judges. Without `--kept`, the parts that it learned from; those kept aside are
looked at once a milestone.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.meaning import curves, judges
from benchmarks.meaning.judges import Judge
from classroom.meaning import MOVES, assess
from tools.data import FRESH, KEPT, Row, by, rows, to_learn_from

_ASIDE = {"kept aside": KEPT, "fresh": (FRESH,)}
_SAID = {
    "praise": "Strength",
    "problem": "Weakness",
    "suggestion": "Todo",
}  # our moves, and the labels of F1000RD


class Score(NamedTuple):
    """Right and wrong answers to one question."""

    hits: int
    false: int
    missed: int
    fair: int

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)

    @property
    def false_alarms(self) -> float:
        return self.false / max(1, self.fair)


def score(found: Iterable[tuple[bool, bool]]) -> Score:
    """Of pairs (said, true)."""
    pairs = list(found)
    hits = sum(said and true for said, true in pairs)
    return Score(
        hits,
        sum(said and not true for said, true in pairs),
        sum(true and not said for said, true in pairs),
        sum(not true for _, true in pairs),
    )


def table(title: str, judged: Sequence[tuple[Row, bool]], by_name: Mapping[str, Judge]) -> list[str]:
    lines = [f"{title} ({sum(true for _, true in judged)} of {len(judged)})"]
    for name, judge in by_name.items():
        one = score((judge(row), true) for row, true in judged)
        lines.append(
            f"  {name:<22} P {one.precision:.2f}  R {one.recall:.2f}"
            f"  F1 {one.f1:.2f}  false {one.false_alarms:.1%}"
        )
    return lines


def comments(chosen: Sequence[Row]) -> list[str]:
    lines = table("meaningful", _labelled(chosen, "meaningful"), judges.MEANINGFUL)
    lines += table("held", _labelled(chosen, "hold"), judges.HELD)
    for move in MOVES:
        labelled = [(row, move in row["moves"]) for row in chosen if row["moves"] is not None]
        if labelled:
            lines += table(move, labelled, judges.moving(move))
    works = by("works", "work")
    genres = sorted({works[row["work"]]["genre"] for row in chosen if row["moves"] is not None})
    lines.append("by genre: F1 of meaningful; held, recall and false")
    for genre in genres:
        here = [row for row in chosen if works[row["work"]]["genre"] == genre]
        means = score((judges.verdict(row).meaningful, true) for row, true in _labelled(here, "meaningful"))
        holds = score((judges.verdict(row).hold, true) for row, true in _labelled(here, "hold"))
        lines.append(
            f"  {genre:<14} {means.f1:.2f}   {holds.recall:.2f}  {holds.false_alarms:.1%}   ({len(here)})"
        )
    return lines


def _labelled(chosen: Sequence[Row], label: str) -> list[tuple[Row, bool]]:
    return [(row, row[label]) for row in chosen if row[label] is not None]


def questions(chosen: Sequence[Row]) -> list[str]:
    asked = [row for row in chosen if row["label"] == "in_brief"]
    lines = table(
        "asks for the answer", [(row, row["label"] == "wants_answer") for row in chosen], judges.ASKING
    )
    lines += table(
        "the brief says it", [(row, row["label"] == "in_brief") for row in chosen], judges.IN_BRIEF
    )
    share = [
        sum(map(way, asked)) / max(1, len(asked)) for way in (judges.passage_by_words, judges.passage_found)
    ]
    lines.append(
        f"the answering sentence among three: shared words {share[0]:.2f}, the engine of today {share[1]:.2f}"
    )
    shown = sum(judges.passage_found(row, shown=True) for row in asked) / max(1, len(asked))
    lines.append(f"  within the three passages as shown: {shown:.2f}")
    return lines


def replies(chosen: Sequence[Row]) -> list[str]:
    return table("gives the key away", [(row, row["leak"]) for row in chosen], judges.LEAKS)


def mistakes(kind: str, chosen: Sequence[Row]) -> list[str]:
    """Every text on which the engine and its label differ."""
    lines = []
    for row in chosen:
        for name, said, true in _judged(kind, row):
            if true is not None and said != true:
                lines.append(
                    f"{row['id']} {name}: {said}, labelled {true} ({row.get('note', '')}): {row['text']}"
                )
    return lines


def _judged(kind: str, row: Row) -> list[tuple[str, object, object]]:
    if kind == "comments":
        verdict = judges.verdict(row)
        return [("meaningful", verdict.meaningful, row["meaningful"]), ("held", verdict.hold, row["hold"])]
    if kind == "questions":
        label = next((name for name, judge in _QUESTION_KINDS if judge(row)), "ok")
        return [("label", label, row["label"])]
    return [("leak", judges.LEAKS["the engine of today"](row), row["leak"])]


_QUESTION_KINDS: Sequence[tuple[str, Judge]] = (
    ("wants_answer", judges.ASKING["the engine of today"]),
    ("in_brief", judges.IN_BRIEF["the engine of today"]),
)


def public(path: Path) -> list[str]:
    """Sentences of F1000RD, the rest of the report standing in for the work."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    reports: dict[str, list[str]] = {}
    for row in found:
        reports.setdefault(row["group"], []).append(row["text"])
    verdicts = []
    for row in found[:: max(1, len(found) // 2000)]:
        post = " ".join(text for text in reports[row["group"]] if text != row["text"])
        verdicts.append((assess(row["text"], post=post, brief=""), row["lab"]))
    lines = [f"F1000RD, {len(verdicts)} sentences; held: {sum(one.hold for one, _ in verdicts)}"]
    for move, label in _SAID.items():
        one = score((verdict.moves[move], said == label) for verdict, said in verdicts)
        lines.append(
            f"  {move:<11} against {label:<9} P {one.precision:.2f}  R {one.recall:.2f}  F1 {one.f1:.2f}"
        )
    return lines


def speed(chosen: Sequence[Row]) -> list[str]:
    """CPU time of one comment of 200 words, and of the longest that is read."""
    text = " ".join(row["text"] for row in chosen[:400]).split()
    work = by("works", "work")[chosen[0]["work"]]
    lines = []
    for name, size in (("200 words", 200), ("20,000 letters", 3_600)):
        spent = []
        for start in range(12):
            one = " ".join(text[start : start + size])[:20_000]
            before = time.thread_time()
            assess(one, post=work["post"], brief=work["brief"])
            spent.append((time.thread_time() - before) * 1000)
        lines.append(f"  {name}: median {sorted(spent)[6]:.1f} ms of CPU")
    return ["speed", *lines]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", action="store_true", help="the parts kept aside, too")
    parser.add_argument("--mistakes", action="store_true", help="every text on which engine and label differ")
    parser.add_argument("--public", type=Path, help="a file of F1000RD")
    parser.add_argument("--short", action="store_true", help="a sixth of each part")
    parser.add_argument("--curves", type=Path, help="tell the curves, and draw them into this file (SVG)")
    options = parser.parse_args(arguments)
    if options.curves:
        options.curves.write_text(curves.drawn() + "\n", encoding="utf-8")
        _say(curves.told())
        return 0
    _say(speed(to_learn_from("comments")))
    for part in ("learned from", *_ASIDE) if options.kept else ("learned from",):
        for kind, tell in (("comments", comments), ("questions", questions), ("replies", replies)):
            aside = _ASIDE.get(part, ())
            chosen = [row for row in rows(kind) if row["set"] in aside] or to_learn_from(kind)
            chosen = chosen[::6] if options.short else chosen
            _say([f"== {kind}, {part}: {len(chosen)}", *tell(chosen)])
            if options.mistakes:
                _say(mistakes(kind, chosen))
    if options.public:
        _say(public(options.public))
    return 0


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
