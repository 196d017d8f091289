"""Tells in which of the languages that the engine has lists for a text is, if in any."""

from functools import lru_cache
from importlib.resources import files

from classroom.meaning.lexicon import DEFAULT, Lexicon, languages, lexicon
from classroom.meaning.tokens import Reading


@lru_cache(maxsize=1)
def _others() -> dict[str, frozenset[str]]:
    """The commonest short words of other languages, by language."""
    found = {}
    for line in (files("classroom.meaning") / "languages.txt").read_text(encoding="utf-8").splitlines():
        name, _, words = line.partition(":")
        if words and not name.startswith("#"):
            found[name.strip()] = frozenset(words.split())
    return found


def language_of(reading: Reading) -> Lexicon | None:
    """The lists of the text's language: of those that know it, the one with most of its small words."""
    known = [lex for lex in map(lexicon, languages()) if not is_unknown(reading, lex)]
    if not known:
        return None
    return max(known, key=lambda lex: sum(token.word in lex.words["function"] for token in reading.tokens))


def likeliest_language(*readings: Reading) -> Lexicon:
    """Of the first text whose language is known; the default where none is."""
    return next(filter(None, map(language_of, readings)), lexicon(DEFAULT))


def is_unknown(reading: Reading, lex: Lexicon) -> bool:
    """True where most of the text is in another script, or in another language's commonest words."""
    if not reading.folded.isascii() and _in_another_script(reading.folded):
        return True
    own = [token for token in reading.tokens if not token.code and not token.quoted]
    small = sum(1 for token in own if token.word in lex.words["function"])
    if len(own) < 4 or small * 3 >= len(own):
        return False
    written = [reading.folded[token.start : token.end] for token in own]
    accented = sum(1 for word in written if not word.isascii())
    other = max(
        sum(1 for word in written if word in short)
        for name, short in _others().items()
        if name != lex.language
    )
    if small * 5 >= len(written) and small >= other:
        return False
    return (other > small and other * 6 >= len(written)) or accented * 4 > len(written)


def _in_another_script(folded: str) -> bool:
    letters = [c for c in folded if c.isalpha()]
    foreign = sum(1 for c in letters if ord(c) > 0x24F and not 0x1D00 <= ord(c) <= 0x1EFF)
    return len(letters) >= 4 and foreign * 2 > len(letters)
