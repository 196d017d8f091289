"""Where in this work a sentence points: quoted words, places, names and words that identify it."""

from collections.abc import Sequence
from typing import NamedTuple

from classroom.meaning.lexicon import Hit, Lexicon
from classroom.meaning.tokens import Reading, Sentence, Token, stem
from classroom.meaning.verdict import Finding
from classroom.meaning.work import Setting, Work, meant

ENOUGH = 1.0
_WEAK = 0.4  # a common word, or one that the brief has too
_PART = 0.6  # “your conclusion”
_FRESH = 0.15  # a content word of the comment's own, beside a part
_OWN_EXAMPLE = 0.6  # an example or a piece of code that the comment brings along
_DEFINITE_FRESH = 0.35  # “the dip in August”: a thing of which the text of the post says nothing


class Pointing(NamedTuple):
    """How surely a sentence points at something in this work, by which words, and what it says of its own."""

    score: float
    findings: tuple[Finding, ...]
    fresh: int  # content words beyond the vocabulary that fits any work
    covered: float  # share of its content words that the work has too
    new: int  # content words beyond both that vocabulary and the work

    @property
    def names(self) -> bool:
        """Whether a word, a quotation or a place of this work is in it, not only some part."""
        return any(found.code != "specific.part" for found in self.findings)

    @property
    def enough(self) -> bool:
        return self.score >= ENOUGH


class _Count:
    """What the words of one sentence add up to."""

    def __init__(self) -> None:
        self.strong: list[Token] = []
        self.weak: set[str] = set()
        self.fresh: set[str] = set()
        self.new: set[str] = set()
        self.definite = 0  # fresh words after “the” or “your”
        self.shared = 0
        self.content = 0


def pointing(sentence: Sentence, words: Sequence[str], hits: Sequence[Hit], at: Setting) -> Pointing:
    """Everything in one sentence that identifies something in this work."""
    only_topic = {index for hit in hits if hit.kind == "topic" for index in range(hit.first, hit.last)}
    count = _counted(sentence, words, only_topic, at)
    findings = [*_quoted(sentence, at), *_places(sentence, hits, at)]
    weak = len(count.weak)
    score = (
        len(findings)
        + len(count.strong)
        + (min(weak, 3) * _WEAK if weak * 2 >= count.content else min(weak, 2) * _WEAK)
    )
    score += min(count.definite, 2) * _DEFINITE_FRESH
    kinds = {hit.kind for hit in hits}
    if "trial" in kinds and kinds & {"problem", "met"}:
        score += ENOUGH  # what went wrong when the reader tried it went wrong in this work
    elif "trial" in kinds or any(token.quoted or token.code for token in sentence.tokens):
        score += _OWN_EXAMPLE
    parts = _parts(sentence, words, only_topic, at)
    if parts and score < ENOUGH:
        score += _PART + min(len(count.fresh) * _FRESH, 0.45)
        if score >= ENOUGH:
            findings.append(_finding("specific.part", parts[:1], at.reading))
    findings += [_finding("specific.named", run, at.reading) for run in _side_by_side(count.strong, sentence)]
    covered = count.shared / count.content if count.content else 0.0
    return Pointing(score, tuple(findings), len(count.fresh), covered, len(count.new))


def _side_by_side(named: Sequence[Token], sentence: Sentence) -> list[list[Token]]:
    """Neighbouring words name one thing: “quiet hours”."""
    at = {token.start: index for index, token in enumerate(sentence.tokens)}
    together: list[list[Token]] = []
    for token in named:
        joined = together and at[token.start] == at[together[-1][-1].start] + 1 and not token.opens
        if joined:
            together[-1].append(token)
        else:
            together.append([token])
    return together


def _finding(code: str, tokens: Sequence[Token], reading: Reading) -> Finding:
    span = (tokens[0].start, tokens[-1].end)
    return Finding(code, reading.text[slice(*span)], span)


def _quoted(sentence: Sentence, at: Setting) -> list[Finding]:
    """Words in quotation marks, or code, that the work has too."""
    inside = [token for token in sentence.tokens if token.quoted or token.code]
    telling = [token for token in inside if token.word not in at.lex.words["function"]]
    held = [token for token in telling if at.work.holds(token.stem)]
    if len(inside) > 1 and at.work.says([token.word for token in inside]):
        return [_finding("specific.quoted", inside, at.reading)]
    if not held or len(held) * 2 < len(telling):
        return []
    return [_finding("specific.quoted", inside, at.reading)]


def _places(sentence: Sentence, hits: Sequence[Hit], at: Setting) -> list[Finding]:
    found: list[Finding] = []
    taken = -1
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        tokens = sentence.tokens[hit.first : hit.last]
        asked = f" {' '.join(token.word for token in tokens)} " in at.work.brief_text
        if hit.kind == "places" and hit.first >= taken and not asked:
            found.append(_finding("specific.place", tokens, at.reading))
            taken = hit.last
    return found


def _counted(sentence: Sentence, words: Sequence[str], only_topic: set[int], at: Setting) -> _Count:
    """Goes through the content words: which name this work, which are weak, which are the comment's own."""
    count = _Count()
    before = ""
    indefinite = _indefinite(words, at.lex)
    for index, (token, word) in enumerate(zip(sentence.tokens, words, strict=True)):
        if word in at.lex.words["function"] or not (word[0].isalnum() or word[0] == "_"):
            continue
        count.content += 1
        general = word in at.lex.idle and token.stem not in at.work.names
        stemmed = token.stem if general else _in_work(token, at.work)
        count.shared += stemmed is not None and at.work.holds(stemmed)
        if not general and (stemmed is not None or word not in at.lex.words["parts"]):
            count.fresh.add(stemmed or token.stem)
            if stemmed is None:
                count.new.add(token.stem)
            near = words[max(0, index - 2) : index]
            count.definite += stemmed is None and not at.lex.words["definite"].isdisjoint(near)
        if _is_missing(index, word, words, at):
            count.strong.append(token)
            count.fresh.add(token.stem)
        elif stemmed is not None and not general and index not in only_topic and index not in indefinite:
            if _identifies(stemmed, word, before, at):
                count.strong.append(token)
            elif word not in at.lex.words["parts"]:
                count.weak.add(stemmed)
        before = stemmed or token.stem
    return count


def _indefinite(words: Sequence[str], lex: Lexicon) -> set[int]:
    """Where the comment speaks of things to come: “more pictures and colours” points at no picture."""
    found: set[int] = set()
    for index, word in enumerate(words):
        if word in lex.words["indefinite"] or (word in lex.words["and or"] and index - 1 in found):
            found.update((index + 1, index + 2))
    return found


def _is_missing(index: int, word: str, words: Sequence[str], at: Setting) -> bool:
    """Something that the brief asks for and the comment does not find."""
    if word in at.lex.idle or stem(word) not in at.work.brief:
        return False
    return not at.lex.words["absent"].isdisjoint(words[max(0, index - 2) : index])


def _in_work(token: Token, work: Work) -> str | None:
    """The stem under which the work has this word, typing errors allowed for."""
    if work.holds(token.stem):
        return token.stem
    if len(token.word) < 5 or not token.word.isalpha():
        return None
    other = meant(token.word, work)
    return None if other is None else stem(other)


def _identifies(stemmed: str, word: str, before: str, at: Setting) -> bool:
    """A word of this work, neither common nor asked for by the brief; or two words as the work has them."""
    if stemmed in at.work.names:
        return True
    if stemmed in at.work.brief:
        return False
    if (before, stemmed) in at.work.pairs:
        return True
    if word in at.lex.words["common"] or (word.isdigit() and len(word) < 2):
        return False
    if not word.isalpha():
        return True
    return len(word) > 2 and stemmed not in at.work.topic and word not in at.lex.words["parts"]


def _parts(sentence: Sentence, words: Sequence[str], only_topic: set[int], at: Setting) -> list[Token]:
    """“Your conclusion”, “the legend”: parts, where the work is meant and not any work."""
    return [
        token
        for index, (token, word) in enumerate(zip(sentence.tokens, words, strict=True))
        if word in at.lex.words["parts"]
        and index not in only_topic
        and (not index or not at.lex.words["definite"].isdisjoint(words[max(0, index - 3) : index]))
    ]
