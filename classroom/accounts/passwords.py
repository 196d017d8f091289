"""Passwords: which are refused, and how they are kept (argon2id)."""

import re
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l

SHORTEST, LONGEST = 10, 256
# The stems behind the passwords that people choose first; digits and signs around them do not help.
_STEMS = """
password passwort passwd letmein welcome iloveyou sunshine princess football baseball basketball monkey
dragon master superman batman starwars qwerty qwertz azerty asdfgh asdfghjkl zxcvbnm qwertyuiop qwertzuiop
azertyuiop trustno changeme secret admin administrator login hello helloworld hallo freedom whatever
shadow michael jordan jennifer charlie daniel thomas jessica ashley michelle anthony matthew computer
internet pokemon minecraft liverpool chelsea arsenal barcelona realmadrid flower chocolate butterfly
purple summer winter spring autumn student teacher school university college classroom feedback abc abcdef
abcdefgh motdepasse contrasena senha parola wachtwoord ichliebedich jetaime teamo hejsan salasana schatz
loveme iloveu lovely babygirl angel family forever killer hunter soccer hockey tigger buster pepper ginger
cookie cheese banana orange samsung google facebook youtube tiktok instagram nothing mypassword
passwordpassword default guest test testtest testing demo example correcthorsebatterystaple
"""
COMMON = frozenset(_STEMS.split())
_SOUND = str.maketrans("013457@$!|", "oieastasil")
_hasher = PasswordHasher()
_DUMMY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$Zyzc7BFf7OjsvuzLNcqFaDDTIk7vDXPeTJGqcn9CjAM"


class WeakPassword(RuleBroken):
    """It would be among the first guesses."""

    message = _l("Too easy to guess. A few words that belong together only for you work well.")


class ShortPassword(RuleBroken):
    """Length is what protects."""

    message = _l("Use at least %(n)s characters. A short sentence is fine, spaces too.", n=SHORTEST)


def check(password: str, about: tuple[str, ...] = ()) -> None:
    """Refuse short, long, common, patterned passwords, and those made of the person's own name or address."""
    if len(password) < SHORTEST:
        raise ShortPassword
    if len(password) > LONGEST:
        raise RuleBroken(_l("At most %(n)s characters, please.", n=LONGEST))
    if _patterned(password) or _common(password) or _about_oneself(password, about):
        raise WeakPassword


def _patterned(password: str) -> bool:
    """One character or group over and over, or a run such as 1234567890."""
    folded = password.casefold()
    steps = {ord(b) - ord(a) for a, b in pairwise(folded)}
    return (
        len(set(folded)) < 5
        or steps <= {1, -9}
        or steps <= {-1, 9}
        or bool(re.fullmatch(r"(.{1,5})\1+", folded))
    )


def _common(password: str) -> bool:
    folded = password.casefold()
    stem = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    spoken = re.sub(r"[^a-z]", "", stem.translate(_SOUND))
    return re.sub(r"[^a-z]", "", folded) in COMMON or spoken in COMMON


def _about_oneself(password: str, about: tuple[str, ...]) -> bool:
    """Is hardly anything left when names and address are taken out?"""
    rest = password.casefold()
    for word in sorted(
        {part for text in about for part in re.split(r"\W+", text.casefold())}, key=len, reverse=True
    ):
        if len(word) > 2:
            rest = rest.replace(word, "")
    return len(re.sub(r"[\W\d_]", "", rest)) < 4 and rest != password.casefold()


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Compare in about the same time whether or not there is such a person or password."""
    try:
        return _hasher.verify(stored or _DUMMY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    return _hasher.check_needs_rehash(stored)
