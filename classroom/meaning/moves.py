"""The moves a sentence makes: praise, problem, suggestion, question, reason; whether each is a point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from classroom.meaning.lexicon import Hit, Lexicon
from classroom.meaning.specific import Pointing
from classroom.meaning.tokens import Reading, Sentence
from classroom.meaning.verdict import Finding
from classroom.meaning.work import Setting, Work

_OBSERVED = 3  # so many words that neither the work nor feedback in general has
_ELABORATED = 3
_MOST_REASONS = 12  # in one sentence: more are noise
_MOSTLY_THEIRS = 0.8  # this share of the words from the work: told again rather than judged


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence of a comment with everything found in it."""

    sentence: Sentence
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    pointing: Pointing
    not_own: str | None = None  # the code of what it was taken from
    by_kind: dict[str, list[Hit]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        sorted_out: dict[str, list[Hit]] = {}
        for hit in self.hits:
            sorted_out.setdefault(hit.kind, []).append(hit)
        object.__setattr__(self, "by_kind", sorted_out)

    def of(self, kind: str) -> list[Hit]:
        return self.by_kind.get(kind, [])

    def has(self, kind: str) -> bool:
        return kind in self.by_kind

    @property
    def speaks_of_the_work(self) -> bool:
        """More than politeness: it finds a problem, asks, proposes, or says what the work does."""
        return self.sentence.asks or any(map(self.has, ("problem", "suggestion", "effect")))

    def finding(self, code: str, hit: Hit, reading: Reading) -> Finding:
        span = (self.sentence.tokens[hit.first].start, self.sentence.tokens[hit.last - 1].end)
        return Finding(code, reading.text[slice(*span)], span)


def points(heard: Heard, at: Setting, *, tied: bool) -> Iterator[Finding]:
    """The moves of one sentence, each as strong as what it says about this work."""
    if heard.not_own or heard.has("attack") or heard.has("snark") or _only_agrees(heard, at.lex):
        return
    if _is_chatter(heard, at.lex) or _is_general(heard, at.lex):
        return
    found = [
        *_praise(heard, at, tied=tied),
        *_problem(heard, at, tied=tied),
        *_suggestion(heard, at, tied=tied),
        *_question(heard, at, tied=tied),
    ]
    yield from found
    if not found and heard.pointing.enough and heard.pointing.covered < _MOSTLY_THEIRS:
        reason = reason_in(heard, at.lex)
        if reason and reason.kind == "reason":
            yield heard.finding("reason.argued", reason, at.reading)
        elif _observes(heard, at):
            yield heard.finding("reason.argued", Hit("reason", 0, len(heard.words), "observed"), at.reading)


def _observes(heard: Heard, at: Setting) -> bool:
    """A thought of the writer's own about something in this work: neither praise nor retold."""
    voiced = at.anchored or (not at.lex.words["self"].isdisjoint(heard.words) and heard.pointing.names)
    plain = not any(heard.has(kind) for kind in ("praise", "restating", "agreeing", "advice", "hollow"))
    return plain and voiced and heard.pointing.new + heard.has("trial") >= _OBSERVED


def _only_agrees(heard: Heard, lex: Lexicon) -> bool:
    """“I agree with you that …”: a point comes only after a “but”."""
    return heard.has("agreeing") and lex.words["turns"].isdisjoint(heard.words) and not heard.sentence.asks


def _is_chatter(heard: Heard, lex: Lexicon) -> bool:
    """The writer's own life: “my cousin has one too”."""
    own = {index for hit in heard.of("chatter") for index in range(hit.first, hit.last)}
    others = {word for index, word in enumerate(heard.words) if index not in own}
    return bool(own) and lex.words["author"].isdisjoint(others) and not heard.sentence.asks


def _is_general(heard: Heard, lex: Lexicon) -> bool:
    """Wisdom about the topic or the trade: true of many works, and of none in particular."""
    if not heard.has("general") or heard.has("places") or heard.has("asking") or heard.sentence.asks:
        return False
    return lex.words["author"].isdisjoint(heard.words) or heard.has("advice")


def _fresh_outside(heard: Heard, hit: Hit, lex: Lexicon) -> int:
    """Words of its own after the cue: what the reason, or the advice, is made of."""
    return len({w for w in heard.words[hit.first :] if w not in lex.idle and w[0].isalnum()})


def _substance(heard: Heard, hit: Hit, lex: Lexicon) -> int:
    """What a reason adds: “I like that it is anonymous because anonymity is important” adds nothing."""
    before = {word[:6] for word in heard.words[: hit.first]}
    after = {word[:6] for word in heard.words[hit.first :] if word not in lex.idle and word[0].isalnum()}
    return len(after - before)


def reason_in(heard: Heard, lex: Lexicon) -> Hit | None:
    """The first reason that is more than “because it is good”."""
    hollow = heard.has("hollow")
    for hit in [*heard.of("reason"), *heard.of("effect")][:_MOST_REASONS]:
        if _substance(heard, hit, lex) >= (3 if hollow else 1):
            return hit
    return None


def _negated(heard: Heard, hit: Hit, lex: Lexicon) -> bool:
    return any(word in lex.words["negations"] for word in heard.words[max(0, hit.first - 3) : hit.first])


def _hoped_for(heard: Heard, hit: Hit, lex: Lexicon) -> bool:
    """“Would be great if”, “could be a good idea”: praise of what is not there."""
    before = heard.words[max(0, hit.first - 4) : hit.first]
    if any(cue.first < hit.first for cue in heard.of("suggestion")):
        return True
    return not lex.words["hoping"].isdisjoint(before)


def _praise(heard: Heard, at: Setting, *, tied: bool) -> Iterator[Finding]:
    cues = [hit for hit in heard.of("praise") if _stands(heard, hit, at.lex)]
    effects = [hit for hit in heard.of("effect") if _stands(heard, hit, at.lex)]
    spoiled = heard.has("problem") or heard.has("suggestion") or heard.sentence.asks
    felt = effects and not spoiled and not at.lex.words["reader"].isdisjoint(heard.words)
    if not cues and not felt:
        return
    cue = (cues or effects)[0]
    why = reason_in(heard, at.lex) or _elaborates(heard, at)
    if why and heard.pointing.fresh >= 2:
        yield heard.finding("praise.reasoned" if tied else "praise.untied", cue, at.reading)
    elif tied and heard.pointing.findings:
        yield heard.finding("praise.bare", cue, at.reading)
    else:
        yield heard.finding("praise.generic", cue, at.reading)


def _elaborates(heard: Heard, at: Setting) -> bool:
    """Beside a passage, praise that goes on in words of its own says why."""
    return at.anchored and heard.pointing.new >= _ELABORATED and not heard.has("hollow")


def _stands(heard: Heard, hit: Hit, lex: Lexicon) -> bool:
    return not _negated(heard, hit, lex) and not _hoped_for(heard, hit, lex)


def _covered_by(hits: Sequence[Hit], cue: Hit) -> bool:
    return any(hit.first < cue.last and cue.first < hit.last for hit in hits)


def _problem(heard: Heard, at: Setting, *, tied: bool) -> Iterator[Finding]:
    fine = heard.of("fine")
    plain = [
        hit for hit in heard.of("problem") if not _covered_by(fine, hit) and not _is_theirs(heard, hit, at)
    ]
    if not heard.has("praise") and not heard.has("effect"):
        plain += heard.of("met")
    vague = [hit for hit in heard.of("vague") if not _covered_by(fine, hit)]
    denied = _denial(heard, fine, at)
    cue = next(iter((*plain, *denied, *vague)), None)
    if cue is None:
        return
    telling = sum(1 for w in heard.words if w not in at.lex.idle and w not in at.lex.words["common"])
    said = heard.pointing.fresh >= 1 if plain or denied else heard.pointing.fresh >= 2 <= telling
    if said or (plain and tied and heard.pointing.findings):
        yield heard.finding("problem.named" if tied else "problem.untied", cue, at.reading)
    else:
        yield heard.finding("problem.vague", cue, at.reading)


def _is_theirs(heard: Heard, hit: Hit, at: Setting) -> bool:
    """The words are the work's own: “errors” of a chapter about errors."""
    tokens = heard.sentence.tokens
    if hit.source.startswith("^") and tokens[hit.first].opens and not heard.has("restating"):
        return False  # an imperative is the writer's own
    if hit.last - hit.first > 1:
        telling = [t for t in tokens[hit.first : hit.last] if t.word not in at.lex.words["function"]]
        if heard.has("restating") and telling and all(at.work.holds(t.stem) for t in telling):
            return True
        beyond = 0 if any(t.word not in at.lex.idle for t in telling) else 1
        return at.work.says([t.word for t in tokens[max(0, hit.first - beyond) : hit.last + 2 * beyond]])
    if tokens[hit.first].word not in at.lex.words["function"]:
        return at.work.holds(tokens[hit.first].stem)
    around = tokens[max(0, hit.first - 1) : hit.last + 1]
    return len(around) == 3 and at.work.says([token.word for token in around])


def _denial(heard: Heard, fine: Sequence[Hit], at: Setting) -> list[Hit]:
    """“You never say who pays”: a plain negation in a sentence that points at this work."""
    if not heard.pointing.enough or heard.has("chatter"):
        return []
    found = []
    for index, word in enumerate(heard.words):
        cue = Hit("problem", index, index + 1, "negation")
        if (
            word in at.lex.words["negations"]
            and not _covered_by(fine, cue)
            and not heard.sentence.tokens[index].quoted
            and not at.work.denies(heard.words, index, at.lex)
        ):
            found.append(cue)
    return found


def _suggestion(heard: Heard, at: Setting, *, tied: bool) -> Iterator[Finding]:
    cues = [hit for hit in heard.of("suggestion") if not _is_theirs(heard, hit, at)]
    if not cues:
        advice = heard.of("advice")
        if advice:
            yield heard.finding("suggestion.generic", advice[0], at.reading)
        return
    own = max(_fresh_outside(heard, cue, at.lex) + _named_for(heard, cue) for cue in cues)
    dressed = heard.has("advice") and not heard.pointing.new and not heard.has("places") and not at.anchored
    if own >= (2 if heard.has("advice") else 1) and not dressed:
        yield heard.finding("suggestion.concrete" if tied else "suggestion.untied", cues[0], at.reading)
    else:
        yield heard.finding("suggestion.generic", cues[0], at.reading)


def _named_for(heard: Heard, cue: Hit) -> int:
    """What the proposal is about; an imperative must name it after itself."""
    after = heard.sentence.tokens[cue.first].end if cue.source.startswith("^") else 0
    return sum(1 for found in heard.pointing.findings if found.span[0] >= after)


def _is_relative(heard: Heard, hit: Hit, lex: Lexicon) -> bool:
    """“…, which is why”: within a sentence the word asks nothing."""
    first = hit.first == 0 or heard.words[hit.first - 1] in lex.words["joining"]
    return hit.source.startswith("^") and not first


def _question(heard: Heard, at: Setting, *, tied: bool) -> Iterator[Finding]:
    asks = [hit for hit in heard.of("asking") if not _is_relative(heard, hit, at.lex)]
    if not heard.sentence.asks and not asks:
        return
    whole = Hit("asking", 0, len(heard.words), "?")
    cue = whole if heard.sentence.asks else asks[0]
    curt = at.anchored and len(heard.words) > 1 and not at.lex.words["asked"].isdisjoint(heard.words[:2])
    if heard.has("rhetorical") or not (curt or (len(heard.words) > 2 and heard.pointing.fresh)):
        yield heard.finding("question.empty", cue, at.reading)
    else:
        yield heard.finding("question.genuine" if tied else "question.untied", cue, at.reading)
