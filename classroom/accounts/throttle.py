"""Slowing guesses down, counted in the database; whoever owns the address is never locked out.

Guesses at one address from one network are few; an address is guarded against many networks together, but
the link by mail stays open, and a network is guarded against trying many addresses.
"""

from datetime import timedelta

from sqlalchemy import delete, func, select

from classroom.accounts.models import SignInTry
from classroom.accounts.rules import email_key
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import TooMuch
from classroom.core.i18n import _l
from classroom.core.ids import digest

WINDOW = timedelta(minutes=15)
PAIR, ACCOUNT, NETWORK, LINKS = 10, 50, 100, 5


class TooManyTries(TooMuch):
    """Says what still works."""

    message = _l("Too many tries. Wait a few minutes, or let us mail you a link: that always works.")


class TooManyLinks(TooMuch):
    """Somebody asks for many links."""

    message = _l("We have sent several links already. Please look into your mail, or wait a few minutes.")


def check(email: str, network: str) -> None:
    """Raise `TooManyTries` when the guesses were too many; one statement."""
    limits = dict(zip(_keys(email, network), (PAIR, ACCOUNT, NETWORK), strict=True))
    counted = db.session.execute(
        select(SignInTry.key, func.count())
        .where(SignInTry.key.in_(limits), SignInTry.at > now() - WINDOW)
        .group_by(SignInTry.key)
    )
    if any(count >= limits[key] for key, count in counted):
        raise TooManyTries(retry_after=int(WINDOW.total_seconds()))


def check_links(network: str) -> None:
    """Counted by network only: the answer must not tell which addresses are known."""
    key = digest(f"links:{network}")
    since = now() - WINDOW
    asked = db.session.scalar(select(func.count()).where(SignInTry.key == key, SignInTry.at > since))
    if (asked or 0) >= LINKS * 4:
        raise TooManyLinks(retry_after=int(WINDOW.total_seconds()))
    db.session.add(SignInTry(key=key, at=now()))


def links_used_up(email: str) -> bool:
    """More than a few links to one address within the window: no further mail goes out."""
    key, since = digest(f"link-to:{email_key(email)}"), now() - WINDOW
    sent = db.session.scalar(select(func.count()).where(SignInTry.key == key, SignInTry.at > since)) or 0
    db.session.add(SignInTry(key=key, at=now()))
    return sent >= LINKS


def note_failure(email: str, network: str) -> None:
    for key in _keys(email, network):
        db.session.add(SignInTry(key=key, at=now()))
    db.session.execute(delete(SignInTry).where(SignInTry.at < now() - timedelta(days=1)))


def forgive(email: str, network: str) -> None:
    """A right password clears the pair's count."""
    db.session.execute(delete(SignInTry).where(SignInTry.key == _keys(email, network)[0]))


def _keys(email: str, network: str) -> tuple[str, str, str]:
    who = email_key(email)
    return digest(f"pair:{who}:{network}"), digest(f"account:{who}"), digest(f"network:{network}")
