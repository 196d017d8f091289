"""`python -m tests.meaning.measure [--aside] [--mistakes]`: how well the engine and naive rules do."""

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from classroom.meaning import Verdict, assess

DATA = Path(__file__).parent / "data"
SEEN = ("open", "later", "third", "fourth", "moves", "tone")
SET_ASIDE = ("aside", "moves-kept", "tone-kept")  # not to be looked at case by case
Case = dict[str, Any]
CUES = re.compile(
    r"\b(because|should|could|maybe|would|unclear|confusing|suggest|why|how|what|example|good|like|improve)\b",
    re.I,
)
RUDE = re.compile(
    r"\b(stupid|idiot|dumb|trash|hate|boring|terrible|genius|wow|congratulations|ugly|lol)\b", re.I
)


class Score(NamedTuple):
    """Right and wrong answers to one question."""

    hits: int
    false: int
    missed: int
    fair: int

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def false_alarms(self) -> float:
        return self.false / self.fair if self.fair else 0.0


def cases(*parts: str) -> list[Case]:
    """All cases, or those of some parts, each with the post and the brief that it is about."""
    works = json.loads((DATA / "works.json").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in (DATA / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{**row, **works[row["work"]]} for row in rows if not parts or row["part"] in parts]


def verdict(case: Case) -> Verdict:
    return assess(
        case["text"], post=case["post"], brief=case["brief"], quote=case["quote"], earlier=case["earlier"]
    )


def score(rows: Iterable[Case], label: str, answer: Callable[[Case], bool]) -> Score:
    """Counts; a case whose label is null was not judged for it."""
    hits = false = missed = fair = 0
    for case in rows:
        if case[label] is None:
            continue
        said, true = answer(case), case[label]
        hits += said and true
        false += said and not true
        missed += true and not said
        fair += not true
    return Score(hits, false, missed, fair)


ENGINES: dict[str, dict[str, Callable[[Case], bool]]] = {
    "meaningful": {
        "always yes": lambda _: True,
        "8 words or more": lambda case: len(case["text"].split()) >= 8,
        "15 words or more": lambda case: len(case["text"].split()) >= 15,
        "8 words and a cue": lambda case: len(case["text"].split()) >= 8 and bool(CUES.search(case["text"])),
        "the engine": lambda case: verdict(case).meaningful,
    },
    "hold": {
        "rude words": lambda case: bool(RUDE.search(case["text"])),
        "the engine": lambda case: verdict(case).hold,
    },
}


def table(part: str) -> str:
    rows = cases(part)
    lines = [f"{part}: {len(rows)} comments"]
    for label, engines in ENGINES.items():
        lines.append(f"  {label:<20} precision  recall     F1   false alarms among the others")
        for name, answer in engines.items():
            one = score(rows, label, answer)
            lines.append(
                f"    {name:<18}{one.precision:9.2f}{one.recall:8.2f}{one.f1:7.2f}{one.false_alarms:9.1%}"
            )
    return "\n".join(lines)


def mistakes(part: str) -> str:
    lines = []
    for case in cases(part):
        found = verdict(case)
        for label in ENGINES:
            if case[label] is not None and getattr(found, label) != case[label]:
                codes = " ".join(f"{one.code}[{one.words[:24]}]" for one in found.because)
                lines.append(f"{case['id']} {label} should be {case[label]}: {case['text']}\n      {codes}")
    return "\n".join(lines)


def main(options: list[str]) -> None:
    parts = (*SEEN, *SET_ASIDE) if "--aside" in options else SEEN
    for part in parts:
        sys.stdout.write(table(part) + "\n")
        if "--mistakes" in options:
            sys.stdout.write(mistakes(part) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
