"""Reads of people and sessions."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from classroom.accounts.models import Person, Session
from classroom.accounts.rules import email_key
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.ids import digest


def session_by_token(token: str) -> Session | None:
    """The living session behind a token, with its person; None for a disabled person."""
    return db.session.scalar(
        select(Session)
        .join(Session.person)
        .where(
            Session.token_digest == digest(token),
            Session.ended_at.is_(None),
            Session.expires_at > now(),
            Person.disabled_at.is_(None),
        )
        .options(joinedload(Session.person))
    )


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email_key == email_key(email)))
