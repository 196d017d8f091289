"""What someone follows or mutes in a course: the kind of thing and its public id, and no more."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from classroom.accounts.models import Person
from classroom.core.db import Base, CreatedAt, Id
from classroom.courses.models import Course


class Thing(StrEnum):
    """What can be followed or muted. `REST`: everything but what one owes, which can only be muted."""

    PROJECT = "project"
    POST = "post"
    PERSON = "person"  # by their place in the course; it works where students are named, and nowhere else
    WORD = "word"
    HELP = "help"  # a kind of help that is asked for
    REST = "rest"


class Stance(StrEnum):
    """What someone wants of a thing."""

    FOLLOW = "follow"
    MUTE = "mute"


class Interest(Base):
    """One thing that one person follows or mutes, until then or for good.

    `what` is a public id, or the word in small letters. Nobody but the person reads these rows.
    """

    __tablename__ = "interests"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "thing", "what"),
        Index("ix_interests_course_id_thing_what", "course_id", "thing", "what"),
    )
    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(ForeignKey(Course.id))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    thing: Mapped[Thing]
    what: Mapped[str] = mapped_column(String(40), default="")
    stance: Mapped[Stance]
    until: Mapped[datetime | None]
    at: Mapped[CreatedAt]
