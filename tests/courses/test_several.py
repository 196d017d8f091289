"""Several students at once: to a section, or off the list; looked over first, and refused whole."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from classroom.access import Role
from classroom.comments.models import Pairing
from classroom.comments.pairing_work import repair
from classroom.core.db import db
from classroom.courses.commands_several import OnlyStudents, move_to_section, remove_several
from classroom.courses.models import Membership
from classroom.posts.models import Post
from tests.comments.conftest import build


@pytest.fixture
def group(make, monday):
    group = build(make, comments_wanted=1, post_by=monday - timedelta(days=1))
    group.extras["ida"] = make.student(group.course, "Ida Berg", group.section)
    group.extras["other"] = make.section(group.course, "C")
    repair(group.project.id)
    return group


@pytest.fixture
def page(group):
    return f"/courses/{group.course.public_id}/people"


def seat(make, group, *people):
    return [make.seat(group.course, person).public_id for person in people]


def again(text):
    """The fields of the preview's form."""
    form = text[text.index('<form class="form"') :]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])
    values = {}
    for name, value in pairs:
        values.setdefault(name, []).append(unescape(value))
    return values


def test_several_move_once_it_was_looked_over(make, group, page, client_of, send):
    client, other = client_of(group.instructor), group.extras["other"]
    ids = seat(make, group, group.author, group.writer)
    shown = send(client, page, f"{page}/moves", who=ids, to=other.public_id)
    assert shown.status_code == 200
    assert "2 students move to C." in shown.text
    assert make.seat(group.course, group.author).section_id == group.section.id
    for _press in range(2):
        assert client.post(f"{page}/moves", data=again(shown.text)).status_code == 303
    assert {make.seat(group.course, one).section_id for one in (group.author, group.writer)} == {other.id}
    assert make.seat(group.course, group.classmate).section_id == group.section.id
    nowhere = send(client, page, f"{page}/moves", who=ids, to="none")
    client.post(f"{page}/moves", data=again(nowhere.text))
    assert make.seat(group.course, group.author).section_id is None


def test_several_leave_their_work_stays_and_others_are_asked(make, group, page, client_of, send):
    client = client_of(group.instructor)
    comment = group.say()
    leaving = (group.writer, group.extras["ida"])
    shown = send(client, page, f"{page}/removals", who=seat(make, group, *leaving))
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", shown.text)).split())
    assert "2 students leave the course." in text
    assert "Their work stays: 1 post and 1 comment." in text
    assert "asked of others" in text
    assert all(make.seat(group.course, one).left_at is None for one in leaving)
    for _press in range(2):
        assert client.post(f"{page}/removals", data=again(shown.text)).status_code == 303
    assert all(make.seat(group.course, one).left_at is not None for one in leaving)
    gone = [one.id for one in leaving]
    live = db.session.scalars(
        select(Pairing.commenter_id).where(Pairing.released_at.is_(None), Pairing.commenter_id.in_(gone))
    ).all()
    assert set(live) <= {group.writer.id}  # what was begun stays
    assert db.session.get(type(comment), comment.id).state.value == "visible"
    assert db.session.query(Post).filter_by(author_id=group.writer.id).count() == 1


def test_all_of_the_filter_means_all_of_it_and_no_staff(make, group, page, client_of, send):
    for number in range(60):
        make.student(group.course, f"Late comer {number:02}", group.section)
    client = client_of(group.instructor)
    to = group.extras["other"].public_id
    shown = send(client, page, f"{page}/moves", all="1", show="", section="", q="late comer", to=to)
    assert "60 students move to C." in shown.text
    assert "and 10 more" in shown.text
    client.post(f"{page}/moves", data=again(shown.text))
    seats = db.session.query(Membership).filter_by(
        course_id=group.course.id, section_id=group.extras["other"].id
    )
    assert seats.count() == 60
    everyone = send(client, page, f"{page}/removals", all="1", show="", section="", q="")
    assert "64 students leave" in everyone.text
    assert "Ines Fonseca" not in everyone.text
    for bad in ({"show": "nonsense"}, {"show": "", "section": "nowhere"}):
        assert send(client, page, f"{page}/removals", all="1", **bad).status_code == 404


@pytest.mark.parametrize("act", ["moves", "removals"])
def test_one_foreign_id_and_nothing_happens(make, group, page, client_of, send, act):
    elsewhere = make.course(make.person("Ruth Aboagye"), "Bees")
    foreign = make.seat(elsewhere, make.student(elsewhere, "Rahel")).public_id
    staff = make.seat(group.course, group.assistant).public_id
    (mine,) = seat(make, group, group.author)
    to = group.extras["other"].public_id
    client = client_of(group.instructor)
    for other in (foreign, staff, "nobody"):
        assert send(client, page, f"{page}/{act}", who=[mine, other], to=to).status_code == 404
    assert send(client, page, f"{page}/{act}", to=to).status_code == 422
    assert send(client, page, f"{page}/moves", who=[mine]).status_code == 422
    foreign_section = make.section(elsewhere, "Z").public_id
    assert send(client, page, f"{page}/moves", who=[mine], to=foreign_section).status_code == 404
    assert make.seat(group.course, group.author).section_id == group.section.id


@pytest.mark.parametrize("act", ["moves", "removals"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("assistant", 403), ("other_assistant", 403), ("author", 403), ("observer", 403), ("stranger", 404)],
)
def test_only_instructors_do(make, group, page, client_of, send, act, who, status):
    ids = seat(make, group, group.extras["ida"])
    answer = send(client_of(group.who(who)), "/settings", f"{page}/{act}", who=ids, to="none")
    assert answer.status_code == status
    assert make.seat(group.course, group.extras["ida"]).left_at is None


def test_who_left_meanwhile_is_looked_at_again(make, group, page, client_of, send):
    client = client_of(group.instructor)
    shown = send(client, page, f"{page}/removals", who=seat(make, group, group.author, group.writer))
    remove_several([make.seat(group.course, group.author)])
    assert client.post(f"{page}/removals", data=again(shown.text)).status_code == 404
    assert make.seat(group.course, group.writer).left_at is None


def test_the_commands_take_students_only(make, group):
    staff = make.seat(group.course, group.assistant)
    for act in (remove_several, lambda seats: move_to_section(seats, None)):
        with pytest.raises(OnlyStudents):
            act([staff])
    assert staff.role is Role.ASSISTANT


def test_ticks_are_for_instructors_and_students_rows_only(group, page, client_of):
    text = client_of(group.instructor).get(page).text
    assert text.count("data-tick ") + text.count("data-tick>") == 4
    assert "data-tick" not in client_of(group.assistant).get(page).text.replace("data-ticks", "")
