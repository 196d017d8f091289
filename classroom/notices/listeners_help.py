"""What askers and helpers are told, in the same unit of work as what it tells."""

from typing import Any

from classroom.core.events import listens
from classroom.help_requests.events import ANSWER, AnswerHelped, HelpMoved
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.help_requests.rules import title_of
from classroom.moderation.models import Subject
from classroom.moderation.subjects import subject_row
from classroom.notices import queries
from classroom.notices.commands import tell, unsay
from classroom.notices.models import NoticeKind
from classroom.posts.states import UNDONE, State

SENT_BACK = frozenset({State.RETURNED, State.REMOVED})
DECIDED = (NoticeKind.HELP_SHOWN, NoticeKind.HELP_BACK)


@listens(HelpMoved)
def help_moved(event: HelpMoved) -> None:
    """The asker of an answer that became visible, and the writer of what a person decided upon."""
    row = subject_row(Subject(event.subject), event.id)
    if not isinstance(row, HelpRequest | HelpAnswer):
        return
    if event.reason == UNDONE:
        _undone(event, row)
        return
    if isinstance(row, HelpAnswer) and event.after is State.VISIBLE and event.before is not State.REMOVED:
        _tell_of_answer(row)
    if event.actor_id not in {None, event.author_id}:
        _tell_of_decision(event, row)


def _tell_of_answer(row: HelpAnswer) -> None:
    """The asker; where the asker added something, those who help."""
    request = row.request
    mine = row.author_id != request.author_id
    people = [request.author_id] if mine else queries.helpers_of(request.id)
    key = f"help_answer:{row.id}"
    tell(row.course_id, people, NoticeKind.HELP_ANSWERED, key, mine=mine, **_details(row))


def _tell_of_decision(event: HelpMoved, row: HelpRequest | HelpAnswer) -> None:
    shown = event.after is State.VISIBLE
    if not shown and event.after not in SENT_BACK:
        return
    kind = NoticeKind.HELP_SHOWN if shown else NoticeKind.HELP_BACK
    key = f"{kind.value}:{event.subject}:{row.id}:{row.version}"
    details = {"note": event.note, "state": event.after.value, **_details(row)}
    tell(event.course_id, [event.author_id], kind, key, **details)


def _undone(event: HelpMoved, row: HelpRequest | HelpAnswer) -> None:
    """Nobody is left with what is not so any more."""
    if event.subject == ANSWER and event.before is State.VISIBLE and isinstance(row, HelpAnswer):
        unsay(row.request.author_id, [f"help_answer:{row.id}"])
    if event.actor_id != event.author_id:
        unsay(event.author_id, [f"{kind.value}:{event.subject}:{row.id}:" for kind in DECIDED])


@listens(AnswerHelped)
def answer_helped(event: AnswerHelped) -> None:
    row = subject_row(Subject.HELP_ANSWER, event.answer_id)
    if isinstance(row, HelpAnswer):
        key = f"helped:{row.id}"
        tell(event.course_id, [event.author_id], NoticeKind.HELP_HELPED, key, **_details(row))


def _details(row: HelpRequest | HelpAnswer) -> dict[str, Any]:
    request = row.request if isinstance(row, HelpAnswer) else row
    answer = {"answer": row.public_id} if isinstance(row, HelpAnswer) else {}
    return {"help": request.public_id, "title": title_of(request), **answer}
