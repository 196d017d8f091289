"""Pure rules of accounts: addresses compared, links and sessions expired, devices named."""

import unicodedata
from datetime import datetime, timedelta

from classroom.accounts.models import OneTimeLink, Session
from classroom.core.i18n import _

SESSION_LIFE = timedelta(days=30)
LINK_LIFE = timedelta(minutes=30)
FRESH = timedelta(minutes=15)
# Names as a browser gives them, the more particular first: Edge also says Chrome, and Chrome says Safari.
_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox"}
_BROWSERS |= {"FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "CrOS": "Chromebook"}
_SYSTEMS |= {"Windows": "Windows", "Macintosh": "Mac", "Linux": "Linux"}


def email_key(email: str) -> str:
    """How addresses are compared: case, spaces and Unicode forms do not tell people apart."""
    return unicodedata.normalize("NFKC", "".join(email.split())).casefold()


def session_lives(session: Session, at: datetime) -> bool:
    return session.ended_at is None and at < session.expires_at


def link_works(link: OneTimeLink, at: datetime) -> bool:
    return link.used_at is None and at < link.expires_at


def is_fresh(session: Session, at: datetime) -> bool:
    """Did they sign in a short while ago? What opens the account for long asks for it."""
    return at - session.created_at < FRESH


def counts_on(before: int, count: int) -> bool:
    """A device that counts its uses counts on; one that does not says 0 for ever."""
    return count > before or (count == 0 and before == 0)


def device_name(user_agent: str) -> str:
    """'Firefox on Windows', as far as a browser tells; '' when it tells nothing."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), None)
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), None)
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or ""


def passkey_name(transports: list[str], user_agent: str) -> str:
    """A first name for a passkey, which its owner may change: where it is kept, if that is told."""
    if "internal" not in transports and "hybrid" in transports:
        return _("A phone or tablet")
    if "internal" not in transports and {"usb", "nfc", "ble", "smart-card"} & set(transports):
        return _("A security key")
    return device_name(user_agent) or _("A passkey")
