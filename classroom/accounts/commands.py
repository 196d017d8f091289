"""Writes of people and sessions."""

from classroom.accounts.models import Person, Session
from classroom.accounts.rules import SESSION_LIFE, email_key
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.ids import digest, secret_token


def create_person(name: str, email: str, *, called: str | None = None, pronouns: str | None = None) -> Person:
    """A person without a password; the caller has checked that the address is free."""
    person = Person(
        name=name, email=email.strip(), email_key=email_key(email), called=called, pronouns=pronouns
    )
    db.session.add(person)
    db.session.flush()
    return person


def start_session(person: Person, browser: str = "") -> str:
    """Begin a session and answer its token, which is stored nowhere."""
    token = secret_token()
    moment = now()
    db.session.add(
        Session(
            token_digest=digest(token),
            person_id=person.id,
            created_at=moment,
            seen_at=moment,
            expires_at=moment + SESSION_LIFE,
            browser=browser[:200],
        )
    )
    db.session.flush()
    return token
