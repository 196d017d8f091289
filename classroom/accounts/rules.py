"""Pure rules of accounts: addresses compared, passwords refused, links and sessions expired."""

import unicodedata
from datetime import datetime, timedelta

from classroom.accounts.models import OneTimeLink, Session

SESSION_LIFE = timedelta(days=30)
LINK_LIFE = timedelta(minutes=30)


def email_key(email: str) -> str:
    """How addresses are compared: case, spaces and Unicode forms do not tell people apart."""
    return unicodedata.normalize("NFKC", "".join(email.split())).casefold()


def session_lives(session: Session, at: datetime) -> bool:
    return session.ended_at is None and at < session.expires_at


def link_works(link: OneTimeLink, at: datetime) -> bool:
    return link.used_at is None and at < link.expires_at
