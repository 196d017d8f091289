"""What must not leak from a portfolio: names, pseudonyms, addresses, and other people's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.portfolio.making import own_words
from classroom.portfolio.names import others, without_names
from classroom.portfolio.quotes import Work, without_quotes

PEOPLE = [
    ("Maya Adler", "a classmate"),
    ("Tomáš Řezníček", "my instructor"),
    ("박민아", "a classmate"),
    ("Will May", "a classmate"),
    ("Ludwig van Beek", "a classmate"),
    ("Chau Thi Le", "a classmate"),
    ("प्रिया शर्मा", "a classmate"),
    ("Olúwaṣeun Adébáyọ̀", "a classmate"),
    ("عمر الخطيب", "a classmate"),
]
OF = others(PEOPLE)
WORK = (
    "From the mirror of taxi 2281 hangs no rosary and no tree. There hangs a screw on a string. "
    "I paid and stayed sitting."
)


def scrubbed(text):
    return without_names(text, OF, somebody="a classmate", address="[address]")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Maya, your menu is lost.", "A classmate, your menu is lost."),
        ("I like what MAYA ADLER's page does.", "I like what a classmate's page does."),
        (
            "So says Mayas page, as tomas rezniciek did not.",
            "So says a classmate page, as my instructor rezniciek did not.",
        ),
        ("Adler–Beek is a good pair.", "A classmate–a classmate is a good pair."),
        ("박민아가 좋아요, 민아!", "a classmate가 좋아요, a classmate!"),
        ("Will you may it? Ask Will. Will, look.", "Will you may it? Ask a classmate. A classmate, look."),
        ("Will May wrote it in May.", "A classmate wrote it in a classmate."),
        ("Teal Heron and marsh lark agree.", "A classmate and a classmate agree."),
        ("Write to maya.adler@example.edu or @mayapaya.", "Write to [address] or a classmate."),
        (
            "See [Maya's page](https://maya.example) or https://maya.example/x.",
            "See a classmate's page or [address]",
        ),
        ("I ask J. R. Adler. Maya. Who?", "I ask a classmate. A classmate. Who?"),
        ("This is le mot; ask Chau Le, or Thi.", "This is le mot; ask a classmate, or a classmate."),
        ("I met Ludwig van Beek there.", "I met a classmate there."),
        ("Ask प्रिया, ADEBAYO or عمر الخطيب.", "Ask a classmate, a classmate or a classmate."),
        ("Adébáyọ̀'s line is good.", "A classmate's line is good."),
        ("The van stops here, de facto.", "The van stops here, de facto."),
        ("**Maya** is in a_Maya_b.", "**A classmate** is in a_a classmate_b."),
        ("The Mayan calendar and an adlerian view.", "The Mayan calendar and an adlerian view."),
    ],
)
def test_names_go_and_words_stay(said, kept):
    assert scrubbed(said) == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("> From the mirror\n> hangs a screw\n\nI like it.", "[…]\n\nI like it."),
        ("You say “there hangs a screw” and I see it.", "You say “[…]” and I see it."),
        ("I stop where from the mirror of taxi 2281 hangs nothing.", "I stop where […] nothing."),
        ("The “mirror” is good, and so is the string.", "The “mirror” is good, and so is the string."),
        (
            "A sentence of my own “about something else” stays.",
            "A sentence of my own “about something else” stays.",
        ),
    ],
)
def test_the_works_words_go(said, kept):
    assert without_quotes(said, Work(WORK)) == kept


@given(
    st.lists(st.sampled_from([*WORK.split(), "I", "think", "you", "Maya", "—", "\n", "“", "”"]), max_size=40)
)
def test_no_five_words_of_the_work_and_no_name_are_left(words):
    made = own_words(" ".join(words), WORK, OF)
    left = [word.strip(".,“”").casefold() for word in made.split()]
    theirs = [word.strip(".").casefold() for word in WORK.split()]
    runs = {tuple(theirs[at : at + 5]) for at in range(len(theirs) - 4)}
    assert not any(tuple(left[at : at + 5]) in runs for at in range(len(left) - 4))
    assert "maya" not in made.casefold()


def test_long_texts_of_nothing_but_openings_take_no_time():
    for piece in ("[", "@", '"a', "> ", "https://", "a." * 30 + "@"):
        own_words(piece * 4000, WORK, OF)
