"""Reads of following: one's own, and who is to be told of something new."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import and_, or_, select

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.following.models import Interest, Stance, Thing
from classroom.following.policy import in_force, visible_to
from classroom.following.rules import Interests


def interests_in(actor: Actor, course_id: int) -> Sequence[Interest]:
    """What the actor follows and mutes there, the newest first."""
    return db.session.scalars(
        select(Interest)
        .where(Interest.course_id == course_id, visible_to(actor))
        .order_by(Interest.at.desc(), Interest.id.desc())
    ).all()


def interests_of(actor: Actor, course_id: int) -> Interests:
    """The same for lists; through borrowed eyes nothing: staff see lists as if nothing were muted."""
    if actor.borrowed:
        return Interests()
    return sorted_in((one.stance, one.thing, one.what) for one in interests_in(actor, course_id))


def sorted_in(rows: Iterable[tuple[Stance, Thing, str]]) -> Interests:
    """Rows of (stance, thing, what)."""
    said: dict[Stance, set[tuple[Thing, str]]] = {Stance.FOLLOW: set(), Stance.MUTE: set()}
    for stance, thing, what in rows:
        said[stance].add((thing, what))
    return Interests(frozenset(said[Stance.FOLLOW]), frozenset(said[Stance.MUTE]))


def followers_of(course_id: int, things: Collection[tuple[Thing, str]], title: str = "") -> set[int]:
    """Who follows one of these things, or a word in the title: for telling them, and nothing else."""
    named = [and_(Interest.thing == thing, Interest.what == what) for thing, what in things]
    rows = db.session.execute(
        select(Interest.person_id, Interest.thing, Interest.what).where(
            Interest.course_id == course_id,
            Interest.stance == Stance.FOLLOW,
            in_force(),
            or_(*named, Interest.thing == Thing.WORD),
        )
    )
    lower = title.lower()
    return {row.person_id for row in rows if row.thing is not Thing.WORD or row.what in lower}


def names_in(course_id: int, seats: Collection[str]) -> dict[str, str]:
    """What the people at these places of the course are called."""
    rows = db.session.execute(
        select(Membership.public_id, Person.name, Person.called)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.course_id == course_id, Membership.public_id.in_(seats))
    )
    return {row.public_id: row.called or row.name for row in rows}


def place_of(course_id: int, person_id: int) -> str:
    """The public id of someone's place in the course."""
    asked = select(Membership.public_id).where(
        Membership.course_id == course_id, Membership.person_id == person_id
    )
    return db.session.scalars(asked).one()
