"""What a comment or reply said before an edit is kept for its writer and the staff, and for nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from classroom.comments.commands import Written, claim_fine, edit_comment
from classroom.comments.commands_threads import edit_reply, reply
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.moderation.models import Case, LogEntry
from classroom.projects.models import Anonymity
from tests.comments.conftest import GOOD, THIN, build

BETTER = GOOD + " The rest reads well, because each line is short."


@pytest.fixture
def group(make, monday):
    return build(make)


def edit(group, comment, body=BETTER):
    return edit_comment(comment, group.post, Written(body), version=comment.version, by_id=group.writer.id)


def edits():
    return db.session.scalar(select(func.count()).where(LogEntry.reason == "edited"))


@pytest.mark.parametrize(
    ("who", "sees"),
    [("writer", True), ("instructor", True), ("author", False), ("classmate", False), ("stranger", False)],
)
def test_who_reads_the_words_of_before(group, client_of, who, sees):
    comment = group.say("The first words: the menu stands at the bottom, so I found it late.")
    edit(group, comment)
    answer = client_of(group.who(who)).get(f"/moderation/comment/{comment.public_id}")
    assert ("The first words" in answer.text) == sees
    shown = client_of(group.who(who)).get(f"/posts/{group.post.public_id}")
    assert "The first words" not in shown.text


def test_the_same_words_again_are_no_edit(group):
    comment = group.say()
    edit(group, comment, GOOD)
    assert edits() == 0


def test_a_claim_goes_on_waiting(group):
    comment = group.say(THIN)
    claim_fine(comment)
    edit(group, comment, f"{THIN} Really.")
    assert edits() == 1
    assert db.session.scalar(select(Case.closed_at)) is None


def test_a_replys_words_of_before_are_kept_too(group, client_of):
    row = reply(group.say(), group.post, group.author.id, "I will move it on Friday.")
    edit_reply(row, group.post, "I moved it.", version=row.version)
    text = client_of(group.author).get(f"/moderation/reply/{row.public_id}").text
    assert "I will move it on Friday." in text


@pytest.mark.parametrize("anonymity", [Anonymity.NAMED, Anonymity.PSEUDONYMOUS])
def test_the_page_says_when_and_in_a_blind_project_only_the_day(make, monday, client_of, anonymity):
    group = build(make, anonymity=anonymity)
    comment = group.say()
    with clock.at(now() + timedelta(hours=3)):
        edit(group, comment)
    text = client_of(group.author).get(f"/posts/{group.post.public_id}").text
    line = text[text.index("edited") :][:200]
    assert ("<time" in line.split("</span>")[0]) == (anonymity is Anonymity.NAMED)
