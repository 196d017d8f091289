"""The coach: what is good first, one step in the writer's own words, never the same twice, and silence."""

import html
import re
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from classroom.comments.coaching import (
    MET,
    Said,
    clause_of,
    coach,
    good_in,
    has_news,
    sentence,
    shortened,
    step_of,
)
from classroom.comments.commands import Written
from classroom.comments.commands_kept import keep_comment
from classroom.comments.examples import EXAMPLES, KINDS, NAMES, SUBJECTS, example_for, subject_of
from classroom.comments.judging import Before, judge_comment
from classroom.comments.models import Comment
from classroom.comments.tips import DONE, EMPTY, TIPS
from classroom.comments.tips import GOOD as GOOD_CODES
from classroom.core.db import db
from classroom.meaning import TIPS as STEPS
from classroom.projects.queries import prompts_of
from classroom.projects.setup import setup_of
from tests.comments.conftest import GOOD, QUOTE, RUDE, THIN

POST = (
    "A bakery before the buses. The menu is at the bottom because I did not want it to disturb the picture."
)
BODIES = [
    THIN,
    RUDE,
    "The menu at the bottom.",
    "You should proofread and add more detail.",
    "Something about the second part feels off.",
    "The menu is at the bottom because I did not want it to disturb the picture.",
    "I could not find the opening hours.",
    "lorem ipsum dolor",
    "Could you? Why?",
    'She says "wow" and then “never” — it\'s 100 % sure, %(words)s and %s.',
]


@pytest.fixture
def judged(group):
    def of(body, quote=None, earlier=()):
        return judge_comment(body, project=group.project, post_text=POST, quote=quote, before=Before(earlier))

    return of


@pytest.fixture
def ask(group, client_of, send):
    """What the coach answers to these words, after what it said last."""
    client, page = client_of(group.writer), f"/posts/{group.post.public_id}"

    def answered(body, said="", **values):
        return send(client, page, f"{page}/coaching", body=body, said=said, **values)

    return answered


def said_in(text):
    return html.unescape(re.search(r'name="said" value="([^"]*)"', text)[1])


def step_in(text):
    return html.unescape(re.search(r"<p data-step>(.*?)</p>", text)[1])


def test_every_step_of_the_engine_has_several_sentences_with_the_words_in_them():
    assert set(STEPS) <= set(TIPS)
    for wordings in TIPS.values():
        assert len({str(one) for one, _ in wordings}) > 1
        for with_words, alone in wordings:
            assert str(with_words).count("“%(words)s”") == 1
            assert "%" not in str(alone)


@pytest.mark.parametrize("body", BODIES)
def test_a_step_is_one_whole_sentence_whatever_the_span(judged, body):
    answer = coach(judged(body), body)
    assert answer.step[0].isupper() or answer.step[0] == "“"
    assert answer.step[-1] in ".?"
    assert answer.step.count("“") == answer.step.count("”") <= 2
    assert "%(" not in answer.step.replace(answer.said.words, "")


def test_the_step_says_the_writers_own_words(judged):
    answer = coach(judged(THIN), THIN)
    assert answer.said.words
    assert answer.said.words in THIN
    assert f"“{answer.said.words}”" in answer.step
    assert answer.step.endswith("What makes it work for you?")


@pytest.mark.parametrize("body", BODIES)
def test_never_the_same_step_twice_in_a_row(judged, body):
    said, steps, examples = None, [], []
    for _ in range(6):
        answer = coach(judged(body), body, Said.read(str(said)) if said else None)
        said = answer.said
        steps.append(answer.step)
        examples.append(answer.example)
    if said.step != MET:
        assert all(one != other for one, other in pairwise(steps))
        assert all(one != other for one, other in pairwise(examples))


def test_what_is_good_comes_with_its_words_and_before_the_step(ask):
    text = ask("The menu at the bottom is hard to find, I looked for it twice.", quote=QUOTE).text
    good = text.index('class="met"')
    assert good < text.index("data-step")
    assert "You name what got in your way" in text
    assert "<q" in text[good:]


def test_what_is_good_is_no_repetition_of_the_step(judged):
    answer = coach(judged(THIN), THIN)
    assert [one.words for one in answer.good] == [""]
    assert str(answer.good[0].says) == "You liked something"


def test_at_most_three_good_things_and_the_passage_only_when_no_place_is_named(judged):
    found = good_in(judged(GOOD, quote=QUOTE).verdict, GOOD)
    assert 0 < len(found) <= 3
    assert found[0].code == "place"
    assert good_in(judged("Why so?", quote=QUOTE).verdict, "Why so?")[0].code == "anchor"
    codes = [code for code, *_ in GOOD_CODES]
    assert [codes.index(one.code) for one in found] == sorted(codes.index(one.code) for one in found)


def test_nothing_is_underlined_and_there_is_one_step(ask):
    for body in BODIES:
        text = ask(body).text
        assert "<mark" not in text
        assert "<u" not in text.replace("<ul", "")
        assert text.count("data-step") == 1


def test_it_fades_to_a_quiet_line_when_the_standard_is_met(ask):
    text = ask(GOOD, quote=QUOTE).text
    assert 'class="coach-box done"' in text
    assert step_in(text) == str(DONE)
    assert "<details" not in text
    assert "does not count" not in text


def test_while_one_goes_on_writing_what_stands_there_stays(ask):
    first = ask(THIN)
    said = said_in(first.text)
    assert ask(THIN, said=said).status_code == 204
    assert ask(f"{THIN} And", said=said).status_code == 204
    more = ask(f"{THIN} And I read it two times on the way to school with my sister", said=said)
    assert more.status_code == 200
    assert step_in(more.text) != step_in(first.text)


def test_it_speaks_again_when_the_words_it_quoted_are_gone_or_something_was_won(ask):
    said = said_in(ask(THIN).text)
    assert step_in(ask("Really nice work!", said=said).text)
    won = ask("Great job, I really like it! Could you move the menu above the picture?", said=said)
    assert won.status_code == 200


def test_an_empty_pen_is_told_once_how_to_begin(ask):
    first = ask("")
    assert step_in(first.text) == str(EMPTY[0][0])
    assert ask(" ", said=said_in(first.text)).status_code == 204


@pytest.mark.parametrize(
    "sent", ["", "x", "[]", "[1,2]", "null", '["a","b",1,[],""]', "[" * 900, "[1,1,1,1,1]"]
)
def test_what_the_coach_never_wrote_is_taken_for_nothing(ask, sent):
    assert Said.read(sent) is None
    assert ask(THIN, said=sent).status_code == 200


def test_without_scripts_each_press_gets_another_sentence(group, client_of, send):
    client, page = client_of(group.writer), f"/posts/{group.post.public_id}"
    first = send(client, page, f"{page}/comments", body=THIN, then="check").text
    again = send(client, page, f"{page}/comments", body=THIN, then="check", said=said_in(first)).text
    assert step_in(first) != step_in(again)
    assert "<details" in again
    assert THIN in again.partition('id="pen-form"')[2]


def test_nothing_is_written_and_no_key_is_asked(ask):
    ask(THIN)
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 0


def test_ones_own_comment_is_no_copy_of_itself_while_it_is_edited(group, ask, client_of, send):
    comment = group.say(GOOD)
    client, page = client_of(group.writer), f"/posts/{group.post.public_id}"
    edit = client.get(f"/comments/{comment.public_id}/edit").text
    url = html.unescape(re.search(r'hx-post="([^"]+)"', edit)[1])
    assert "another post" not in send(client, page, url, body=GOOD).text
    assert "another post" in ask(GOOD).text or "before" in ask(GOOD).text
    stranger = send(client_of(group.classmate), page, url, body=GOOD)
    assert "another post" not in stranger.text


def test_the_receipt_says_it_in_words_that_the_pen_came_to_least(group, ask, client_of):
    pen = step_in(ask(THIN).text)
    comment = group.say(THIN)
    receipt = client_of(group.writer).get(f"/posts/{group.post.public_id}?posted={comment.public_id}").text
    assert pen not in html.unescape(receipt)
    assert "does not count yet" in receipt


@pytest.mark.parametrize("subject", [*SUBJECTS, None])
def test_an_example_is_never_from_the_subject_of_the_post(subject):
    for code in [*TIPS, "something.new"]:
        shown = [example_for(code, turn, subject) for turn in range(8)]
        assert subject not in {one.subject for one in shown}
        assert len({one.subject for one in shown}) > 2


def test_every_kind_of_example_is_there():
    assert {kind for _, kind in KINDS} <= set(EXAMPLES)
    for examples in EXAMPLES.values():
        assert len({subject for subject, _ in examples}) == len(examples) > 3
        assert {subject for subject, _ in examples} <= set(NAMES) == set(SUBJECTS)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The function reads a list in a loop and the program prints it.", "code"),
        ("My website has a menu at the top and a link to the map.", "web"),
        ("We measured three samples in each trial of the experiment.", "lab"),
        ("The narrator and the other characters of the story.", "story"),
        ("By induction, the theorem holds for all integers.", "maths"),
        ("A walk along the river in the evening.", None),
        ("One song.", None),
    ],
)
def test_the_subject_is_told_by_two_words_or_not_at_all(text, subject):
    assert subject_of(text) == subject


@pytest.mark.parametrize(
    ("words", "longest", "shown"),
    [
        ("  wow,\n so good. ", 40, "wow, so good"),
        ('say "no" now', 40, "say ’no’ now"),
        ("one two three four", 10, "one two …"),
        ("x" * 50, 10, "x" * 10 + " …"),
        ("why so?", 40, "why so?"),
    ],
)
def test_a_span_can_stand_between_quotation_marks(words, longest, shown):
    assert shortened(words, longest) == shown


@pytest.mark.parametrize(
    ("found", "body", "clause"),
    [
        ("Great", "Great job, I really like it!", "Great job"),
        ("had to", "It is low. So I had to scroll, and did.", "So I had to scroll"),
        ("Could you move", "Hm. Could you move it up? Thanks.", "Could you move it up?"),
        ("last", f"{'so ' * 40} the last word.", "last word"),
        ("e.g. this", "Try e.g. this one.", "Try e.g. this one"),
    ],
)
def test_a_finding_is_said_with_its_clause(found, body, clause):
    start = body.index(found)
    row = {"code": "x", "words": found, "span": [start, start + len(found)]}
    assert clause_of(row, body, 60) == clause


def test_a_step_that_is_new_to_the_coach_still_has_a_sentence():
    assert sentence("point.unheard-of", "", 0)
    assert step_of(None) == "start"
    assert has_news(None, "", None)


class TestSilent:
    """A project without a coach: no request is made, and nothing of it is on the page."""

    @pytest.fixture(autouse=True)
    def silent(self, group):
        group.project.coach = False
        db.session.commit()

    def test_nothing_of_it_is_on_the_page(self, group, client_of, send):
        client, page = client_of(group.writer), f"/posts/{group.post.public_id}"
        text = client.get(page).text
        assert "coach" not in text.partition("<main")[2].partition("</main>")[0]
        assert "Check before posting" not in text
        assert "hx-post" not in text.partition('id="pen-form"')[2].partition("</form>")[0]
        answer = send(client, page, f"{page}/coaching", body=THIN)
        assert (answer.status_code, answer.text) == (204, "")
        checked = send(client, page, f"{page}/comments", body=THIN, then="check")
        assert "data-step" not in checked.text

    def test_a_kept_comment_has_no_tip_and_a_posted_one_says_why_it_does_not_count(
        self, group, client_of, send
    ):
        client, page = client_of(group.writer), f"/posts/{group.post.public_id}"
        keep_comment(group.writer.id, group.post, Written(THIN))
        db.session.commit()
        assert 'class="why"' not in client.get(page).text
        answer = send(client, page, f"{page}/comments", body=THIN)
        assert "does not count yet" in client.get(answer.location).text

    def test_it_is_part_of_the_set_up(self, group):
        assert setup_of(group.project, prompts_of(group.project.id)).coach is False
