"""Who is told what: once, by mail only where it helps, with one person's data and one link in a letter."""

import pytest

from classroom.comments.commands import Written, move, post_comment
from classroom.comments.commands_threads import reply
from classroom.core.db import db
from classroom.following.commands import choose as follow
from classroom.following.models import Stance, Thing
from classroom.notices import commands, letters, queries
from classroom.notices.models import Notice, NoticeKind
from classroom.notices.wording import words_of
from classroom.posts.states import State
from tests.conftest import MONDAY

FINE = (
    "The menu is at the bottom, so on my phone I scrolled past three pictures. Could it stand above the map?"
)
SNARK = "Did you even try the menu on a phone before posting? The hours are unreadable at the bottom."


def told(person):
    return [one.kind for one in db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)]


def test_the_receiver_hears_of_a_visible_comment(scene):
    post_comment(scene.jonas.id, scene.post, Written(FINE))
    assert told(scene.aylin) == [NoticeKind.COMMENT_RECEIVED]
    assert told(scene.jonas) == []


def test_the_receiver_hears_nothing_of_a_held_one_until_it_is_approved(scene):
    comment = post_comment(scene.jonas.id, scene.post, Written(SNARK))
    assert told(scene.aylin) == []
    assert told(scene.jonas) == [NoticeKind.HELD]
    move(comment, State.VISIBLE, actor_id=scene.staff.id, reason="approved")
    assert told(scene.aylin) == [NoticeKind.COMMENT_RECEIVED]
    assert told(scene.jonas) == [NoticeKind.HELD, NoticeKind.APPROVED]


def test_a_return_is_mailed_with_its_note_to_its_writer_alone(scene, letters):
    comment = post_comment(scene.jonas.id, scene.post, Written(SNARK))
    move(comment, State.RETURNED, actor_id=scene.staff.id, reason="sarcasm", note="Say it about the page.")
    (letter,) = letters()
    assert letter["To"] == scene.jonas.email
    assert "Say it about the page." in letter.get_content()
    assert f"http://localhost/comments/{comment.public_id}\n" in letter.get_content()
    assert "Aylin" not in letter.get_content()


def test_a_second_return_is_told_again(scene):
    comment = post_comment(scene.jonas.id, scene.post, Written(SNARK))
    for _ in range(2):
        move(comment, State.RETURNED, actor_id=scene.staff.id, reason="sarcasm", note="Once more.")
        move(comment, State.HELD, actor_id=None, reason="snark")
    assert told(scene.jonas).count(NoticeKind.RETURNED) == 2


def test_the_same_is_told_once(scene):
    for _ in range(2):
        commands.tell(scene.course.id, [scene.jonas.id], NoticeKind.POSTED, "posted:1:1")
    assert told(scene.jonas) == [NoticeKind.POSTED]


def test_those_who_left_get_no_letter(scene, make, letters):
    make.seat(scene.course, scene.jonas).left_at = scene.course.created_at
    db.session.flush()
    comment = post_comment_by_staff(scene)
    assert comment is not None
    commands.tell(
        scene.course.id,
        [scene.jonas.id],
        NoticeKind.RETURNED,
        "x",
        post="p",
        comment="c",
        title="t",
        note="n",
    )
    assert letters() == []


def post_comment_by_staff(scene):
    return post_comment(scene.staff.id, scene.post, Written(FINE))


def test_a_reply_is_told_to_the_other_side_only(scene):
    comment = post_comment(scene.jonas.id, scene.post, Written(FINE))
    reply(comment, scene.post, scene.aylin.id, "Thank you, I will move it above the map.")
    assert told(scene.jonas) == [NoticeKind.REPLIED]
    assert NoticeKind.REPLIED not in told(scene.aylin)


def test_the_page_and_marking_all_seen(scene, client_of, send):
    post_comment(scene.jonas.id, scene.post, Written(FINE))
    client = client_of(scene.aylin)
    assert "A new comment on" in client.get("/news").text
    assert send(client, "/news", "/news/seen").status_code == 303
    assert queries.unseen_of(scene.aylin.id) == []


def test_nobody_reads_another_persons_news(scene, client_of, visitor):
    post_comment(scene.jonas.id, scene.post, Written(FINE))
    assert "A new comment" not in client_of(scene.jonas).get("/news").text
    assert visitor.get("/news").status_code == 302


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_has_words_and_a_place(context, kind):
    details = dict.fromkeys(
        ("post", "comment", "project", "title", "project_title", "note", "why", "text", "announcement"), "x"
    )
    date = {"due": MONDAY.isoformat(), "zone": "Europe/Berlin", "dates": {"post_by": MONDAY.isoformat()}}
    owed = {"revision": 1, "left": 2, "owes_post": True, "owes_comments": 2}
    said = {"sample": "x", "criterion": "place", "reaction": "agreed"}
    helped = {"help": "x", "answer": "x", "mine": True, "state": "returned", "report": "x", "board": "x"}
    planned = {"outcome": "partly"}
    made = Notice(kind=kind, details={**planned, **details, **date, **owed, **said, **helped})
    words = words_of(made)
    assert words.title
    assert words.path.startswith("/")
    about_no_comment = {
        "seen_otherwise",
        "help_answered",
        "help_helped",
        "help_shown",
        "help_back",
        "plan_replied",
    }
    if kind.value in about_no_comment:  # and yet it leads to a place within a page
        del made.details["comment"]
    assert letters._link(made, words).startswith("http://localhost/")


def test_an_opened_project_is_told_to_students_only(scene):
    before = db.session.query(Notice).count()
    commands.tell(
        scene.course.id,
        queries.students_of(scene.course.id),
        NoticeKind.PROJECT_OPENED,
        "open:1",
        project="p",
        project_title="t",
    )
    people = {one.person_id for one in db.session.query(Notice).offset(before)}
    assert people == {scene.aylin.id, scene.jonas.id}


def test_the_bell_counts_what_is_unseen_and_not_muted(scene, client_of):
    details = {"post": "p", "comment": "c", "title": "A bakery", "project": "x", "project_title": "Home page"}
    for number in range(3):
        commands.tell(scene.course.id, [scene.jonas.id], NoticeKind.REPLIED, f"r{number}", **details)
    client, other = client_of(scene.jonas), client_of(scene.aylin)
    bell = 'class="bell" href="/news"'
    assert '<span class="count">3</span>' in client.get("/help").text
    assert bell not in other.get("/help").text
    follow(scene.course.id, scene.jonas.id, Thing.WORD, "bakery", Stance.MUTE)
    assert bell not in client.get("/help").text
