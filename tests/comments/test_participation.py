"""Where a student stands, by the rules; and what the class's rows say."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from classroom.access import Role
from classroom.comments.commands import Written, move, post_comment, save_draft
from classroom.comments.participation import Show, Where, Work, chosen, counts, participant
from classroom.comments.queries_duties import duties_for
from classroom.comments.queries_participation import participants
from classroom.core import clock
from classroom.core.db import db
from classroom.courses.commands import remove_member
from classroom.courses.queries import Member
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.commands_extensions import give_extension
from classroom.projects.models import LatePolicy, PairingPolicy, Project, ProjectState
from classroom.projects.rules import Phase
from tests.comments.conftest import GOOD, RUDE, THIN, build

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOCK = (
    "He opens the lock at six, and I would like to know for whom, because nobody is named yet. "
    "Could you add the first boat and who steers it?"
)
SOON, PAST = NOW + timedelta(days=2), NOW - timedelta(days=1)


def member(name="Maya Adler", section=None, number=1):
    return Member(number, f"m{number}", name, None, None, number, Role.STUDENT, section, False)


def project(**values):
    given = {"post_by": SOON, "comment_by": SOON, "late": LatePolicy.MARKED, "post_first": True, **values}
    return Project(state=ProjectState.PUBLISHED, **given)


CASES = [
    # what was done, the project's dates, where, late, can act
    (Work(wanted=3), {}, Where.NOT_STARTED, False, True),
    (Work(wanted=3), {"post_by": PAST}, Where.NOT_STARTED, True, True),
    (
        Work(wanted=3),
        {"post_by": PAST, "comment_by": PAST, "late": LatePolicy.CLOSED},
        Where.NOT_STARTED,
        True,
        False,
    ),
    (Work(post=State.DRAFT, wanted=3), {}, Where.IN_PROGRESS, False, True),
    (Work(post=State.RETURNED, wanted=0), {}, Where.IN_PROGRESS, False, True),
    (Work(post=State.VISIBLE, wanted=3, can_read=True), {}, Where.IN_PROGRESS, False, True),
    (Work(post=State.VISIBLE, wanted=3), {}, Where.WAITING, False, False),
    (Work(post=State.VISIBLE, wanted=3, given=2, held=1), {}, Where.WAITING, False, False),
    (Work(post=State.VISIBLE, wanted=3, given=2, to_mend=1), {}, Where.IN_PROGRESS, False, True),
    (Work(post=State.VISIBLE, wanted=3, given=3, held=1), {}, Where.WAITING, False, False),
    (Work(post=State.HELD, wanted=3, given=3), {}, Where.WAITING, False, False),
    (Work(post=State.REMOVED, wanted=3, given=3), {}, Where.DONE, False, False),
    (Work(post=State.VISIBLE, wanted=3, given=3), {"comment_by": PAST}, Where.DONE, False, False),
    (Work(post=State.VISIBLE, wanted=3, given=4), {}, Where.DONE, False, False),
    (
        Work(post=State.VISIBLE, wanted=3, given=2, can_read=True),
        {"comment_by": PAST},
        Where.IN_PROGRESS,
        True,
        True,
    ),
    (Work(wanted=3, given=3), {}, Where.IN_PROGRESS, False, True),
    # post first: nothing to read before that, but there is the post to write
    (
        Work(wanted=3, can_read=True),
        {"late": LatePolicy.CLOSED, "post_by": PAST},
        Where.NOT_STARTED,
        True,
        True,
    ),
    (Work(wanted=3), {"opens_at": SOON}, Where.NOT_STARTED, False, False),
]


@pytest.mark.parametrize(("work", "values", "where", "late", "can_act"), CASES)
def test_where_a_student_stands(work, values, where, late, can_act):
    found = participant(project(**values), member(), work, NOW)
    assert (found.where, found.late, found.can_act) == (where, late, can_act)


def test_filters_sections_and_words_go_together_and_the_late_come_first():
    people = [
        participant(project(), member("Zoë Berg", 1, 1), Work(wanted=1, given=1, post=State.VISIBLE), NOW),
        participant(project(), member("Ida Berg", 2, 2), Work(wanted=1), NOW),
        participant(project(post_by=PAST), member("Jonas Weber", 1, 3), Work(wanted=1), NOW),
        participant(project(), member("Anna Lind", 1, 4), Work(wanted=1, post=State.VISIBLE), NOW),
    ]

    def names(**values):
        return [one.member.name for one in chosen(people, **values)]

    assert names() == ["Jonas Weber", "Anna Lind", "Ida Berg", "Zoë Berg"]
    assert names(words="berg") == ["Ida Berg", "Zoë Berg"]
    assert names(words="ber zo") == ["Zoë Berg"]
    assert names(section_id=1, show=Show.DONE) == ["Zoë Berg"]
    assert names(show=Show.LATE) == ["Jonas Weber"]
    assert names(show=Show.UNPOSTED) == ["Jonas Weber", "Ida Berg"]
    assert counts(people)[Show.NOT_STARTED] == 2
    assert counts(people, 1) == {
        Show.ALL: 3,
        Show.NOT_STARTED: 1,
        Show.IN_PROGRESS: 0,
        Show.WAITING: 1,
        Show.DONE: 1,
        Show.LATE: 1,
        Show.UNPOSTED: 1,
    }


@pytest.fixture
def rows(group, actor):
    def read(who="instructor"):
        return {one.member.name: one for one in participants(actor(group.who(who)), group.project)}

    return read


def test_a_row_says_what_the_student_did(group, rows, make):
    group.project.comments_wanted = 2
    held = group.say(RUDE)
    assert held.state is State.HELD
    thin = post_comment(group.classmate.id, group.post, Written(THIN))
    save_draft(group.author.id, db.session.get(type(group.post), thin.post_id + 1), Written("I began to"))
    late = make.student(group.course, "Ida Berg")
    found = rows()
    writer, mine = found["Jonas Weiszfeld"].work, found["Maya Ramanathan"].work
    assert (writer.given, writer.held, writer.wanted, writer.received) == (1, 1, 2, 0)
    assert (mine.received, mine.to_mend, mine.last_at) == (1, 1, clock.now())
    assert found["Noor Haddad"].work.to_mend == 1
    assert (found["Ida Berg"].where, found["Ida Berg"].work.last_at) == (Where.NOT_STARTED, None)
    remove_member(make.seat(group.course, late))
    assert "Ida Berg" not in rows()


def test_where_posts_are_few_one_waits_and_a_new_post_gives_work(group, rows, make):
    group.project.pairing, group.project.comments_wanted = PairingPolicy.OPEN, 3
    lock = db.session.scalars(select(Post).where(Post.author_id == group.classmate.id)).one()
    group.say()
    post_comment(group.writer.id, lock, Written(LOCK))
    assert rows()["Jonas Weiszfeld"].where is Where.WAITING
    make.post(group.project, make.student(group.course))
    assert rows()["Jonas Weiszfeld"].where is Where.IN_PROGRESS


def test_a_comment_that_came_back_is_work_again(group, rows):
    group.project.comments_wanted = 1
    comment = group.say()
    assert rows()["Jonas Weiszfeld"].where is Where.DONE
    move(comment, State.RETURNED, actor_id=group.instructor.id, reason="returned")
    found = rows()["Jonas Weiszfeld"]
    assert (found.where, found.work.returned, found.can_act) == (Where.IN_PROGRESS, 1, True)


def test_personal_dates_decide_who_is_late(group, rows, make, monday):
    group.project.post_by = monday + timedelta(days=1)
    ida, jon = make.student(group.course, "Ida Berg"), make.student(group.course, "Jon Lind")
    give_extension(group.project, ida.id, {Phase.POST: monday + timedelta(days=9)}, by_id=group.instructor.id)
    assert jon.id != ida.id
    with clock.at(monday + timedelta(days=2)):
        found = rows()
    assert (found["Ida Berg"].late, found["Jon Lind"].late) == (False, True)


def test_an_assistant_reads_the_rows_of_their_own_sections(rows):
    assert len(rows()) == 3
    assert len(rows("assistant")) == 3
    assert rows("other_assistant") == {}


@pytest.mark.parametrize("policy", list(PairingPolicy))
def test_rows_agree_with_what_the_students_themselves_are_told(group, rows, actor, make, policy):
    """Each student's own duty and their row are two readings of one thing."""
    group.project.pairing, group.project.comments_wanted = policy, 2
    for number in range(4):
        make.post(group.project, make.student(group.course, f"Student {number}"), title=f"Post {number}")
    group.say()
    post_comment(group.classmate.id, group.post, Written(RUDE))
    for name, row in rows().items():
        person = db.session.get(type(group.writer), row.member.person_id)
        (duty,) = duties_for(actor(person), group.project)
        assert (name, row.work.given, row.work.held, row.work.wanted) == (
            name,
            duty.done,
            duty.held,
            duty.wanted,
        )
        assert row.work.can_read == (duty.next_post is not None), name


@pytest.mark.parametrize("n", [1, 10, 40])
def test_rows_cost_three_statements(make, monday, actor, count_queries, n):
    group = build(make)
    for _ in range(n):
        make.post(group.project, make.student(group.course))
    who = actor(group.instructor)
    db.session.flush()
    db.session.expire_all()
    db.session.refresh(group.project)
    with count_queries() as seen:
        assert len(participants(who, group.project)) == n + 3
    assert len(seen) == 3, seen
