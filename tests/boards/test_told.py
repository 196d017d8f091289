"""A class hears that a board is open, and that its wall is; never who wrote, or how many."""

from datetime import timedelta

from classroom.boards import commands
from classroom.boards.commands import Planned, reveal_passed
from classroom.boards.models import Reveal
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.notices.models import Notice, NoticeKind
from tests.boards.conftest import FEARS
from tests.conftest import MONDAY

OPEN, WALL = "A board is open:", "A wall is open:"
HOUR = timedelta(hours=1)


def told(kind):
    return db.session.query(Notice).filter_by(kind=kind).order_by(Notice.person_id).all()


def test_every_student_hears_of_it_once_and_by_the_digest(scene):
    rows = told(NoticeKind.BOARD_OPENED)
    assert {one.person_id for one in rows} == {one.id for one in scene.students}
    assert all(one.in_digest for one in rows)
    commands.open_board(scene.course, scene.teacher.id, title="Again", prompts=["?"], once="first")
    assert len(told(NoticeKind.BOARD_OPENED)) == len(rows)


def test_writing_leaves_no_trace_in_what_was_told(scene, write):
    """A time or a missing row would tell who wrote which note."""
    columns = [column.key for column in Notice.__table__.columns]
    before = [[getattr(one, key) for key in columns] for one in told(NoticeKind.BOARD_OPENED)]
    write(scene.maya, FEARS[0])
    db.session.expire_all()
    after = [[getattr(one, key) for key in columns] for one in told(NoticeKind.BOARD_OPENED)]
    assert after == before


def test_the_wall_takes_the_place_of_what_nobody_was_mailed(scene, opened):
    assert told(NoticeKind.BOARD_OPENED) == []
    rows = told(NoticeKind.BOARD_REVEALED)
    assert {one.person_id for one in rows} == {one.id for one in scene.students}
    commands.reveal(scene.board)
    assert len(told(NoticeKind.BOARD_REVEALED)) == len(rows)
    assert all(one.details == {"board": scene.board.public_id, "title": scene.board.title} for one in rows)


def test_a_board_that_is_removed_is_not_told_of(scene):
    commands.remove_board(scene.board)
    assert told(NoticeKind.BOARD_OPENED) == []


def test_a_time_that_has_come_is_told_once_however_often_it_is_looked_for(scene, write):
    with clock.at(MONDAY):
        plan = Planned(Reveal.TIME, moment=MONDAY + HOUR)
        full, thin = (
            commands.open_board(
                scene.course, scene.teacher.id, title=name, prompts=["?"], once=name, plan=plan
            )
            for name in ("full", "thin")
        )
        for person in scene.students[:3]:
            write(person, "Words", board=full)
        write(scene.maya, "Words", board=thin)
    for since, at in ((MONDAY, MONDAY + HOUR / 2), (MONDAY, MONDAY + HOUR), (MONDAY, MONDAY + 2 * HOUR)):
        with clock.at(at):
            reveal_passed(since, at)
        assert len(told(NoticeKind.BOARD_REVEALED)) == (5 if at > MONDAY + HOUR / 2 else 0)
    assert (full.revealed_at, thin.revealed_at) == (MONDAY + HOUR, None)


def test_a_quiet_line_to_students_who_have_not_written_and_for_some_days_to_the_wall(scene, write, client_of):
    def lines(who):
        text = client_of(getattr(scene, who)).get(f"/courses/{scene.course.public_id}/projects").text
        return OPEN in text, WALL in text

    for person, words in zip(scene.students[:3], FEARS, strict=False):
        write(person, words)
    seen = {who: lines(who) for who in ("maya", "teacher", "assistant", "observer", "stranger")}
    assert set(seen.values()) == {(False, False)}
    scene.lena = scene.students[4]
    assert lines("lena") == (True, False)
    commands.reveal(scene.board)
    db.session.commit()
    assert [lines(who) for who in ("maya", "lena", "teacher")] == [
        (False, True),
        (False, True),
        (False, False),
    ]
    scene.board.revealed_at = now() - timedelta(days=6)
    db.session.commit()
    assert lines("maya") == (False, False)
