"""Before the reveal nobody but its writer gets a note, by whatever door; at the reveal all appear at once."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from classroom.boards import commands
from classroom.boards.commands import Planned
from classroom.boards.models import BoardMeToo, BoardNote, NoteState, Reveal
from classroom.core import clock
from classroom.core.db import db
from classroom.undo.models import Undo
from tests.boards.conftest import FEARS, RUDE
from tests.conftest import MONDAY

HIDDEN = ("/projector", "/wall.svg", "/notes.csv", "/comparison", "/groups")


def pages_of(scene):
    """Every address that could tell something of the board."""
    course = f"/courses/{scene.course.public_id}"
    yield from (f"{course}/boards", course, f"{course}/queue", "/", "/news", scene.url, f"{scene.url}/edit")
    yield from (f"{scene.url}{end}" for end in HIDDEN)


@pytest.mark.parametrize("who", ["teacher", "assistant", "jonas", "observer", "stranger"])
def test_before_the_reveal_no_page_has_anyone_elses_note(scene, written, client_of, who):
    client = client_of(getattr(scene, who))
    others = [words for words in FEARS if who != "jonas" or words != FEARS[1]]
    for page in pages_of(scene):
        answer = client.get(page)
        assert not any(words in answer.text for words in others), page
        if page.startswith(scene.url + "/") and not page.endswith("edit"):
            assert answer.status_code == 404, page
        for note in written:
            if who != "jonas" or note is not written[1]:
                assert note.public_id not in answer.text, page


def test_only_how_many_is_told(scene, written, client_of):
    assert "5 of 5 have written" in client_of(scene.teacher).get(scene.url).text
    assert "5 of 5 have written" in client_of(scene.jonas).get(scene.url).text


def test_no_export_has_it_before_and_the_course_has_it_afterwards(scene, written, client_of):
    staff, url = client_of(scene.teacher), f"/courses/{scene.course.public_id}/export.zip"
    assert not any(word.encode() in everything(staff.get(url)) for word in FEARS)
    assert FEARS[0].encode() in everything(client_of(scene.maya).get("/settings/data.zip"))
    commands.reveal(scene.board)
    after = everything(staff.get(url))
    assert all(word.encode() in after for word in FEARS)
    assert written[0].mark.encode() not in after


def everything(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as bundle:
        return b"\n".join(bundle.read(name) for name in bundle.namelist())


def test_at_the_reveal_all_appear_in_no_order_of_time(scene, written, client_of, send):
    send(client_of(scene.teacher), scene.url, f"{scene.url}/revealing")
    for who in (scene.teacher, scene.assistant, scene.jonas, scene.observer):
        page = client_of(who).get(scene.url).text
        assert all(words in page for words in FEARS)
    shown = sorted(written, key=lambda note: page.index(note.body))
    assert [one.public_id for one in shown] == sorted(one.public_id for one in written)
    assert client_of(scene.stranger).get(scene.url).status_code == 404


def test_a_time_opens_it_for_everyone_at_that_moment(scene, write, client_of):
    with clock.at(MONDAY):
        plan = Planned(Reveal.TIME, moment=MONDAY + timedelta(hours=1))
        board = commands.open_board(
            scene.course, scene.teacher.id, title="At ten", prompts=["Why?"], once="timed", plan=plan
        )
        for person, words in zip(scene.students[:3], FEARS[:3], strict=True):
            write(person, words, board=board)
    client, url = client_of(scene.teacher), f"/boards/{board.public_id}"
    with clock.at(MONDAY + timedelta(minutes=59, seconds=59)):
        assert FEARS[0] not in client.get(url).text
    with clock.at(MONDAY + timedelta(hours=1)):
        assert FEARS[0] in client.get(url).text


def test_a_number_opens_it_with_the_note_that_reaches_it(scene, write):
    board = commands.open_board(
        scene.course,
        scene.teacher.id,
        title="Three",
        prompts=["Why?"],
        once="three",
        plan=Planned(Reveal.COUNT, count=3),
    )
    for number, person in enumerate(scene.students[:3]):
        assert board.revealed_at is None
        write(person, FEARS[number], board=board)
        if number < 2:
            write(person, FEARS[3], board=board)  # twice by one is one
    assert board.written == 3
    assert board.revealed_at is not None


def test_of_fewer_than_three_one_could_guess(scene, write, client_of, send):
    first = write(scene.maya, FEARS[0])
    write(scene.jonas, FEARS[1])
    answer = send(client_of(scene.teacher), scene.url, f"{scene.url}/revealing")
    assert answer.status_code == 422
    assert "one could guess" in answer.text
    assert scene.board.revealed_at is None
    assert first.body not in answer.text


def test_a_wall_that_time_has_opened_stays_open_when_a_note_is_withdrawn(scene, write):
    with clock.at(MONDAY):
        plan = Planned(Reveal.TIME, moment=MONDAY + timedelta(hours=1))
        board = commands.open_board(
            scene.course, scene.teacher.id, title="T", prompts=["Why?"], once="t", plan=plan
        )
        notes = [write(one, "Words", board=board) for one in scene.students[:3]]
    with clock.at(MONDAY + timedelta(hours=2)):
        commands.withdraw(notes[0])
        db.session.flush()
    assert board.written == 2
    assert board.revealed_at == MONDAY + timedelta(hours=1)


def test_the_database_does_not_tell_who_wrote_what(scene, opened, client_of, send):
    """No name, no time; and the same person has another mark on every board."""
    send(client_of(scene.jonas), scene.url, f"/board-notes/{opened[0].public_id}/me-too")
    columns = set(BoardNote.__table__.columns.keys()) | set(BoardMeToo.__table__.columns.keys())
    assert not {name for name in columns if name.endswith("_at")} - {"decided_at"}
    assert {one.author_id for one in opened} == {None}
    again = commands.open_board(scene.course, scene.teacher.id, title="B", prompts=["B?"], once="b")
    assert len({one.mark for one in opened}) == 5
    assert mark_on(again, scene.maya) != opened[0].mark
    assert [one.act for one in db.session.scalars(select(Undo))] == []


def mark_on(board, person):
    return commands.mark_of(board.public_id, person.id)


def test_through_a_students_eyes_staff_see_none_of_their_notes(scene, written, client_of, make, send):
    client, seat = client_of(scene.teacher), make.seat(scene.course, scene.maya)
    send(client, f"/members/{seat.public_id}", f"/members/{seat.public_id}/viewing")
    for page in (scene.url, f"/courses/{scene.course.public_id}/boards"):
        answer = client.get(page)
        assert "You see this as" in answer.text
        assert FEARS[0] not in answer.text
        assert "you too" not in answer.text
    assert client.get(f"/board-notes/{written[0].public_id}").status_code == 403
    send(client_of(scene.teacher), scene.url, f"{scene.url}/revealing")
    page = client.get(scene.url).text
    assert FEARS[0] in page  # as everyone sees it
    assert "Your own notes" not in page
    assert 'class="chip" type="submit" aria-pressed="true"' not in page


def test_what_is_held_is_seen_by_staff_only_once_the_wall_is_open(scene, written, write, client_of):
    held = write(scene.jonas, RUDE, holds=True)
    for who in (scene.teacher, scene.assistant, scene.maya):
        assert RUDE not in client_of(who).get(scene.url).text
    assert RUDE in client_of(scene.jonas).get(scene.url).text
    assert "on a board wait" not in client_of(scene.teacher).get("/").text
    commands.reveal(scene.board)
    db.session.commit()
    home = {who: client_of(getattr(scene, who)).get("/").text for who in ("teacher", "assistant", "maya")}
    assert ["1 note on a board waits for you" in page for page in home.values()] == [True, True, False]
    for who, sees in (("teacher", True), ("assistant", True), ("maya", False), ("observer", False)):
        assert (RUDE in client_of(getattr(scene, who)).get(scene.url).text) is sees, who
    for end in ("/projector", "/wall.svg", "/notes.csv", "/groups"):
        assert RUDE not in client_of(scene.teacher).get(scene.url + end).text
    assert held.state is NoteState.HELD
