"""Which filter of a list someone chose last: an address says it, and their own browser remembers it."""

from collections.abc import Collection, Mapping

from flask import session, url_for

from classroom.access import current_actor


def remembered(name: str, wanted: str | None, known: Collection[str]) -> str:
    """The filter of the address, else the one of last time, else none.

    It lies in the browser's cookie and in no table. Through borrowed eyes nothing is remembered.
    """
    actor, kept = current_actor(), session.get("shown") or {}
    if wanted is None:
        wanted = "" if actor is None or actor.borrowed else kept.get(name, "")
        return wanted if wanted in known else ""
    chosen = wanted if wanted in known else ""
    if chosen != kept.get(name, "") and actor is not None and not actor.borrowed:
        session["shown"] = {**kept, name: chosen}
    return chosen


def chips(show: str, options: Mapping[str, object], endpoint: str, **values: str) -> list[dict[str, object]]:
    """Filters of a list, each an address: `options` are their words, `show` is the one that is shown."""
    return [
        {"label": words, "url": url_for(endpoint, show=one, **values), "current": one == show}  # type: ignore[arg-type]
        for one, words in options.items()
    ]
