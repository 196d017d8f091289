"""Whatever is typed: no crash, spans inside the text, the same answer twice."""

import string
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.meaning import MOVES, TONES, Standard, assess, judge, leaks, sort_question
from classroom.meaning.lexicon import lexicon
from classroom.meaning.tokens import read

WORDS = st.sampled_from(sorted({word for listed in lexicon("en").words.values() for word in listed}))
SIGNS = st.sampled_from(
    [" ", " ", ". ", "? ", ", ", "\n", "“", "”", "`", "```", "'", '"', "…", "> ", "🙄", "İ", "ß", "ﬁ"]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(WORDS, SIGNS), max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, post=TEXTS, brief=TEXTS, quote=st.none() | TEXTS, earlier=st.lists(TEXTS, max_size=3))
def test_a_verdict_is_always_whole(text, post, brief, quote, earlier):
    verdict = assess(text, post=post, brief=brief, quote=quote, earlier=earlier)
    assert set(verdict.moves) == set(MOVES)
    assert verdict.tone in TONES
    for found in verdict.because:
        start, end = found.span
        assert 0 <= start <= end <= len(text)
        assert found.span == (0, 0) or text[start:end].strip() == found.words.strip()
    assert verdict == assess(text, post=post, brief=brief, quote=quote, earlier=earlier)
    judgement = judge(verdict, Standard(needs=frozenset(MOVES)), quote is not None)
    assert judgement.counts is all(criterion.met for criterion in judgement.criteria)
    assert not (judgement.counts and judgement.tip and not verdict.hold)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_reading_keeps_every_word_in_its_place(text):
    reading = read(text)
    assert len(reading.folded) == len(text)
    ends = [0]
    for token in reading.tokens:
        assert ends[-1] <= token.start < token.end <= len(text)
        ends.append(token.end)


@settings(max_examples=100, deadline=None)
@given(reply=TEXTS, key=TEXTS, known=TEXTS)
def test_leaks_never_crash_and_point_into_the_reply(reply, key, known):
    found = leaks(reply, key, known)
    if found:
        assert reply[slice(*found.span)] == found.words


@settings(max_examples=30, deadline=None)
@given(piece=st.text(alphabet=string.printable, min_size=1, max_size=6))
def test_long_monotonous_texts_are_judged_too(piece):
    text = piece * 800
    assert assess(text, post=text, brief="").words_count >= 0


PIECES = st.sampled_from(
    [
        "a",
        "you ",
        "'",
        '"',
        "`",
        "```",
        "> ",
        ".",
        "?",
        "…",
        "(",
        "don't ",
        "a.b.",
        "0,",
        "_",
        "\n",
        "👏",
        "did you even ",
        "1/",
        "- ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(pieces=st.lists(PIECES, min_size=1, max_size=4), words=st.booleans())
def test_no_text_costs_far_more_than_ordinary_words_do(pieces, words):
    """CPU time against ordinary words of the most that is read, in one run: a ratio, never the clock."""
    text = ((" ".join(pieces) if words else "".join(pieces)) * 20_000)[:20_000]
    assert cost(text) <= 5 * ORDINARY


@settings(max_examples=40, deadline=None)
@given(pieces=st.lists(PIECES, min_size=1, max_size=4), words=st.booleans())
def test_no_question_and_no_reply_costs_far_more_either(pieces, words):
    text = ((" ".join(pieces) if words else "".join(pieces)) * 20_000)[:20_000]
    assert cost(text, lambda one: sort_question(one, PROSE)) <= 5 * ORDINARY
    assert cost(text, lambda one: leaks(one, "The swing has 48 seats.", "How many seats?")) <= 5 * ORDINARY


def comment(text):
    return assess(text, post="A swing moved in the wind.", brief="Write a story.")


def cost(text, way=comment):
    """The least of three, each with a letter of its own in front so that nothing is remembered."""
    spent = []
    way("warm")
    for letter in "xyz":
        before = time.thread_time()
        way(f"{letter} {text}")
        spent.append(time.thread_time() - before)
    return min(spent)


PROSE = (
    "The second line of your story is strong, because I could hear the swing; but who painted the fence? "
    * 40
)
ORDINARY = cost(PROSE)


@settings(max_examples=60, deadline=None)
@given(question=TEXTS, brief=TEXTS)
def test_questions_never_crash_and_point_into_the_brief(question, brief):
    found = sort_question(question, brief)
    assert found.label in ("in_brief", "wants_answer", "ok")
    assert len(found.passages) <= 3
    for one in found.passages:
        assert brief[slice(*one.span)] == one.sentence
    assert found == sort_question(question, brief)
