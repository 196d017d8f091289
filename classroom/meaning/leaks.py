"""Does a reply hand over the private answer key?"""

from classroom.meaning.tokens import fold
from classroom.meaning.verdict import Finding


def leaks(reply: str, key: str, known: str = "") -> Finding | None:
    """The words of the reply that give away the key, unless `known` (brief, post) says them already."""
    wanted = " ".join(fold(key).split())
    at = fold(reply).find(wanted)
    if not wanted or at < 0 or wanted in " ".join(fold(known).split()):
        return None
    span = (at, at + len(wanted))
    return Finding("leak.verbatim", reply[slice(*span)], span)
