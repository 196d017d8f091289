"""Which passwords are refused, and that comparing tells nothing."""

import pytest

from classroom.accounts import passwords

GUESSES = ["qwertyuiop", "Maya.Adler1", "mayaadler2026", "letmein!!!!!", "iloveyou2026"]
ABOUT = ("Maya Adler", "maya.adler@example.edu", "")


@pytest.mark.parametrize(
    "weak",
    [*GUESSES, "password123", "P@ssw0rd2026", "1234567890", "0987654321", "aaaaaaaaaaaa", "abcabcabcabc"],
)
def test_the_first_guesses_are_refused(weak):
    with pytest.raises(passwords.WeakPassword):
        passwords.check(weak, ABOUT)


@pytest.mark.parametrize(
    "fine",
    [
        "four loaves before dawn",
        "Straßenbahn fährt um 3",
        "k9#vv-02!mQz",
        "パンは三時半に焼ける時間です",
        "x" * 3 + "yz" * 30 + "q7",
    ],
)
def test_sentences_in_any_script_are_fine(fine):
    passwords.check(fine, ABOUT)


def test_short_ones_are_told_how_long():
    with pytest.raises(passwords.ShortPassword):
        passwords.check("7 leaves")


def test_nobody_matches_nothing():
    assert not passwords.matches(None, "anything at all")
    assert not passwords.matches("not a hash", "anything at all")


def test_what_was_hashed_matches():
    stored = passwords.hashed("four loaves before dawn")
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, "four loaves before dawn")
    assert not passwords.matches(stored, "five loaves before dawn")
