"""People, their sessions, passkeys, one-time links, and tries at signing in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from classroom.core.clock import now
from classroom.core.db import Base, CreatedAt, Id, PublicId


class Person(Base):
    """Someone; their roles are in their memberships."""

    __tablename__ = "people"
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    name: Mapped[str] = mapped_column(String(200))
    called: Mapped[str | None] = mapped_column(String(100))
    pronouns: Mapped[str | None] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(320))
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    zone: Mapped[str | None] = mapped_column(String(64))
    may_teach: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
    confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    mail_failed_at: Mapped[datetime | None]  # the last letter to this address was given up

    @property
    def friendly(self) -> str:
        """What to call them."""
        return self.called or self.name


class Session(Base):
    """One browser that is signed in; only the token's digest is kept."""

    __tablename__ = "sessions"
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Passkey(Base):
    """A key that somebody's device keeps; here is its public half, which is no secret."""

    __tablename__ = "passkeys"
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str]
    sign_count: Mapped[int] = mapped_column(BigInteger)  # up to 2**32 - 1
    transports: Mapped[list[str]]
    name: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[CreatedAt]
    used_at: Mapped[datetime | None]
    doubted_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SpentChallenge(Base):
    """A challenge that was answered: it is not taken a second time, whoever sends it."""

    __tablename__ = "spent_challenges"
    id: Mapped[Id]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[CreatedAt] = mapped_column(index=True)


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    SIGN_IN = "sign_in"
    FIRST_INSTRUCTOR = "first_instructor"
    NEW_EMAIL = "new_email"


class OneTimeLink(Base):
    """A link that works once and not for long; only its digest is kept."""

    __tablename__ = "one_time_links"
    id: Mapped[Id]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id), index=True)
    email: Mapped[str] = mapped_column(String(320), default="")
    going: Mapped[str | None]
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInTry(Base):
    """A failed try, counted per address and per network; the person is slowed and never locked out."""

    __tablename__ = "sign_in_tries"
    __table_args__ = (Index("ix_sign_in_tries_key_at", "key", "at"),)
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[CreatedAt]
