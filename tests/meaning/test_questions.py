"""Questions: what the brief says, who asks for the answer, and what passes."""

import io
import json

import pytest

from classroom.meaning import answers_in, asks_for_answer, plainly_answered, sort_question
from classroom.meaning.__main__ import main
from classroom.meaning.lexicon import lexicon
from classroom.meaning.passages import brief_of

BRIEF = """# Speech on our school

Write and give a persuasive speech of three to four minutes on one thing that our school should change.

Rules:
- Work alone. You may practise in front of anyone you like.
- Hand in the written text on the course page by Friday 12 March, noon.
- Use at least two sources, e.g. an interview or an article, and name them aloud.

Late speeches lose one mark a day. Structure, evidence and delivery each count a third."""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how long do i have to talk", "three to four minutes"),
        ("can my sister do it with me?", "Work alone."),
        ("when is it due", "Friday 12 March"),
        ("what happens if I send it a day after", "lose one mark a day"),
        ("how is this marked", "each count a third"),
    ],
)
def test_the_answering_sentence_is_among_the_three(question, answer):
    found = answers_in(question, BRIEF)
    assert 0 < len(found) <= 3
    assert any(answer in one.sentence for one in found)
    for one in found:
        assert BRIEF[slice(*one.span)] == one.sentence
        assert one.sentence in one.text
        assert 0 <= one.score <= 1


def test_sentences_are_not_cut_at_abbreviations_nor_bullets_kept():
    sentences = [BRIEF[slice(*part.span)] for part in brief_of(BRIEF, lexicon("en")).parts]
    assert "Use at least two sources, e.g. an interview or an article, and name them aloud." in sentences
    assert "Work alone." in sentences


@pytest.mark.parametrize(
    "question",
    [
        "what did you all get for number 3?",
        "can someone send me their solution please",
        "just tell me the answer to question 2",
        "could anyone post theirs so I can see the format",
        "please write the introduction for me, it's due tonight",
    ],
)
def test_asking_for_the_answer_is_noticed_with_the_words(question):
    found = asks_for_answer(question)
    assert found is not None
    assert found.code == "asks.answer"
    assert question[slice(*found.span)] == found.words


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between mean and median?",
        "I got a negative answer, does that make sense for a length?",
        "Why does my code print the result twice? Here is my loop.",
        "how do I know whether my solution is efficient enough",
        "is it ok if my answer is longer than a page",
    ],
)
def test_honest_questions_in_the_same_words_pass(question):
    assert asks_for_answer(question) is None


def test_a_question_is_held_back_only_for_plain_words_and_a_sure_match():
    assert plainly_answered("Why is evidence needed at all?", BRIEF) is None
    assert plainly_answered("when is it due", "Draw a map of your street.") is None


def test_the_kinds_of_questions():
    assert sort_question("what did everyone get for 3b?", BRIEF).label == "wants_answer"
    assert sort_question("how many minutes does it have to be?", BRIEF).label == "in_brief"
    assert sort_question("Why do people believe rumours more than numbers?", BRIEF).label == "ok"


@pytest.mark.parametrize("brief", ["", "   \n\n", "—", "#"])
def test_without_a_brief_nothing_is_said_to_be_in_it(brief):
    assert answers_in("when is it due?", brief) == []
    assert sort_question("when is it due?", brief).label == "ok"


def test_a_question_in_another_language_is_left_alone():
    assert (
        asks_for_answer("¿Me puedes mandar tu solución, por favor? No tengo tiempo para hacerlo hoy.") is None
    )


def test_the_command_answers_line_by_line():
    target = io.StringIO()
    lines = [json.dumps({"id": 1, "text": "when is it due", "brief": BRIEF}), '{"id": 2}']
    assert main(io.StringIO("\n".join(lines)), target, ["questions"]) == 1
    first, second = map(json.loads, target.getvalue().splitlines())
    assert list(first) == ["id", "label", "passages", "because"]
    assert first["label"] == "in_brief"
    assert set(first["passages"][0]) == {"text", "sentence", "start", "end"}
    assert "error" in second


def test_the_command_for_replies():
    target = io.StringIO()
    row = {"id": "r", "text": "the answer is fifteen", "task": "Solve 3x + 7 = 52.", "answer_key": "x = 15"}
    assert main(io.StringIO(json.dumps(row)), target, ["leaks"]) == 0
    answer = json.loads(target.getvalue())
    assert answer["leak"] is True
    assert "fifteen" in answer["because"][0]


def test_an_unknown_kind_is_told_how_to_ask():
    target = io.StringIO()
    assert main(io.StringIO(""), target, ["poems"]) == 2
    assert "questions" in target.getvalue()
