"""What is being asked and not yet sent: one draft for each place, which its writer alone sees."""

from sqlalchemy.exc import IntegrityError

from classroom.core.clock import now
from classroom.core.db import db
from classroom.help_requests import queries
from classroom.help_requests.models import HelpRequest
from classroom.help_requests.placing import Asked, Place
from classroom.help_requests.rules import MOST_IN_QUOTE, BothTexts
from classroom.posts.states import State


def save_draft(author_id: int, place: Place, asked: Asked, version: int | None) -> HelpRequest | None:
    """Keep what is being asked; None once it is empty. `BothTexts` when another tab saved another text.

    Without a `version` the other tab's text gives way: its writer has seen both.
    """
    draft = queries.draft_at(author_id, place)
    empty = not asked.text and not asked.quote
    if draft is None:
        return None if empty else _first(new_request(author_id, place, place.draft_key), place, asked)
    if version is not None and draft.version != version and not _is_same(draft, asked):
        raise BothTexts(theirs=draft.body, version=draft.version)
    if empty:
        _drop(draft)
        return None
    _keep(draft, place, asked)
    db.session.flush()
    return draft


def _first(draft: HelpRequest, place: Place, asked: Asked) -> HelpRequest:
    """Two tabs may begin at the same moment."""
    _keep(draft, place, asked)
    try:
        with db.session.begin_nested():
            db.session.add(draft)
            db.session.flush()
    except IntegrityError:
        other = queries.draft_at(draft.author_id, place)
        if other is None:
            raise
        raise BothTexts(theirs=other.body, version=other.version) from None
    return draft


def _keep(draft: HelpRequest, place: Place, asked: Asked) -> None:
    write_into(draft, place, asked)
    draft.edited_at = now()


def discard_draft(author_id: int, place: Place, asked: Asked, version: int) -> None:
    """It need not be sent any more; what another tab has written stays."""
    draft = draft_to_send(author_id, place, asked, version)
    if draft is not None:
        _drop(draft)


def draft_to_send(author_id: int, place: Place, asked: Asked, version: int | None) -> HelpRequest | None:
    """The draft that becomes the request; what another tab has written stays a draft, and is not lost."""
    draft = queries.draft_at(author_id, place)
    if draft is None:
        return None
    return draft if version in {None, draft.version} or _is_same(draft, asked) else None


def new_request(author_id: int, place: Place, once: str | None) -> HelpRequest:
    return HelpRequest(
        course_id=place.course_id,
        project_id=place.project.id if place.project else None,
        post_id=place.post.id if place.post else None,
        author_id=author_id,
        once=once,
        state=State.DRAFT,
    )


def write_into(row: HelpRequest, place: Place, asked: Asked) -> None:
    row.trying, row.tried, row.breaks = asked.trying, asked.tried, asked.breaks
    row.kind, row.size, row.audience = asked.kind, asked.size, asked.audience
    quote = (asked.quote or "").strip()[:MOST_IN_QUOTE]
    row.quote = quote if quote and place.post is not None else None


def _is_same(draft: HelpRequest, asked: Asked) -> bool:
    said = (draft.trying, draft.tried, draft.breaks, draft.quote or "")
    return said == (asked.trying, asked.tried, asked.breaks, asked.quote or "")


def _drop(draft: HelpRequest) -> None:
    db.session.delete(draft)
    db.session.flush()
