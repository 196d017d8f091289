"""Puts the rules together: one comment in, one verdict out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from classroom.meaning.copies import (
    copied_from_earlier,
    filler_at,
    is_stuffing,
    pasted,
    repeats_earlier,
    restates,
)
from classroom.meaning.language import language_of
from classroom.meaning.lexicon import DEFAULT, Lexicon, lexicon
from classroom.meaning.moves import Heard, points, reason_in
from classroom.meaning.specific import pointing
from classroom.meaning.standard import Standard, judge
from classroom.meaning.tokens import Reading, Sentence, read_closely
from classroom.meaning.tone import tone_of
from classroom.meaning.typing_errors import mended
from classroom.meaning.verdict import HOLDING, MOVES, TIED_POINTS, Finding, Verdict
from classroom.meaning.weighing import weigh
from classroom.meaning.work import Setting, work_of

LONGEST = 4_000  # letters: some seven hundred words; what follows is not read
LONGEST_WORK = 100_000
_MOST_FINDINGS = 12
_SAID_BY_CHANCE = 6  # so few words may come to two people
_OTHER_BUSINESS = ("suggestion", "problem", "snark", "attack", "chatter")


def assess(
    text: str,
    *,
    post: str,
    brief: str,
    quote: str | None = None,
    earlier: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Verdict:
    """What a comment does for the work it is about, and how it sounds.

    `earlier` are the writer's other comments, on any posts; not this one's own former versions. `others` are
    what other people have said on this post before.
    """
    studied = study(text, post=post, brief=brief, quote=quote, earlier=earlier, others=others)
    if not studied.readable:
        return _unread(studied, earlier)
    return weighed(studied, by_rules(studied))


class Studied(NamedTuple):
    """One comment with all that the rules found in it."""

    at: Setting
    heard: tuple[Heard, ...]
    findings: tuple[Finding, ...]
    tone: str
    readable: bool = True  # in a language that the engine knows


def study(
    text: str,
    *,
    post: str,
    brief: str,
    quote: str | None = None,
    earlier: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Studied:
    """Applies the rules; nothing is heard in a language that the engine does not know."""
    reading = read_closely(text[:LONGEST])
    quote = quote.strip() if quote else None
    known = language_of(reading)
    lex = known or lexicon(DEFAULT)
    work = work_of(post[:LONGEST_WORK], brief[:LONGEST_WORK], lex)
    at = Setting(reading, work, lex, quote)
    if known is None:
        return Studied(at, (), (), "neutral", readable=False)
    heard = [_hear(sentence, at, earlier) for sentence in reading.sentences]
    words = [token.word for token in reading.tokens]
    findings = _whole(reading, words, heard, lex, earlier)
    if len(words) >= _SAID_BY_CHANCE and copied_from_earlier(words, others):
        findings.append(Finding("copied.other", reading.text.strip(), (0, len(reading.text))))
    findings += _about(heard, at, anchored=at.anchored)
    tone, sounding = tone_of(heard, at)
    return Studied(at, tuple(heard), (*findings, *sounding), tone)


def _hear(sentence: Sentence, at: Setting, earlier: Sequence[str]) -> Heard:
    words = tuple(mended([token.word for token in sentence.tokens], at.lex))
    hits = tuple(at.lex.hits(sentence.tokens, words))
    where = pointing(sentence, words, hits, at)
    not_own = pasted(sentence, at.work)
    if not_own is None and repeats_earlier([token.word for token in sentence.tokens], earlier):
        not_own = "copied.earlier"
    if not_own is None and restates(hits, where, words, at, asks=sentence.asks):
        not_own = "restates"
    if not_own is None and filler_at(hits):
        not_own = "filler"
    return Heard(sentence, words, hits, where, not_own)


def _whole(
    reading: Reading, words: Sequence[str], heard: Sequence[Heard], lex: Lexicon, earlier: Sequence[str]
) -> list[Finding]:
    """What makes the comment, or a sentence of it, not the writer's own word."""
    whole = (0, len(reading.text))
    found = []
    if copied_from_earlier(words, earlier):
        found.append(Finding("copied.earlier", reading.text.strip(), whole))
    says = any(one.has("problem") or one.has("suggestion") for one in heard)
    if is_stuffing(words, lex, says_something=says):
        found.append(Finding("stuffing", reading.text.strip(), whole))
    for one in heard:
        if one.not_own and not (one.not_own == "copied.earlier" and found):
            span = (one.sentence.tokens[0].start, one.sentence.tokens[-1].end)
            # A repeated sentence beside new ones is no copy of the whole.
            code = "filler" if one.not_own == "copied.earlier" else one.not_own
            found.append(Finding(code, reading.text[slice(*span)], span))
    return found


def _about(heard: Sequence[Heard], at: Setting, *, anchored: bool) -> list[Finding]:
    """Where the comment points, the moves it makes there, and its reasons."""
    places: list[Finding] = [Finding("specific.anchor")] if anchored else []
    said: list[Finding] = []
    for index, one in enumerate(heard):
        tied = anchored or _is_tied(heard, index, at)
        if one.pointing.enough and not (one.not_own or "").startswith(("pasted", "copied")):
            places += one.pointing.findings
        moves = list(points(one, at, tied=tied))
        if index + 1 < len(heard):
            moves = _reasoned_later(moves, heard[index + 1], at)
        said += moves
        reason = reason_in(one, at.lex) if not one.not_own else None
        if reason and moves:
            said.append(one.finding("reason.given", reason, at.reading))
    return [*places[:_MOST_FINDINGS], *said]


def _reasoned_later(moves: list[Finding], after: Heard, at: Setting) -> list[Finding]:
    """“The kebab worked on me. I pay that price every Friday, so …”: the reason in a sentence of its own."""
    if after.not_own or any(after.has(kind) for kind in _OTHER_BUSINESS):
        return moves
    if not reason_in(after, at.lex):
        return moves
    return [replace(one, code="praise.reasoned") if one.code == "praise.bare" else one for one in moves]


def _is_tied(heard: Sequence[Heard], index: int, at: Setting) -> bool:
    """A sentence is about what it names, or what the sentence beside it names when the two hang together."""
    if heard[index].pointing.enough:
        return True
    after = heard[index + 1] if index + 1 < len(heard) else None
    if after and after.pointing.enough and heard[index].sentence.asks and _goes_on(after, at.reading.text):
        return True
    before = heard[index - 1] if index else None
    asserts = heard[index].sentence.asks or heard[index].has("problem")
    beside = [one for one in (before, after) if one and one.pointing.enough and not one.not_own]
    if asserts and beside and heard[index].pointing.fresh > 1:
        return True
    if before is None or not before.pointing.enough or before.not_own:
        return False
    if after and after.pointing.enough and not before.has("praise"):
        return True
    leans = not at.lex.words["links"].isdisjoint(heard[index].words[:6]) or _goes_on(
        heard[index], at.reading.text
    )
    told = before.speaks_of_the_work or not before.has("praise")
    return leans or (told and heard[index].pointing.fresh > 1)


def _goes_on(one: Heard, text: str) -> bool:
    """Whether a sentence begins with a small letter: it goes on with the last one."""
    return text[one.sentence.tokens[0].start].islower()


def _unread(studied: Studied, earlier: Sequence[str]) -> Verdict:
    """For another language: nothing is refused or held, save what is plainly copied."""
    at = studied.at
    reading, words = at.reading, [token.word for token in at.reading.tokens]
    findings = [Finding("language.unknown")]
    if copied_from_earlier(words, earlier):
        findings.append(Finding("copied.earlier", reading.text.strip(), (0, len(reading.text))))
    taken = [pasted(sentence, at.work) for sentence in reading.sentences]
    if taken and all(taken):
        findings.append(Finding(str(taken[0]), reading.text.strip(), (0, len(reading.text))))
    if at.anchored:
        findings.append(Finding("specific.anchor"))
    return by_rules(studied._replace(findings=tuple(findings)))


def by_rules(studied: Studied) -> Verdict:
    """What the rules alone make of it."""
    findings = studied.findings
    codes = {found.code for found in findings}
    made = {move: any(code.startswith(f"{move}.") for code in codes) for move in MOVES}
    made["question"] = made["question"] and bool(codes & {"question.genuine", "question.untied"})
    made["specific"] = made["specific"] or bool(codes & set(TIED_POINTS))
    return _verdict(studied, findings, studied.tone, made)


def weighed(studied: Studied, ruled: Verdict) -> Verdict:
    """The rules' verdict, corrected where a learned score and a sign of the rules agree."""
    result = weigh(
        studied.heard, studied.at, ruled.because, ruled.moves, counts=ruled.meaningful, holds=ruled.hold
    )
    kept = tuple(found for found in ruled.because if found.code not in result.withdrawn)
    tone = ruled.tone
    if any(found.code == "tone.snark.likely" for found in result.added):
        tone = "snark"
    elif ruled.hold and not any(found.code in HOLDING for found in kept):
        tone = "neutral"
    return _verdict(studied, (*kept, *result.added), tone, result.moves)


def _verdict(
    studied: Studied, findings: tuple[Finding, ...], tone: str, moves: Mapping[str, bool]
) -> Verdict:
    draft = Verdict(
        meaningful=False,
        moves=MappingProxyType(dict(moves)),
        tone=tone,
        hold=tone in ("snark", "attack"),
        because=findings,
        words_count=studied.at.reading.length,
    )
    return replace(draft, meaningful=judge(draft, Standard(), studied.at.anchored).counts)
