"""Replies that give the answer key away, and hints that do not."""

import pytest

from classroom.meaning import leaks

EQUATION = (
    "Solve 3x + 7 = 52 and explain. Then find the area of a circle with radius 4.",
    "x = 15\nThe area is 50.27",
)
ENZYMES = (
    "Explain how enzymes speed up reactions.",
    "Enzymes lower the activation energy by stabilising the transition state of the reaction.",
)
MEAN = (
    "Write mean(xs) with a loop.",
    "def mean(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total / len(xs)",
)
WORD = ("Name the process shown in the picture.", "Mitosis")
CHOICE = ("Which option is right, A, C or D?", "B")


@pytest.mark.parametrize(
    ("task", "reply", "code"),
    [
        (EQUATION, "x is 15", "leak.number"),
        (EQUATION, "the answer is fifteen", "leak.number"),
        (EQUATION, "for the circle its fifty point two seven", "leak.number"),
        (EQUATION, "about 50,27 I think", "leak.number"),
        (
            ENZYMES,
            "They lower activation energy because they stabilise the transition state",
            "leak.paraphrase",
        ),
        (ENZYMES, "lower the activation energy by stabilising the transition state, done", "leak.verbatim"),
        (MEAN, "def avg(v):\n  s=0\n  for n in v:\n    s += n\n  return s/len(v)", "leak.code"),
        (
            MEAN,
            "try ```python\ndef f(l):\n\tr = 0 # sum\n\tfor i in l: r += i\n\treturn r/len(l)\n```",
            "leak.code",
        ),
        (WORD, "it's mitosis lol", "leak.answer"),
        (CHOICE, "the answer is B", "leak.answer"),
    ],
)
def test_the_key_given_away_is_found(task, reply, code):
    known, key = task
    found = leaks(reply, key, known)
    assert found is not None
    assert found.code == code
    assert reply[slice(*found.span)] == found.words


@pytest.mark.parametrize(
    ("task", "reply"),
    [
        (EQUATION, "Subtract 7 on both sides first, then look at what 3x is."),
        (EQUATION, "Use pi r squared with your radius 4."),
        (EQUATION, "Line 15 of the sheet explains it."),
        (ENZYMES, "Think about what happens to the energy barrier."),
        (ENZYMES, "Have you read page 4 on enzymes? The drawing helped me."),
        (MEAN, "Loop over the list and keep a running total, then think about what to divide by."),
        (MEAN, "What should happen when xs is empty? Try it with print(len(xs))."),
        (WORD, "Which process keeps the number of chromosomes the same?"),
        (CHOICE, "Option B looks odd to me, but check the second sentence."),
        (WORD, ""),
    ],
)
def test_hints_and_methods_pass(task, reply):
    known, key = task
    assert leaks(reply, key, known) is None


def test_what_the_brief_says_already_is_no_leak():
    assert leaks("so it's mitosis", "Mitosis", "Compare mitosis and meiosis.") is None
    assert leaks("it says 1945 there", "The war ended in 1945", "From 1939 to 1945") is None


def test_an_empty_key_cannot_leak():
    assert leaks("anything at all", "", "") is None
