"""Pure rules of moderation: who holds a case, which clause a reason rests on, how long things wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _, _l
from classroom.moderation.models import Case, Decision, Reason

CLAIM_LIFE = timedelta(minutes=15)
FLAG_REASONS = ("hurts", "gives_answer", "private", "copied", "other")
# Words by which a course's own clauses are found for a reason; the first clause that has one is cited.
CLAUSE_WORDS = {
    Reason.SNARK: ("kind", "respect", "person"),
    Reason.ATTACK: ("kind", "respect", "person"),
    Reason.LEAK: ("hint", "answer", "solution"),
    Reason.ASKS_ANSWER: ("hint", "answer", "solution"),
    Reason.FLAGGED: ("kind", "respect", "person"),
}


class Decided(ChangedMeanwhile):
    """Two people, one case: the first one decided."""

    message = _l("Someone has decided this already. Here is how it ended.")


class RewrittenMeanwhile(ChangedMeanwhile):
    """What would be approved is not what was read."""

    message = _l("Its writer has rewritten it since you read it. Have another look: nothing was decided.")


class TakenByAnother(ChangedMeanwhile):
    """Someone has it open and is about to decide."""

    message = _l("Someone else is looking at this right now. Take another one, or wait a few minutes.")


class NothingToFlag(RuleBroken):
    """One's own words, or something that is not shown."""

    message = _l("You cannot report this: it is your own, or it is not shown any more.")


class NoteMissing(RuleBroken):
    """Nothing comes back without a word on what to do next."""

    message = _l("Write a sentence that tells the writer what to do next.")


def check_open(case: Case) -> None:
    """Raise `Decided` once the case is closed."""
    if case.closed_at is not None:
        raise Decided


def held_by_another(case: Case, person_id: int, at: datetime) -> bool:
    """Is somebody else at it? A claim lapses quietly after fifteen minutes."""
    if case.claimed_at is None or case.claimed_by_id == person_id:
        return False
    return at - case.claimed_at < CLAIM_LIFE


def clause_for(reason: Reason, clauses: Sequence[tuple[int, str, str]]) -> int | None:
    """The number of the first of `clauses` (number, title, text) that speaks of the reason, titles first."""
    for place in (1, 2):
        for word in CLAUSE_WORDS.get(reason, ()):
            for clause in clauses:
                if word in str(clause[place]).casefold():
                    return clause[0]
    return None


def usual_wait(spans: Sequence[timedelta]) -> timedelta | None:
    """The middle of how long the last ones waited; None for fewer than three."""
    return timedelta(seconds=median(one.total_seconds() for one in spans)) if len(spans) > 2 else None


def reason_words(reason: Reason) -> str:
    """How a reason is said to staff."""
    return {
        Reason.SNARK: _("May hurt"),
        Reason.ATTACK: _("About the person"),
        Reason.LEAK: _("Gives the answer away"),
        Reason.ASKS_ANSWER: _("Asks for the answer"),
        Reason.FLAGGED: _("Reported by a classmate"),
        Reason.CLAIMED: _("“I think this is fine”"),
    }[reason]


def decision_words(decision: Decision) -> str:
    """How an end is said."""
    return {
        Decision.APPROVED: _("approved"),
        Decision.RETURNED: _("returned for a rewrite"),
        Decision.REMOVED: _("removed"),
        Decision.REWRITTEN: _("rewritten by its writer"),
        Decision.WITHDRAWN: _("taken back by its writer"),
        Decision.DECLINED: _("does not count, and stays visible"),
    }[decision]


def flag_words(reason: str) -> str:
    """How a report's reason is said."""
    return {
        "hurts": _("It hurts someone"),
        "gives_answer": _("It gives the answer away"),
        "private": _("It tells something private"),
        "copied": _("It is copied"),
        "other": _("Something else"),
    }.get(reason, _("Something else"))
