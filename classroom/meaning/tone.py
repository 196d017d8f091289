"""How a comment sounds: kind, neutral, blunt, snark or attack, by the writer's own words only."""

from collections.abc import Iterable, Sequence

from classroom.meaning.lexicon import Hit
from classroom.meaning.mockery import disguised, mocking, scare_quotes
from classroom.meaning.moves import Heard
from classroom.meaning.verdict import Finding
from classroom.meaning.work import Setting


def tone_of(heard: Sequence[Heard], at: Setting) -> tuple[str, list[Finding]]:
    """The tone, and the words that make it: all that would hold the comment, else the first."""
    attacks = [*_own(heard, "attack", at), *disguised(at.reading, at)]
    degree = at.lex.words["degree"]
    curt = [
        one
        for one in heard
        if one.sentence.asks and len(one.words) < 8 and degree.isdisjoint(one.words[-2:-1])
    ]
    mockery = [*_own(heard, "snark", at), *_own(curt, "asked_snark", at), *scare_quotes(at.reading, at)]
    mockery = mockery or list(mocking(heard, at))
    if attacks:
        return "attack", [_as("tone.attack", found) for found in attacks]
    if mockery:
        return "snark", [_as("tone.snark", found) for found in mockery]
    kind = list(_own(heard, "kind", at))
    blunt = list(_own(heard, "blunt", at))
    if blunt and not kind:
        return "blunt", [_as("tone.blunt", blunt[0])]
    if kind:
        return "kind", [_as("tone.kind", kind[0])]
    return "neutral", []


def _as(code: str, found: Finding) -> Finding:
    return Finding(code, found.words, found.span)


def _own(heard: Sequence[Heard], kind: str, at: Setting) -> Iterable[Finding]:
    """Phrases of this kind in the writer's own voice."""
    for one in heard:
        if one.not_own in ("pasted.post", "pasted.brief"):
            continue
        for hit in one.of(kind):
            tokens = one.sentence.tokens[hit.first : hit.last]
            if any(token.quoted or token.code for token in tokens):
                continue
            if kind in ("snark", "attack", "asked_snark") and _is_about_the_topic(one, hit, at):
                continue
            yield one.finding(kind, hit, at.reading)


def _is_about_the_topic(one: Heard, hit: Hit, at: Setting) -> bool:
    """The harsh words are the work's own, and nobody is spoken to."""
    tokens = one.sentence.tokens[hit.first : hit.last]
    telling = [token for token in tokens if token.word not in at.lex.words["function"]]
    if not telling or any(token.word in at.lex.words["author"] for token in tokens):
        return False
    return all(at.work.holds(token.stem) for token in telling)
