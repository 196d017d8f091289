"""The standard and the tone, applied to one comment or reply: what is stored of it, and what is held."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from classroom.comments.complaints import lenient, without
from classroom.meaning import Finding, Judgement, Standard, Verdict, assess, judge, leaks, leaks_plainly
from classroom.projects.models import Project
from classroom.projects.rules import standard_of

LEAK = "leak"


class Before(NamedTuple):
    """What was said before: by the writer anywhere in the course, by others on this post."""

    own: Sequence[str] = ()
    others: Sequence[str] = ()


NOTHING_BEFORE = Before()


@dataclass(frozen=True)
class Judged:
    """`verdict` is kept with the row as JSON; `hold_reason` is snark, attack, leak or None."""

    verdict: dict[str, Any]
    meets: bool
    hold_reason: str | None
    hold_words: tuple[str, ...]

    @property
    def tip(self) -> str | None:
        found: str | None = self.verdict["tip"]
        return found

    @property
    def met(self) -> list[str]:
        """The codes of the criteria that are met."""
        return [one["code"] for one in self.verdict["criteria"] if one["met"]]


def judge_comment(
    text: str,
    *,
    project: Project,
    post_text: str,
    quote: str | None,
    before: Before = NOTHING_BEFORE,
    keys: Sequence[str] = (),
    rested: Collection[str] = (),
) -> Judged:
    """What a comment does, whether it counts here, and whether a person must look before it is shown."""
    found = assess(
        text,
        post=post_text,
        brief=project.brief_text,
        quote=quote,
        earlier=before.own,
        others=before.others,
    )
    verdict = without(found, rested)
    judgement = lenient(judge(verdict, standard_of(project), bool(quote and quote.strip())), rested)
    keys = keys if LEAK not in rested else ()
    known = f"{project.brief_text}\n{post_text}"
    # A comment shares words with a key of marking notes by its nature: only what is plain holds it.
    leak = next((one for key in keys if (one := leaks_plainly(text, key, known))), None)
    return _judged(verdict, judgement, leak)


def judge_practice(text: str, *, brief: str, work: str, rested: Collection[str] = ()) -> Judged:
    """A comment on a sample, by the standard that holds where a project asks for nothing else."""
    verdict = without(assess(text, post=work, brief=brief), rested)
    judgement = lenient(judge(verdict, Standard(), anchored=False), rested)
    return _judged(verdict, judgement, None)


def judge_reply(
    text: str,
    *,
    project: Project,
    post_text: str,
    keys: Sequence[str] = (),
    rested: Collection[str] = (),
) -> Judged:
    """A reply is held for its tone or for handing over the answer, and measured by nothing else."""
    verdict = without(assess(text, post=post_text, brief=project.brief_text), rested)
    keys = keys if LEAK not in rested else ()
    judgement = judge(verdict, Standard(floor=0), anchored=True)
    known = f"{project.brief_text}\n{post_text}"
    leak = next((one for key in keys if (one := leaks(text, key, known))), None)
    return _judged(verdict, judgement, leak)


def _judged(verdict: Verdict, judgement: Judgement, found: Finding | None) -> Judged:
    reason = verdict.tone if verdict.hold else LEAK if found else None
    words = verdict.hold_words if verdict.hold else (found.words,) if found else ()
    kept = {
        "moves": dict(verdict.moves),
        "tone": verdict.tone,
        "hold": reason is not None,
        "because": [
            {"code": one.code, "words": one.words, "span": list(one.span)}
            for one in (*verdict.because, *((Finding(LEAK, found.words),) if found else ()))
        ],
        "criteria": [
            {"code": one.code, "met": one.met, "words": list(one.words)} for one in judgement.criteria
        ],
        "counts": judgement.counts,
        "tip": LEAK if found and not verdict.hold else judgement.tip,
        "hold_words": list(words),
    }
    return Judged(kept, judgement.counts, reason, tuple(words))
