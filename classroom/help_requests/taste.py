"""What a helper follows and mutes, as conditions on requests; nobody else sees what comes of it."""

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from classroom.core.db import InSmallLetters
from classroom.courses.models import Membership
from classroom.following.models import Thing
from classroom.following.rules import Interests
from classroom.help_requests.models import Audience, HelpRequest
from classroom.posts.models import Post
from classroom.projects.models import Project

Things = frozenset[tuple[Thing, str]]


def is_followed(interests: Interests) -> ColumnElement[bool]:
    return _about(interests.followed)


def is_muted(interests: Interests) -> ColumnElement[bool]:
    """A post that is followed is always shown; else what is muted wins."""
    kept = _post_among(_of(interests.followed, Thing.POST))
    return and_(_about(interests.muted), ~func.coalesce(kept, False))


def _about(things: Things) -> ColumnElement[bool]:
    """A person only where the request is under a name: else what is left out would tell whose it is."""
    projects = select(Project.id).where(Project.public_id.in_(_of(things, Thing.PROJECT)))
    people = select(Membership.person_id).where(
        Membership.course_id == HelpRequest.course_id,
        Membership.public_id.in_(_of(things, Thing.PERSON)),
    )
    said = InSmallLetters(HelpRequest.trying)
    found = or_(
        false(),
        HelpRequest.project_id.in_(projects),
        _post_among(_of(things, Thing.POST)),
        and_(HelpRequest.audience == Audience.NAME, HelpRequest.author_id.in_(people)),
        HelpRequest.kind.in_(_of(things, Thing.HELP)),
        *(said.contains(word, autoescape=True) for word in _of(things, Thing.WORD)),
    )
    return func.coalesce(found, False)


def _post_among(posts: list[str]) -> ColumnElement[bool]:
    return HelpRequest.post_id.in_(select(Post.id).where(Post.public_id.in_(posts)))


def _of(things: Things, thing: Thing) -> list[str]:
    return sorted(what for kind, what in things if kind is thing)
