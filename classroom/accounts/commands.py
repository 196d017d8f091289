"""Writes of people, sessions and one-time links."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from classroom.accounts import passwords, throttle
from classroom.accounts.models import LinkPurpose, OneTimeLink, Passkey, Person, Session
from classroom.accounts.queries import link_by_token, person_by_email
from classroom.accounts.rules import LINK_LIFE, SESSION_LIFE, email_key
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.core.ids import digest, secret_token


class AddressTaken(RuleBroken):
    """Another person has it."""

    message = _l("Someone already uses this address. Sign in with it, or take another.")


class WrongPassword(RuleBroken):
    """The same words for an unknown address and a wrong password."""

    message = _l("That address and password do not go together. Try again, or let us mail you a link.")


class LinkUsed(RuleBroken):
    """One-time links work once."""

    message = _l("This link was used or is too old. Ask for a new one: it comes at once.")


@dataclass(frozen=True)
class LinkMade:
    """A link is to be mailed; `token` is in no table."""

    email: str
    name: str
    token: str
    purpose: LinkPurpose


def create_person(
    name: str, email: str, *, called: str | None = None, pronouns: str | None = None, may_teach: bool = False
) -> Person:
    """A person without a password: they sign in by a link, and may choose one."""
    person = Person(
        name=name,
        email=email.strip(),
        email_key=email_key(email),
        called=called,
        pronouns=pronouns,
        may_teach=may_teach,
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as error:
        raise AddressTaken from error
    return person


def set_password(person: Person, password: str) -> None:
    """Raise `WeakPassword` or `ShortPassword`; other sessions stay, and can be ended one by one."""
    passwords.check(password, (person.name, person.email, person.called or ""))
    person.password_hash = passwords.hashed(password)


def sign_in(email: str, password: str, *, network: str, browser: str = "") -> tuple[Person, str]:
    """The person and a new session's token; `WrongPassword` or `TooManyTries` otherwise."""
    throttle.check(email, network)
    person = person_by_email(email)
    living = person is not None and person.disabled_at is None
    fits = passwords.matches(person.password_hash if person and living else None, password)
    if person is None or not fits:
        throttle.note_failure(email, network)
        raise WrongPassword
    if person.password_hash and passwords.outdated(person.password_hash):
        person.password_hash = passwords.hashed(password)
    throttle.forgive(email, network)
    return person, start_session(person, browser)


def start_session(person: Person, browser: str = "") -> str:
    """Begin a session and answer its token, which is stored nowhere."""
    token, moment = secret_token(), now()
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


def end_session(person_id: int, public_id: str) -> None:
    """Sign one browser out; another person's session is not touched."""
    db.session.execute(
        update(Session)
        .where(Session.public_id == public_id, Session.person_id == person_id, Session.ended_at.is_(None))
        .values(ended_at=now())
    )


def end_by_token(token: str) -> None:
    db.session.execute(update(Session).where(Session.token_digest == digest(token)).values(ended_at=now()))


def end_other_sessions(person_id: int, keep_token: str) -> None:
    db.session.execute(
        update(Session)
        .where(
            Session.person_id == person_id,
            Session.token_digest != digest(keep_token),
            Session.ended_at.is_(None),
        )
        .values(ended_at=now())
    )


def end_sessions(person_ids: Collection[int]) -> None:
    """Sign people out everywhere, because what they may do has grown: an old cookie does not grow with it."""
    db.session.execute(
        update(Session)
        .where(Session.person_id.in_(person_ids), Session.ended_at.is_(None))
        .values(ended_at=now())
        .execution_options(synchronize_session=False)
    )


def prove_address(person_ids: Collection[int]) -> None:
    """Let those who never proved their address come in by a mailed link only.

    Whoever types an address at a join link may have typed somebody else's. Before that address is given a
    place in a course, the password, the passkeys and the sessions of whoever typed it end.
    """
    unproved = set(
        db.session.scalars(select(Person.id).where(Person.id.in_(person_ids), Person.confirmed_at.is_(None)))
    )
    if unproved:
        end_sessions(unproved)
        db.session.execute(delete(Passkey).where(Passkey.person_id.in_(unproved)))
        db.session.execute(update(Person).where(Person.id.in_(unproved)).values(password_hash=None))


def request_link(email: str, *, network: str, going: str | None = None) -> None:
    """Mail a link if there is such a person; the caller cannot tell."""
    throttle.check_links(network)
    person = person_by_email(email)
    if throttle.links_used_up(email) or person is None or person.disabled_at is not None:
        return
    make_link(LinkPurpose.SIGN_IN, person=person, going=going)


def make_link(
    purpose: LinkPurpose,
    *,
    person: Person | None = None,
    email: str = "",
    going: str | None = None,
    life: timedelta = LINK_LIFE,
) -> str:
    """A one-time link's token; it is mailed where there is an address."""
    token = secret_token()
    to = email or (person.email if person else "")
    db.session.add(
        OneTimeLink(
            digest=digest(token),
            purpose=purpose,
            person_id=person.id if person else None,
            email=to,
            going=going,
            expires_at=now() + life,
        )
    )
    db.session.flush()
    if to:
        announce(LinkMade(to, person.friendly if person else "", token, purpose))
    return token


def make_links(person_ids: Collection[int], *, going: str, life: timedelta) -> dict[int, str]:
    """Links to sign in for many people, by person id; the caller mails them in words of its own."""
    tokens = {person_id: secret_token() for person_id in person_ids}
    rows = [
        {
            "digest": digest(token),
            "purpose": LinkPurpose.SIGN_IN,
            "person_id": person_id,
            "going": going,
            "expires_at": now() + life,
        }
        for person_id, token in tokens.items()
    ]
    if rows:
        db.session.execute(insert(OneTimeLink), rows)
    return tokens


def use_link(token: str, purpose: LinkPurpose) -> OneTimeLink:
    """Spend a link: of two who press at once, one wins."""
    link = link_by_token(token, purpose)
    if link is None:
        raise LinkUsed
    won = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now())
        .returning(OneTimeLink.id)
    ).scalar_one_or_none()
    if won is None:
        raise LinkUsed
    return link


def sign_in_by_link(token: str, browser: str = "") -> tuple[Person, str, str | None]:
    """The person, a new session's token, and where they were going."""
    link = use_link(token, LinkPurpose.SIGN_IN)
    person = db.session.get(Person, link.person_id)
    if person is None or person.disabled_at is not None:
        raise LinkUsed
    person.confirmed_at = person.confirmed_at or now()
    return person, start_session(person, browser), link.going


def first_instructor(token: str, name: str, email: str, password: str) -> Person:
    """Create the first person who may teach, with the link that the first start printed."""
    use_link(token, LinkPurpose.FIRST_INSTRUCTOR)
    person = create_person(name, email, may_teach=True)
    person.confirmed_at = now()  # whoever started the installation vouches for them
    set_password(person, password)
    return person


def join_as(name: str, email: str, password: str | None) -> Person:
    """A new person, on the way into a course by its link."""
    person = create_person(name, email)
    if password:
        set_password(person, password)
    return person


def describe(person: Person, *, name: str, called: str, pronouns: str, zone: str) -> None:
    """What someone says of themselves."""
    person.name, person.called, person.pronouns = name, called or None, pronouns or None
    person.zone = zone or None
