"""How a decision about what someone wrote is taken back, as long as nobody has gone on from there."""

from collections.abc import Mapping, Sequence

from classroom.access import Actor
from classroom.comments.models import Comment, Standing
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _, _n
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.moderation import commands, queries
from classroom.moderation.models import Case
from classroom.moderation.subjects import Row, Told, kind_of, move, subject_row, take_up_again
from classroom.posts.models import Post
from classroom.posts.states import UNDONE, State
from classroom.undo.commands import Kept, TooLate, undoes


def as_it_stands(row: Row) -> Kept:
    """What an undo must know of a row before somebody decides about it."""
    case = commands.open_case_of(kind_of(row), row.id)
    claimed = isinstance(row, Comment) and row.standing is Standing.CLAIMED
    return {
        "state": row.state.value,
        "hold_reason": None if isinstance(row, Post) else row.hold_reason,
        "claimed": claimed,
        "case": case.public_id if case else None,
    }


def as_decided(row: Row) -> Kept:
    """The same afterwards: whatever differs from it when the undo comes was somebody else."""
    return {"decided": row.state.value, "version": _version(row)}


def _version(row: Row) -> int:
    return row.revision_number if isinstance(row, Post) else row.version


def _put_back(actor: Actor, row: Row, kept: Kept) -> None:
    if row.state.value != kept["decided"] or _version(row) != kept["version"]:
        raise TooLate
    case = queries.case_for(actor, kept["case"]) if kept["case"] else None
    if case is not None:
        commands.reopen(case)
    before = State(kept["state"])
    if before is not row.state and isinstance(row, Post):
        move(row, before, Told(actor.person_id, UNDONE))
    elif before is not row.state and not isinstance(row, Post):
        take_up_again(row, before, hold_reason=kept["hold_reason"], by_id=actor.person_id)
    if kept["claimed"] and isinstance(row, Comment) and row.standing is not Standing.CLAIMED:
        commands.undo_standing(row, actor.person_id)


@undoes("moderation.approve", "case:decide", queries.case_for)
@undoes("moderation.return_case", "case:decide", queries.case_for)
@undoes("moderation.remove", "case:decide", queries.case_for)
def case_waits_again(actor: Actor, case: Case, kept: Kept) -> str:
    _put_back(actor, subject_row(case.subject, case.subject_id), kept)
    return _("Undone. It waits in the queue again, as before.")


def _subject_for(actor: Actor, target: str) -> Row | None:
    kind, _slash, row_id = target.partition("/")
    return queries.subject_for(actor, kind, row_id)


@undoes("moderation.return_subject", "subject:moderate", _subject_for)
@undoes("moderation.remove_subject", "subject:moderate", _subject_for)
def subject_is_back(actor: Actor, row: Row, kept: Kept) -> str:
    _put_back(actor, row, kept)
    return _("Undone. It stands as before.")


@undoes("moderation.approve_several", "course:run", course_for)
def cases_wait_again(actor: Actor, course: Course, kept: Kept) -> str:
    """Each for itself: what somebody went on with stays as it is."""
    cases = {case.public_id: case for case in queries.cases_for(actor, course.id, list(kept["cases"]))}
    done = sum(_waits_again(actor, case, kept["cases"][one]) for one, case in cases.items())
    if not done:
        raise TooLate
    return _n("Undone. %(num)s waits in the queue again.", "Undone. %(num)s wait in the queue again.", done)


def _waits_again(actor: Actor, case: Case, kept: Kept) -> bool:
    try:
        case_waits_again(actor, case, kept)
    except RuleBroken:
        return False
    return True


def approve_all(cases: Sequence[Case], by_id: int, read: Mapping[str, str]) -> tuple[int, Kept]:
    """Approve what is still open; how many those were, and what an undo must know of each."""
    rows = {case.public_id: subject_row(case.subject, case.subject_id) for case in cases}
    before = {case.public_id: as_it_stands(rows[case.public_id]) for case in cases if case.closed_at is None}
    done = commands.approve_several(list(cases), by_id, read)
    ended = [case.public_id for case in cases if case.decided_by_id == by_id and case.public_id in before]
    return done, {one: {**before[one], **as_decided(rows[one])} for one in ended}
