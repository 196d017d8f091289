"""Three presses by the receiver, the page of the writer days later, and what staff see between two."""

from datetime import timedelta

import pytest

from classroom.cli.worker import TASKS, run_due
from classroom.comments import rules as comment_rules
from classroom.comments.commands import Written, move, post_comment, withdraw
from classroom.comments.commands_reasons import say, take_back
from classroom.comments.commands_threads import mark_acted_on, thank
from classroom.comments.models import Reason, ReasonKind, ThanksKind
from classroom.comments.reasons import AlreadyTold, ThreeAreGiven
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.helpfulness.commands import tell_writers
from classroom.helpfulness.queries import left_out_in, told_of
from classroom.insights.queries_matrix import outcomes
from classroom.notices.models import Notice
from classroom.posts.models import Post
from classroom.posts.states import State
from tests.comments.conftest import GOOD, build
from tests.conftest import MONDAY

WHERE, WHY, VAGUE = ReasonKind.SHOWED_WHERE, ReasonKind.TOLD_WHY, ReasonKind.TOO_VAGUE
DAY = timedelta(days=1)


@pytest.fixture
def group(make, monday):
    made = build(make)
    made.receivers = [made.author, *(make.student(made.course, f"Receiver {n}", made.section) for n in "BCD")]
    made.posts = [made.post, *(make.post(made.project, one) for one in made.receivers[1:])]
    made.comments = [post_comment(made.writer.id, post, Written(GOOD)) for post in made.posts]
    db.session.commit()
    return made


def told(group):
    db.session.expire_all()
    return told_of(group.writer.id, [group.course.id])[group.course.id]


def page(client, group):
    return client.get(f"/courses/{group.course.public_id}/my-comments").text


class TestThePress:
    def test_gives_three_and_no_more_and_takes_back(self, group, client_of, send):
        post, comment = f"/posts/{group.post.public_id}", group.comments[0]
        url, client = f"/comments/{comment.public_id}/reasons", client_of(group.author)
        for kind in (WHERE, WHERE, WHY, VAGUE):
            assert send(client, post, url, kind=kind.value).status_code == 303
        assert "You said quietly: showed me where, told me why, too vague to use yet" in client.get(post).text
        with pytest.raises(ThreeAreGiven):
            say(comment, group.author.id, ReasonKind.NEXT_STEP)
        assert send(client, post, url, kind=WHY.value, given="1").status_code == 303
        assert {one.kind for one in db.session.query(Reason)} == {WHERE, VAGUE}

    def test_tells_nobody_anything_now(self, group, client_of):
        before = db.session.query(Notice).count()
        say(group.comments[0], group.author.id, VAGUE)
        db.session.commit()
        assert db.session.query(Notice).count() == before
        for person in (group.writer, group.classmate, group.instructor):
            assert "too vague" not in client_of(person).get(f"/posts/{group.post.public_id}").text
        assert "too vague" not in page(client_of(group.writer), group)

    def test_is_the_receivers_alone_and_on_what_stands(self, group, client_of, send):
        comment = group.comments[0]
        url = f"/comments/{comment.public_id}/reasons"
        statuses = {"writer": 403, "classmate": 403, "instructor": 403, "stranger": 404, "author": 303}
        for who, status in statuses.items():
            assert send(client_of(group.who(who)), "/settings", url, kind=WHERE.value).status_code == status
        assert db.session.query(Reason).one().person_id == group.author.id
        move(comment, State.REMOVED, actor_id=group.instructor.id, reason="removed")
        with pytest.raises(comment_rules.NotToAnswer):
            say(comment, group.author.id, WHY)


class TestTheClock:
    def test_three_people_a_night_and_a_day(self, group, client_of):
        for comment, receiver in zip(group.comments, group.receivers[:2], strict=False):
            say(comment, receiver.id, WHERE)
        assert tell_writers(MONDAY + 9 * DAY) == 0
        with clock.at(MONDAY + DAY):
            say(group.comments[2], group.receivers[2].id, VAGUE)
        assert tell_writers(MONDAY + 2 * DAY) == 0  # a day has gone, but not since that day's end
        assert tell_writers(MONDAY + 3 * DAY) == 3
        assert tell_writers(MONDAY + 3 * DAY) == 0
        assert told(group) == {WHERE: 2, VAGUE: 1}
        db.session.commit()
        text = page(client_of(group.writer), group)
        assert "2 times" in text
        assert "too vague to use yet" in text
        with clock.at(MONDAY + 4 * DAY):
            say(group.comments[3], group.receivers[3].id, WHY)
        assert tell_writers(MONDAY + 9 * DAY) == 0  # a fourth alone would be recognised
        assert told(group) == {WHERE: 2, VAGUE: 1}

    def test_the_worker_does_it_once_a_day(self, group):
        task = tuple(one for one in TASKS if one.name == "reasons")
        for comment, receiver in zip(group.comments, group.receivers, strict=True):
            say(comment, receiver.id, WHERE)
        db.session.commit()
        with clock.at(MONDAY + 3 * DAY):
            assert run_due(task) == ["reasons"]
        assert told(group) == {WHERE: 4}

    def test_what_was_told_does_not_fall(self, group):
        for comment, receiver in zip(group.comments, group.receivers, strict=True):
            say(comment, receiver.id, WHERE)
        say(group.comments[0], group.author.id, VAGUE)
        assert tell_writers(MONDAY + 3 * DAY) == 5
        db.session.expire_all()
        with pytest.raises(AlreadyTold):
            take_back(group.comments[0], group.author.id, VAGUE)
        withdraw(group.comments[0], group.writer.id)
        move(group.comments[1], State.REMOVED, actor_id=group.instructor.id, reason="removed")
        assert told(group) == {WHERE: 4, VAGUE: 1}

    def test_what_is_gone_before_is_not_told(self, group):
        for comment, receiver in zip(group.comments, group.receivers, strict=True):
            say(comment, receiver.id, WHERE)
        for comment in group.comments[:2]:
            withdraw(comment, group.writer.id)
        assert tell_writers(MONDAY + 3 * DAY) == 0


@pytest.fixture
def favours(group):
    """The writer and the author find each other's comments helpful, three each, and nobody else's."""
    theirs = db.session.query(Post).filter_by(author_id=group.writer.id).one()
    for number in range(3):
        body = f"{GOOD} This is number {number}."
        there = post_comment(group.writer.id, group.post, Written(body))
        back = post_comment(group.author.id, theirs, Written(body))
        thank(there, group.author.id, ThanksKind.USEFUL)
        say(back, group.writer.id, WHERE)
    for other in group.receivers[1:3]:
        post_comment(other.id, group.post, Written(GOOD))
        post_comment(other.id, theirs, Written(GOOD))
    db.session.commit()
    return frozenset({group.writer.id, group.author.id})


class TestBetweenTwo:
    def test_their_words_count_nowhere(self, group, favours):
        assert left_out_in(group.course.id) == {favours}
        for comment, receiver in zip(group.comments, group.receivers[:3], strict=False):
            say(comment, receiver.id, VAGUE if receiver is group.author else WHERE)
        assert tell_writers(MONDAY + 9 * DAY) == 0  # only two are left
        say(group.comments[3], group.receivers[3].id, WHERE)
        with clock.at(now() + DAY):
            assert tell_writers(MONDAY + 9 * DAY) == 3
        assert told(group) == {WHERE: 3}

    def test_nor_in_the_figures_of_staff(self, group, favours):
        mine = group.project.id, group.writer.id
        mark_acted_on(group.comments[0], 1)
        mark_acted_on(group.comments[1], 1)
        plain, kept = (outcomes([group.project.id], apart=apart) for apart in ((), [favours]))
        assert (plain[mine].thanked, plain[mine].acted_on) == (3, 2)
        assert (kept[mine].thanked, kept[mine].acted_on) == (0, 1)

    def test_nor_on_today(self, group, favours, client_of):
        mark_acted_on(group.comments[0], 1)
        db.session.commit()
        place, client = f"/courses/{group.course.public_id}/today", client_of(group.instructor)
        shown = client.get(place).text
        assert "thank-you" not in shown
        assert "changed a post" not in shown
        mark_acted_on(group.comments[1], 1)
        thank(group.comments[1], group.receivers[1].id, ThanksKind.USEFUL)
        db.session.commit()
        shown = client.get(place).text
        assert "1 thank-you for a comment" in shown
        assert "1 comment changed a post" in shown

    def test_nor_on_the_writers_page(self, group, make, favours, client_of):
        mark_acted_on(group.comments[0], 1)
        mark_acted_on(group.comments[1], 1)
        db.session.commit()
        page = f"/members/{make.seat(group.course, group.writer).public_id}/work"
        shown = client_of(group.instructor).get(page).text
        assert "0 thanked · 1 acted on" in shown

    def test_a_feud_is_seen(self, group):
        theirs = db.session.query(Post).filter_by(author_id=group.writer.id).one()
        for number in range(2):
            body = f"{GOOD} This is number {number}."
            say(post_comment(group.writer.id, group.post, Written(body)), group.author.id, VAGUE)
            say(post_comment(group.author.id, theirs, Written(body)), group.writer.id, VAGUE)
        for post, receiver in ((group.post, group.author), (theirs, group.writer)):
            thank(post_comment(group.classmate.id, post, Written(GOOD)), receiver.id, ThanksKind.KIND)
        assert left_out_in(group.course.id) == {frozenset({group.writer.id, group.author.id})}

    def test_staff_in_whose_care_both_are_see_it_and_talk(self, group, favours, client_of, send):
        url = f"/courses/{group.course.public_id}/between-two"
        seen = {"instructor": True, "assistant": True, "other_assistant": False}
        for who, there in seen.items():
            text = client_of(group.who(who)).get(url).text
            assert ("Maya Ramanathan and Jonas Weiszfeld" in text) == there, who
        for who, status in {"author": 403, "observer": 403, "stranger": 404}.items():
            assert client_of(group.who(who)).get(url).status_code == status
        pair = self.ids(client_of(group.instructor).get(url).text)
        talk, staff = f"{url}/talk", client_of(group.instructor)
        form = send(staff, url, talk, who=pair)
        assert form.status_code == 200
        assert "A word with you" in form.text
        other = send(client_of(group.other_assistant), "/settings", talk, who=pair)
        assert other.status_code == 422
        assert send(staff, url, talk, who=pair[:1]).status_code == 422

    def ids(self, text):
        return [part.split('"')[0] for part in text.split('name="who" value="')[1:]]

    @pytest.mark.parametrize("n", [1, 6])
    def test_the_page_costs_the_same(self, group, favours, client_of, count_queries, make, n):
        for _number in range(n):
            post_comment(make.student(group.course).id, group.post, Written(GOOD))
        client = client_of(group.instructor)
        with count_queries() as seen:
            assert client.get(f"/courses/{group.course.public_id}/between-two").status_code == 200
        assert len(seen) <= 8, seen
