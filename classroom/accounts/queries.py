"""Reads of people, sessions, passkeys and one-time links."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, Executable, bindparam, func, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor
from classroom.accounts.models import LinkPurpose, OneTimeLink, Passkey, Person, Session
from classroom.accounts.rules import email_key
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.ids import digest

_NOTHING = literal(0)


def session_with(token: str, number: ColumnElement[int]) -> tuple[Session, int] | None:
    """The living session behind a token, and a number about its person that another domain counts."""
    row = db.session.execute(_living_with(number), {"digest": digest(token)}).one_or_none()
    return (row[0], row[1]) if row else None


@lru_cache(maxsize=8)
def _living_with(number: ColumnElement[int]) -> Executable:
    """Every page runs it, so it is built once."""
    return (
        select(Session, number)
        .join(Session.person)
        .where(
            Session.token_digest == bindparam("digest"),
            Session.ended_at.is_(None),
            Session.expires_at > bindparam("now", callable_=now, type_=Session.expires_at.type),
            Person.disabled_at.is_(None),
        )
        .options(contains_eager(Session.person))
    )


def session_by_token(token: str) -> Session | None:
    """The living session behind a token, with its person; None for a disabled person."""
    found = session_with(token, _NOTHING)
    return found[0] if found else None


def sessions_of(person_id: int) -> Sequence[Session]:
    """Where someone is signed in, the newest first."""
    return db.session.scalars(
        select(Session)
        .where(Session.person_id == person_id, Session.ended_at.is_(None), Session.expires_at > now())
        .order_by(Session.created_at.desc(), Session.id.desc())
        .limit(50)
    ).all()


def passkeys_of(person_id: int) -> Sequence[Passkey]:
    """Someone's passkeys, the oldest first."""
    return db.session.scalars(
        select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.created_at, Passkey.id)
    ).all()


def passkey_for(actor: Actor, passkey_id: str) -> Passkey | None:
    """One of the actor's own."""
    return db.session.scalar(
        select(Passkey).where(Passkey.public_id == passkey_id, Passkey.person_id == actor.person_id)
    )


def passkey_by_credential(credential_id: str) -> Passkey | None:
    """A passkey with its person, kept for this unit: two answers are counted one after the other."""
    return db.session.scalar(
        select(Passkey)
        .where(Passkey.credential_id == credential_id)
        .options(joinedload(Passkey.person))
        .with_for_update(of=Passkey)
    )


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email_key == email_key(email)))


def person(person_id: int) -> Person:
    """Someone who is known to be there."""
    return db.session.get_one(Person, person_id)


def people_numbered(person_ids: Collection[int]) -> dict[int, Person]:
    """Those people by their id."""
    found = db.session.scalars(select(Person).where(Person.id.in_(person_ids)))
    return {one.id: one for one in found}


def link_by_token(token: str, purpose: LinkPurpose) -> OneTimeLink | None:
    """A link that still works."""
    return db.session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.digest == digest(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now(),
        )
    )


def link_owner(token: str) -> Person | None:
    """Whose sign-in link it is, while it works."""
    link = link_by_token(token, LinkPurpose.SIGN_IN)
    return db.session.get(Person, link.person_id) if link else None


def anyone_there() -> bool:
    """Is there any person at all?"""
    return bool(db.session.scalar(select(func.count()).select_from(select(Person.id).limit(1).subquery())))
