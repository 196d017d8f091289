"""Dates as other calendars read them (RFC 5545): a few lines that a program fetches again and again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75  # in one line, its end not counted


@dataclass(frozen=True)
class Event:
    """One moment. `key` stays the same when the moment or the words change."""

    key: str
    at: datetime
    title: str
    text: str
    url: str


def calendar(name: str, events: Iterable[Event], made_at: datetime, host: str) -> str:
    """The whole file; its lines end with CR LF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Classroom//Dates//EN", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for event in events:
        lines += _event(event, made_at, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, made_at: datetime, host: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.key)}@{host}",
        f"DTSTAMP:{_moment(made_at)}",
        f"DTSTART:{_moment(event.at)}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.text)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """What would end a value is escaped; other signs that steer a machine are left out."""
    plain = "".join(one for one in words.replace("\r\n", "\n") if one == "\n" or one.isprintable())
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Parts of at most 75 octets, each after the first with a space before it; no letter is cut."""
    part, size = "", 0
    for one in line:
        octets = len(one.encode())
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + one, size + octets
    yield part
