"""Pure rules of asking and helping: where a request stands, who may see it how, when it becomes material."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _, _l
from classroom.help_requests.models import Audience, HelpKind, HelpRequest, Size
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Project

LEASE = timedelta(minutes=30)
MOST_CHARACTERS = 2000  # of one box
MOST_IN_ANSWER = 6000
MOST_IN_QUOTE = 1000
WRITABLE = frozenset({State.VISIBLE, State.HELD, State.RETURNED})


class HelpState(StrEnum):
    """Where a request stands between its asker and those who help."""

    OPEN = "open"
    TAKEN = "taken"  # being helped
    ANSWERED = "answered"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


NEXT: dict[HelpState, frozenset[HelpState]] = {
    HelpState.OPEN: frozenset({HelpState.TAKEN, HelpState.ANSWERED, HelpState.WITHDRAWN}),
    HelpState.TAKEN: frozenset({HelpState.OPEN, HelpState.REOPENED, HelpState.ANSWERED, HelpState.WITHDRAWN}),
    HelpState.ANSWERED: frozenset({HelpState.REOPENED, HelpState.WITHDRAWN}),
    HelpState.REOPENED: frozenset({HelpState.TAKEN, HelpState.ANSWERED, HelpState.WITHDRAWN}),
    HelpState.WITHDRAWN: frozenset(),
}


class CannotMove(ChangedMeanwhile):
    """Somebody was faster."""

    message = _l("This request stands otherwise by now. Have a look again.")


class TakenByAnother(ChangedMeanwhile):
    """Somebody else is on it; half an hour later nobody is."""

    message = _l("Somebody else is on it right now. You may answer all the same.")


class BothTexts(ChangedMeanwhile):
    """Another tab or device was first: `details` hold `theirs`, the text that is saved."""

    message = _l("This was changed somewhere else meanwhile.")


class NothingWritten(RuleBroken):
    """An empty request or answer."""

    message = _l("Write something first.")


class TooLong(RuleBroken):
    """More than anyone reads."""

    message = _l("That is longer than anyone reads. Keep the part that matters most.")


class NotShown(ChangedMeanwhile):
    """The request is not visible, so it cannot be answered."""

    message = _l("This request is not shown at the moment, so it cannot be answered. Your text is kept.")


class NotForYou(RuleBroken):
    """This audience is not offered here."""

    message = _l("Choose who may read it.")


class NotHelped(RuleBroken):
    """One does not mark one's own words, nor what is not shown."""

    message = _l("Only an answer that others gave you, and that is shown, can have helped.")


class NotToShare(RuleBroken):
    """Only what the class saw, and what is answered, becomes study material."""

    message = _l("Only an answered request that the class could read can become study material.")


def standing(row: HelpRequest, at: datetime) -> HelpState:
    """Where it stands now; a lease that is over has lapsed without anybody doing anything."""
    if row.state is State.WITHDRAWN:
        return HelpState.WITHDRAWN
    if row.answered_at is not None:
        return HelpState.ANSWERED
    if is_taken(row, at):
        return HelpState.TAKEN
    return HelpState.REOPENED if row.reopened_at is not None else HelpState.OPEN


def is_taken(row: HelpRequest, at: datetime) -> bool:
    return row.taken_at is not None and at - row.taken_at < LEASE


def taken_by_another(row: HelpRequest, person_id: int, at: datetime) -> bool:
    return is_taken(row, at) and row.taken_by_id != person_id


def check_next(now: HelpState, wanted: HelpState) -> None:
    """Raise `CannotMove` unless `wanted` may follow `now`."""
    if wanted not in NEXT[now]:
        raise CannotMove


def check_words(text: str, most: int) -> None:
    """Not empty, and no longer than anyone reads."""
    if not text.strip():
        raise NothingWritten
    if len(text) > most:
        raise TooLong


def audiences(project: Project | None, *, on_post: bool) -> tuple[Audience, ...]:
    """Who may be asked. On a post whose author classmates do not know, a name would tell them."""
    if project is None or project.anonymity is Anonymity.NAMED:
        return (Audience.NAME, Audience.STAFF)
    if on_post:
        return (Audience.PEER_NAME, Audience.STAFF)
    return (Audience.PEER_NAME, Audience.NAME, Audience.STAFF)


def may_be_shared(row: HelpRequest) -> bool:
    """What staff alone were asked stays between them and the asker."""
    return row.state is State.VISIBLE and row.answered_at is not None and row.audience is not Audience.STAFF


def title_of(row: HelpRequest) -> str:
    """The first words, for lists."""
    return title_from(row.trying)


def title_from(trying: str) -> str:
    """The same of the words alone."""
    first = " ".join(trying.split())
    return first if len(first) <= 110 else first[:110].rsplit(" ", 1)[0] + " …"


def kind_words(kind: HelpKind) -> str:
    """How a kind of help is asked for."""
    return {
        HelpKind.HINT: _("a hint"),
        HelpKind.CHECK: _("a check"),
        HelpKind.EXPLANATION: _("an explanation"),
        HelpKind.RESOURCE: _("something to read or watch"),
        HelpKind.BETTER: _("how could this be better?"),
    }[kind]


def size_words(size: Size) -> str:
    """How long it may take, as people say it."""
    return {
        Size.TWO_MINUTES: _("two minutes"),
        Size.TEN_MINUTES: _("ten minutes"),
        Size.REAL_THINK: _("a real think"),
    }[size]


_LEADING = re.compile(
    r"^(?:\W|\b(?:me|us|to|of|for|on|in|with|about|from|(?:the )?solutions?|(?:the )?answers?)\b)+",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.?!\n;]")
_IDLE = re.compile(r"\s*\b(?:for me|please|pls|asap|thanks|thank you|now|quickly)\b.*$", re.IGNORECASE)
MOST_WORDS_OF_SUBJECT = 8


def subject_of(question: str, wanting: str, project_title: str) -> str:
    """What a question that asks for the answer is about: the words behind the asking, else the project."""
    start = question.find(wanting)
    rest = question[start + len(wanting) :] if start >= 0 else ""
    rest = _IDLE.sub("", _ENDS.split(rest, 1)[0])
    rest = _LEADING.sub("", rest).strip(" ,:–-")
    words = rest.split()
    if 1 <= len(words) <= MOST_WORDS_OF_SUBJECT and any(len(word) > 1 or word.isdigit() for word in words):
        return rest
    return f"“{project_title}”" if project_title else ""


def turned(subject: str, kind: HelpKind) -> str:
    """A request for help in place of a request for the answer, made for this question."""
    subject = subject or _("this")
    said = {
        HelpKind.CHECK: _l(
            "I have a first version of %(it)s and am not sure of it. I started with …; "
            "is the step where I … sound?"
        ),
        HelpKind.EXPLANATION: _l(
            "I am working on %(it)s. I understand … but not why …. "
            "Could you explain that with another example?"
        ),
        HelpKind.RESOURCE: _l("I am working on %(it)s and have read …. Where could I read more about …?"),
        HelpKind.BETTER: _l(
            "Here is what I have for %(it)s. The part I am least happy with is …. How could it be better?"
        ),
        HelpKind.HINT: _l(
            "I am working on %(it)s. I tried …, and then … happened. Which step should I look at first?"
        ),
    }[kind]
    return str(said).replace("%(it)s", subject)


_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*")


def as_hint(text: str, given: str) -> str:
    """An answer without the sentences that give it away, and with a question in their place."""
    start = text.find(given)
    if start < 0 or not given.strip():
        return text
    end = start + len(given)
    spans = [one.span() for one in _SENTENCE.finditer(text)]
    kept = "".join(text[a:b] for a, b in spans if b <= start or a >= end).strip()
    ask = _("Have another look at that place: what would happen if you tried it with a smaller case first?")
    return f"{kept} {ask}".strip()


# What a celebrated move shows that its writer can give.
_KINDS = {
    "suggestion": (HelpKind.HINT, HelpKind.BETTER),
    "question": (HelpKind.HINT,),
    "problem": (HelpKind.CHECK,),
    "specific": (HelpKind.CHECK,),
    "reason": (HelpKind.EXPLANATION,),
    "praise": (HelpKind.BETTER,),
}


def kinds_by(moves: Iterable[str]) -> frozenset[HelpKind]:
    """The kinds of help that these celebrated moves speak for."""
    return frozenset(kind for move in moves for kind in _KINDS.get(move, ()))
