"""Pure rules of courses: what a section may be called, how a code is typed, which zones there are."""

import re
import unicodedata
from zoneinfo import available_timezones

SECTION_LENGTH = 100
MOST_SECTIONS = 200
_REGIONS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
ZONES = ("UTC", *sorted(zone for zone in available_timezones() if zone.startswith(_REGIONS)))


def code_key(typed: str) -> str:
    """A join code as it is stored, however somebody copied it from a board: a whole link will do too."""
    plain = unicodedata.normalize("NFKC", typed).strip().casefold().rstrip("/").rpartition("/")[2]
    return re.sub(r"[^0-9a-z]", "", plain)


def same_title(typed: str, title: str) -> bool:
    """Spaces and capitals are nobody's intention."""
    return _plain(typed) == _plain(title)


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def section_names(text: str) -> list[str]:
    """Sections as people list them, by line or comma; each once, in their order."""
    names = (" ".join(part.split()) for part in re.split(r"[\n\r,;]", text))
    return list(dict.fromkeys(name for name in names if name))


def initials(name: str) -> str:
    """One or two letters for the round sign beside a name; one is enough where no case is known."""
    words = name.split()
    chosen = words if len(words) < 3 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()
