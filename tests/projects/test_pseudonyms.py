"""Friendly names stay, never clash, and tell nothing about another project."""

from itertools import pairwise

import pytest

from classroom.projects.pseudonyms import FIRST, SECOND, pseudonym


def test_no_two_of_ten_thousand_share_a_name():
    assert len({pseudonym("a secret", number) for number in range(10_000)}) == 10_000


def test_two_words_until_all_are_used_then_a_numeral():
    names = [pseudonym("a secret", number) for number in (0, 4095, 4096, 8191, 8192)]
    assert [len(name.split()) for name in names] == [2, 2, 3, 3, 3]
    assert [name.split()[2] for name in names[2:]] == ["2", "2", "3"]
    assert {name for number in range(4096) if (name := pseudonym("k", number))} == {
        f"{first} {second}" for first in FIRST for second in SECOND
    }


def test_a_name_stays_from_release_to_release():
    assert [pseudonym("kept", number) for number in range(3)] == [
        "Turquoise Snowdrop",
        "Vermilion Plover",
        "Marsh Osprey",
    ]


def test_another_project_gives_other_names_and_neighbours_have_nothing_in_common():
    here, there = ([pseudonym(secret, number) for number in range(500)] for secret in ("here", "there"))
    assert sum(a == b for a, b in zip(here, there, strict=True)) <= 2
    pairs = list(pairwise(here))
    assert sum(a.split()[0] == b.split()[0] for a, b in pairs) < 25
    assert sum(a.split()[1] == b.split()[1] for a, b in pairs) < 25


def test_the_words_are_64_by_64_single_words_and_differ():
    assert len(set(FIRST)) == len(set(SECOND)) == len(FIRST) == len(SECOND) == 64
    assert not set(FIRST) & set(SECOND)
    assert all(word.isalpha() and word.istitle() for word in [*FIRST, *SECOND])


UNKIND = (
    "black white brown yellow red pale dusky dark fat slow lazy mad wild dull dim cold shy bitter sour "
    "ape monkey gorilla pig cow goose cuckoo shrew vulture rat sloth weasel snake coot booby tit dodo "
    "toad turkey chicken lemming magpie whale hippo beaver ass crow leech slug worm thrush gannet trout "
    "badger fox"
)
GIVEN_NAMES = (
    "robin martin jay wren rowan hazel ivy heather rose lily iris poppy daisy fern jasmine ruby amber "
    "jade coral pearl scarlet violet olive ash juniper laurel ginger saffron autumn summer river sky "
    "dawn forest glen cliff reed heath willow basil sage"
)


@pytest.mark.parametrize("word", f"{UNKIND} {GIVEN_NAMES}".split())
def test_no_word_that_people_use_of_people_or_that_names_a_person(word):
    assert word.title() not in {*FIRST, *SECOND}


def test_members_are_counted_from_zero():
    with pytest.raises(ValueError, match="from 0"):
        pseudonym("a secret", -1)
