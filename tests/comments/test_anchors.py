"""A passage is found when it is pasted, and found again after the post was edited."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from classroom.comments.anchors import CONTEXT, QUOTE_MAX, Anchor, anchor_at, anchor_for, find_again

POST = (
    "Why bees sleep\n"
    "A tired bee dances badly: she points the others the wrong way — “by 30°”, says Klein.\n"
    "Bees that were kept awake with magnets waggled with far more spread than their rested sisters.\n"
    "I think that sleep keeps the dance precise, although a hive in winter hardly dances at all.\n"
    "A tired bee is not a lazy bee."
)


def words_of(anchor_or_place, text: str) -> str:
    return text[anchor_or_place.start : anchor_or_place.end]


def anchored(words: str, hint: int | None = None) -> Anchor:
    anchor = anchor_for(POST, words, hint)
    assert anchor is not None
    return anchor


def test_an_anchor_holds_the_words_their_surroundings_and_their_place():
    anchor = anchored("rested sisters")
    assert POST[anchor.start : anchor.end] == anchor.quote == "rested sisters"
    assert anchor.before == POST[anchor.start - CONTEXT : anchor.start]
    assert anchor.after == POST[anchor.end : anchor.end + CONTEXT]


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("  she points \n\n the others ", "she points the others"),
        ('way - "by 30°", says', "way — “by 30°”, says"),
        ("says Klein.\n\n\tBees that", "says Klein.\nBees that"),
        ("a TIRED bee dances", "A tired bee dances"),
        ("“far more spread than”", "far more spread than"),
        ("… sleep keeps the dance precise …", "sleep keeps the dance precise"),
        ("the hive in summer", None),
        ("   ", None),
        ("“”", None),
    ],
)
def test_pasted_words_are_found_although_they_look_different(pasted, meant):
    anchor = anchor_for(POST, pasted)
    assert (anchor and anchor.quote) == meant


def test_composed_and_decomposed_letters_and_invisible_ones_are_the_same():
    text = "Das Cafe\u0301 ist zu\u00ad\u200bcker\u00adsüß und o\ufb03ziell."
    assert words_of(anchor_for(text, "Café ist zuckersüß und offiziell"), text) == text[4:-1]


def test_among_several_places_the_hint_decides_else_the_first():
    later = POST.rindex("A tired bee")
    assert anchored("A tired bee").start == POST.index("A tired bee")
    assert anchored("A tired bee", later + 3).start == later
    assert anchored("a tired  bee", later - 3).start == later


def test_a_quote_beyond_the_limit_is_no_anchor():
    text = "word " * 400
    assert anchor_for(text, text[:QUOTE_MAX]) is not None
    assert anchor_for(text, text[: QUOTE_MAX + 1]) is None


def test_unchanged_words_stay_exact_wherever_they_move():
    anchor = anchored("sleep keeps the dance precise")
    moved = "\n".join(["A new beginning.", *reversed(POST.split("\n"))])
    place = find_again(anchor, moved)
    assert (place.exact, place.likeness, words_of(place, moved)) == (True, 1.0, anchor.quote)


def test_of_the_same_words_the_one_in_the_old_surroundings_is_meant():
    anchor = anchored("A tired bee", POST.rindex("A tired bee"))
    edited = POST.replace("Why bees sleep\n", "Why bees sleep\nA tired bee begins this text. " * 8)
    place = find_again(anchor, edited)
    assert edited[place.start :] == "A tired bee is not a lazy bee."


@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        (
            "with far more spread",
            "with much more spread",
            "kept awake with magnets waggled with much more spread",
        ),
        (
            "kept awake with magnets",
            "kept awake by steel plates and magnets",
            "kept awake by steel plates and magnets waggled with far more spread",
        ),
        ("magnets waggled", "magnets\nwaggled", "kept awake with magnets\nwaggled with far more spread"),
    ],
)
def test_changed_words_are_found_by_likeness_and_cut_at_words(old, new, now):
    anchor = anchored("kept awake with magnets waggled with far more spread")
    edited = "A first sentence.\n" + POST.replace(old, new)
    place = find_again(anchor, edited)
    assert words_of(place, edited) == now
    assert not place.exact
    assert 0.7 <= place.likeness < 1


def test_a_short_quote_is_found_again_only_among_its_neighbours():
    anchor = anchored("a hive")
    assert (
        words_of(find_again(anchor, POST.replace("a hive", "a beehive")), POST.replace("a hive", "a beehive"))
        == "a beehive"
    )
    elsewhere = (
        POST.replace("although a hive in winter hardly dances at all", "full stop")
        + " Look at a hive some day."
    )
    assert find_again(anchor, elsewhere) is None


def test_a_passage_that_was_rewritten_is_not_found():
    anchor = anchored("sleep keeps the dance precise, although a hive in winter hardly dances at all.")
    rewritten = POST.replace(anchor.quote, "nobody knows yet what rest is for; I would look at memory first.")
    assert find_again(anchor, rewritten) is None
    assert find_again(anchor, "") is None


def test_a_passage_of_which_half_was_replaced_has_changed():
    anchor = anchored("kept awake with magnets waggled with far more spread")
    half = POST.replace("waggled with far more spread", "hardly ever came back to that place again")
    assert find_again(anchor, half) is None


def test_a_likeness_is_cut_at_whole_words_although_its_neighbours_changed_too():
    anchor = anchored("kept awake with magnets waggled with far more spread")
    old = "Bees that were kept awake with magnets waggled with far more spread than"
    edited = POST.replace(old, "Insects, unkept, awake with magnets and waggling with far more spreadings of")
    place = find_again(anchor, edited)
    assert words_of(place, edited) == "awake with magnets and waggling with far more spreadings"


def test_a_hint_counts_from_the_selection_with_its_blanks():
    assert anchor_for("aa aa", " a", 2).start == 3


def test_when_neighbours_changed_too_those_that_remain_decide_before_the_distance():
    anchor = anchored("A tired bee", POST.rindex("A tired bee"))
    edited = "A cold bee. " * 22 + POST.replace("is not a lazy", "is no lazy").replace(
        "dances at all", "dances"
    )
    assert edited.index("A tired bee") == anchor.start - 9
    assert find_again(anchor, edited).start == edited.rindex("A tired bee")


@pytest.mark.parametrize("start", [-1, 0, 10**9])
def test_a_wrong_place_does_no_harm(start):
    good = anchored("rested sisters")
    assert (
        words_of(find_again(Anchor(good.quote, good.before, good.after, start), POST), POST)
        == "rested sisters"
    )


def test_a_long_passage_in_a_long_repetitive_text_is_compared_piece_by_piece():
    """Compared as a whole, these took ten seconds each."""
    for text, quote in (("a" * 120_000, "a" * 999 + "b"), ("ab " * 40_000, "ba " * 330 + "x")):
        place = find_again(Anchor(quote, "c", "d", 50_000), text)
        assert place is None or abs(place.start - 50_000) <= 4_000


def test_a_long_passage_is_found_although_a_part_was_put_into_its_middle():
    quote = POST[POST.index("A tired bee dances") : POST.index("I think")].strip()
    anchor = anchored(quote)
    edited = POST.replace("rested sisters", "rested, well-fed and otherwise untroubled sisters").replace(
        "Klein", "B. Klein"
    )
    place = find_again(anchor, "Preface. " * 900 + edited)
    assert words_of(place, "Preface. " * 900 + edited).startswith("A tired bee dances")
    assert words_of(place, "Preface. " * 900 + edited).endswith("untroubled sisters.")


def test_a_long_text_of_one_word_is_answered_without_looking_at_every_place():
    text = "bee " * 20_000
    anchor = Anchor("bee bee bee bee bee", "wasp ", " wasp", 40_000)
    assert abs(find_again(anchor, text).start - 40_000) < 8
    assert find_again(Anchor("ant " * 250, "", "", 3), text) is None
    assert anchor_for(text, "BEE  wasp") is None


SENTENCES = st.lists(
    st.lists(st.text("abcdeé ñ“”—日本", min_size=2, max_size=7), min_size=4, max_size=9).map(" ".join),
    min_size=3,
    max_size=6,
)


@given(SENTENCES, st.data())
@settings(max_examples=150, deadline=None)
def test_every_selection_finds_its_own_place(sentences, data):
    text = "\n".join(sentences)
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : start + data.draw(st.integers(1, 60))]
    assume(any(letter.isalnum() for letter in quote))
    anchor = anchor_for(text, quote, start)
    assert anchor.start == start + len(quote) - len(quote.lstrip())
    assert anchor.quote == quote.strip()
    place = find_again(anchor, text)
    assert (place.start, place.end, place.exact) == (anchor.start, anchor.end, True)
    loose = anchor_for(text, quote.replace(" ", " \n").replace("“", '"').replace("—", "-"), start)
    assert loose is not None


@given(SENTENCES, st.text("xyz ", max_size=40), st.data())
@settings(max_examples=150, deadline=None)
def test_edits_elsewhere_keep_the_anchor(sentences, inserted, data):
    """Whatever is put before or after, beyond the nearest neighbours, the same passage is found."""
    text = "\n".join(sentences)
    start = data.draw(st.integers(0, len(text) - 2))
    anchor = anchor_at(text, start, min(len(text), start + data.draw(st.integers(1, 40))))
    edited = text[: max(0, start - CONTEXT)] + inserted + text[max(0, start - CONTEXT) :] + inserted
    place = find_again(anchor, edited)
    assert place.exact
    assert edited[place.start : place.end] == anchor.quote
    if text.count(anchor.before + anchor.quote + anchor.after) == 1:
        assert place.start == start + len(inserted)


@given(st.text(max_size=300), st.text(max_size=60), st.integers(-5, 400))
@settings(max_examples=200, deadline=None)
def test_any_text_has_an_answer_within_its_bounds(text, quote, hint):
    anchor = anchor_for(text, quote, hint)
    if anchor is not None:
        assert text[anchor.start : anchor.end] == anchor.quote != ""
    place = find_again(Anchor(quote, "ab", "cd", hint), text)
    if place is not None:
        assert 0 <= place.start < place.end <= len(text)
        assert 0.7 <= place.likeness <= 1
        assert not place.exact or text[place.start : place.end] == quote
