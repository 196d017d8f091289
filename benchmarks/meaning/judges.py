"""Who judges: naive ways, the first engine (recorded), the rules of today, and the engine of today."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from classroom.meaning import MOVES, Verdict, answers_in, asks_for_answer, assess, leaks, sort_question
from classroom.meaning.engine import by_rules, study, weighed
from classroom.meaning.leaks import by_rules as leaks_by_rules
from classroom.meaning.tokens import plain_words
from tools.data import Row, by

Judge = Callable[[Row], bool]
_LETTERS = dict(zip(MOVES, "PBSQAR", strict=True))
_RUDE = re.compile(
    r"\b(stupid|idiot|dumb|trash|hate|boring|terrible|genius|wow|congratulations|ugly|lol)\b", re.I
)
_CUES = re.compile(
    r"\b(because|should|could|maybe|would|unclear|confusing|suggest|why|how|what|example|good|like|improve)\b",
    re.I,
)
NAIVE = (
    "always yes",
    "8 words or more",
    "15 words or more",
    "8 words and a cue",
    "a list of rude words",
)
_ASKING = re.compile(r"\b(answer|solution|solve|send|share|copy|what did you get|do it for me|code)\b", re.I)


@lru_cache(maxsize=1)
def _first() -> dict[str, str]:
    """What the first rule engine said of each text: recorded when the learned scores came."""
    found: dict[str, str] = json.loads(
        (Path(__file__).parent / "first_engine.json").read_text(encoding="utf-8")
    )
    return found


@lru_cache(maxsize=1)
def _works() -> dict[str, Row]:
    return by("works", "work")


@lru_cache(maxsize=20_000)
def _both(text: str, work: str, quote: str | None, earlier: tuple[str, ...]) -> tuple[Verdict, Verdict]:
    about = _works()[work]
    studied = study(text, post=about["post"], brief=about["brief"], quote=quote, earlier=earlier)
    ruled = by_rules(studied)
    if studied.readable:
        return ruled, weighed(studied, ruled)
    # In a language that it cannot read the engine says so, and the comment counts.
    return ruled, assess(text, post=about["post"], brief=about["brief"], quote=quote, earlier=earlier)


def ruled(row: Row) -> Verdict:
    return _both(row["text"], row["work"], row["quote"], tuple(row["earlier"]))[0]


def verdict(row: Row) -> Verdict:
    return _both(row["text"], row["work"], row["quote"], tuple(row["earlier"]))[1]


def words(row: Row) -> int:
    return len(row["text"].split())


MEANINGFUL: dict[str, Judge] = {
    "always yes": lambda _: True,
    "8 words or more": lambda row: words(row) >= 8,
    "15 words or more": lambda row: words(row) >= 15,
    "8 words and a cue": lambda row: words(row) >= 8 and bool(_CUES.search(row["text"])),
    "the first engine": lambda row: "m" in _first()[row["id"]],
    "the rules of today": lambda row: ruled(row).meaningful,
    "the engine of today": lambda row: verdict(row).meaningful,
}
HELD: dict[str, Judge] = {
    "a list of rude words": lambda row: bool(_RUDE.search(row["text"])),
    "the first engine": lambda row: "h" in _first()[row["id"]],
    "the engine of today": lambda row: verdict(row).hold,
}


def moving(move: str) -> dict[str, Judge]:
    """Those who judge one move."""
    return {
        "always yes": lambda _: True,
        "the first engine": lambda row: _LETTERS[move] in _first()[row["id"]],
        "the engine of today": lambda row: verdict(row).moves[move],
    }


ASKING: dict[str, Judge] = {
    "a list of words": lambda row: bool(_ASKING.search(row["text"])),
    "the engine of today": lambda row: asks_for_answer(row["text"]) is not None,
}
IN_BRIEF: dict[str, Judge] = {
    "always yes": lambda _: True,
    "the engine of today": lambda row: (
        sort_question(row["text"], _briefs()[row["brief"]]["brief"]).label == "in_brief"
    ),
}
LEAKS: dict[str, Judge] = {
    "always yes": lambda _: True,
    "shared words": lambda row: _overlap(row) >= 0.25,
    "the first engine": lambda row: "l" in _first()[row["id"]],
    "the rules of today": lambda row: leaks_by_rules(row["text"], *_key(row)) is not None,
    "the engine of today": lambda row: leaks(row["text"], *_key(row)) is not None,
}


@lru_cache(maxsize=1)
def _briefs() -> dict[str, Row]:
    return by("briefs", "brief_id")


@lru_cache(maxsize=1)
def _tasks() -> dict[str, Row]:
    return by("tasks", "task_id")


def _key(row: Row) -> tuple[str, str]:
    task = _tasks()[row["task"]]
    return task["answer_key"], task["task"]


def _overlap(row: Row) -> float:
    key, task = (set(plain_words(one)) for one in _key(row))
    secret = key - task
    return len(secret & set(plain_words(row["text"]))) / max(1, len(secret))


def passage_found(row: Row, *, shown: bool = False) -> bool:
    """Whether one of the three sentences (`shown`: passages with what stands around them) answers."""
    text = _briefs()[row["brief"]]["brief"]
    found = answers_in(row["text"], text)[:3]
    said = [one.text if shown else one.sentence for one in found]
    return any(one in gold or gold in one for one in said for gold in row["gold"])


def passage_by_words(row: Row) -> bool:
    """The naive way: the three sentences that share most words with the question."""
    text = _briefs()[row["brief"]]["brief"]
    asked = set(plain_words(row["text"]))
    parts = [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]
    best = sorted(parts, key=lambda part: -len(asked & set(plain_words(part))))[:3]
    return any(one.strip() in gold or gold in one for one in best for gold in row["gold"])
