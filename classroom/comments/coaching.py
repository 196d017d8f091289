"""What the coach says: what is good already, then at most one next step, in the writer's words; no score."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from classroom.comments.examples import Example, example_for
from classroom.comments.judging import Judged
from classroom.comments.tips import ANY_POINT, DONE, EMPTY, GOOD, OTHER, TIPS, WORDS
from classroom.core.i18n import LazyString
from classroom.lessons.models import Move
from classroom.lessons.rules import move_for

MOST_GOOD = 3
LONGEST, LONGEST_GOOD = 64, 40
GROWN = 8  # so many words more, or fewer: then a step that is still missing is put in another way
START, MET = "start", "met"
_BREAK = re.compile(r"[.!?…]+(?=\s|$)|[,;:](?=\s)|\s[–—-]\s|\n")
_EDGES = ' \t\n\r.,;:–—-"“”„«»'


@dataclass(frozen=True)
class Said:
    """What was said last about a draft. It travels with the page, and is stored nowhere."""

    step: str
    turn: int
    count: int
    good: tuple[str, ...]
    words: str

    def __str__(self) -> str:
        return json.dumps([self.step, self.turn, self.count, self.good, self.words], ensure_ascii=False)

    @classmethod
    def read(cls, sent: str | None) -> Self | None:
        """None for what the coach never wrote."""
        try:
            step, turn, count, good, words = json.loads((sent or "")[:1000])
            return cls(str(step), int(turn) % 1000, int(count), tuple(str(one) for one in good), str(words))
        except (ValueError, TypeError, RecursionError):
            return None


@dataclass(frozen=True)
class Good:
    """Something that the comment has already, with the words that earned it."""

    code: str
    says: LazyString
    words: str = ""


@dataclass(frozen=True)
class Coaching:
    """One answer. Without an `example` the standard is met, and it is a quiet line."""

    good: tuple[Good, ...]
    step: str
    example: Example | None
    counts: bool | None
    said: Said

    @property
    def move(self) -> Move | None:
        """What to read up on in the lesson; nothing once the standard is met."""
        return move_for(self.said.step) if self.example is not None else None


def coach(
    judged: Judged | None, body: str = "", said: Said | None = None, subject: str | None = None
) -> Coaching:
    """What is missing first, in other words than last time; nothing but a quiet line once nothing is."""
    code, count = step_of(judged), len(body.split())
    turn = said.turn + 1 if said else 0
    if judged is None:
        return Coaching((), str(EMPTY[turn % len(EMPTY)][1]), None, None, Said(code, turn, 0, (), ""))
    counts = judged.meets and judged.hold_reason is None
    if code == MET:
        good = good_in(judged.verdict, body)
        turn = said.turn if said else 0
        return Coaching(good, str(DONE), None, counts, Said(code, turn, count, _codes(good), ""))
    words = words_for(code, judged.verdict, body)
    good = good_in(judged.verdict, body, besides=words)
    now = Said(code, turn, count, _codes(good), words)
    return Coaching(good, sentence(code, words, turn), example_for(code, turn, subject), counts, now)


def has_news(judged: Judged | None, body: str, said: Said | None) -> bool:
    """Whether there is anything to say since last time: what stands there stays while one goes on writing."""
    if said is None or said.step != step_of(judged):
        return True
    if judged is None:
        return False
    good = _codes(good_in(judged.verdict, body, besides=words_for(said.step, judged.verdict, body)))
    gone = said.words and _plain(said.words.split("…")[0]) not in _plain(body)
    return (
        bool(gone) or good != said.good or (said.step != MET and abs(len(body.split()) - said.count) >= GROWN)
    )


def step_of(judged: Judged | None) -> str:
    """The code of the one next step."""
    return START if judged is None else judged.tip or MET


def sentence(code: str, words: str, turn: int) -> str:
    """The step in one of its wordings, with the writer's words where there are any."""
    wordings = TIPS.get(code) or TIPS[OTHER]
    with_words, alone = wordings[turn % len(wordings)]
    return str(with_words) % {"words": words} if words else str(alone)


def words_for(code: str, verdict: Mapping[str, Any], body: str) -> str:
    """The writer's words that a step is about, short enough to stand in a sentence."""
    for begins in (*WORDS.get(code, ()), *(() if code in WORDS else ANY_POINT)):
        found = [one for one in verdict["because"] if one["code"].startswith(begins) and one["words"]]
        if found:
            return clause_of(found[0], body, LONGEST)
    return ""


def good_in(verdict: Mapping[str, Any], body: str, besides: str = "") -> tuple[Good, ...]:
    """What is good already, the place first; words that the step will say are not said twice."""
    rows: list[Good] = []
    for code, begins, says in GOOD:
        found = [one for one in verdict["because"] if one["code"].startswith(begins)]
        if not found or (code == "anchor" and rows) or (code == "liked" and len(rows) > 1):
            continue
        best = max(found, key=lambda one: len(one["words"]))
        words = shortened(best["words"], LONGEST_GOOD) if code == "place" else ""
        words = words or clause_of(best, body, LONGEST_GOOD)
        told = {besides, *(row.words for row in rows)}
        rows.append(Good(code, says, "" if any(_plain(words) in _plain(one) for one in told) else words))
    return tuple(rows[:MOST_GOOD])


def clause_of(found: Mapping[str, Any], body: str, longest: int) -> str:
    """The part of a sentence in which something was found; from the found words on where it is long."""
    start, end = found["span"]
    if not start < end <= len(body):
        return shortened(found["words"], longest)
    first = max((place.end() for place in _BREAK.finditer(body, 0, start)), default=0)
    after = _BREAK.search(body, end)
    last = after.start() + (body[after.start()] == "?") if after else len(body)
    whole = shortened(body[first:last], longest)
    seen = _plain(body[start:end][: longest // 2]) in _plain(whole)
    return whole if seen else shortened(body[start:last], longest)


def shortened(words: str, longest: int) -> str:
    """A span as it can stand between quotation marks: one line, whole words, no marks within."""
    shown = " ".join(words.split()).strip(_EDGES).replace('"', "’").replace("“", "‘").replace("”", "’")
    if len(shown) <= longest:
        return shown
    cut = shown[:longest].rsplit(" ", 1)[0] if " " in shown[:longest] else shown[:longest]
    return f"{cut.rstrip(_EDGES)} …"


def tip_for(verdict: Mapping[str, Any], body: str) -> str | None:
    """The step for a comment that was sent: in the last of its wordings, which the pen came to least."""
    code = verdict.get("tip")
    return sentence(code, words_for(code, verdict, body), -1) if isinstance(code, str) else None


def _codes(good: tuple[Good, ...]) -> tuple[str, ...]:
    return tuple(one.code for one in good)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
