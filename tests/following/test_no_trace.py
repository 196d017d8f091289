"""With impunity: whatever someone follows and mutes, nobody else's page, export or log is another one."""

import io
import logging
import re
import zipfile

import pytest

from classroom.access import RULES
from classroom.core import events
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.following.models import Interest
from classroom.following.rules import SHOWS
from classroom.projects.models import Anonymity, Project
from tests.access.walk import Step

WORD = "unmentionable"
# What changes with each request: tokens, keys that are sent along, and the moment at which a page is drawn.
OF_THE_MOMENT = re.compile(
    r'name="(?:csrf_token|[\w-]+-csrf_token|once|until|secret)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="once"|nonce="[^"]*"'
)


@pytest.fixture
def chosen(scene, monday, client_of):
    """The presses of the classmate, who follows and mutes one of everything."""
    course = db.session.query(Course).filter_by(public_id=scene.values["course_id"]).one()
    project = db.session.query(Project).filter_by(public_id=scene.values["project_id"]).one()
    project.anonymity = Anonymity.NAMED
    db.session.commit()
    post, client = scene.values["post_id"], client_of(scene.people["classmate"])
    place = f"/courses/{course.public_id}/following"
    presses = (
        ("post", post, "mute:good"),
        ("person", post, "mute:week"),
        ("project", project.public_id, "follow:good"),
        ("word", WORD, "mute:day"),
        ("help", "hint", "mute:good"),
        ("rest", "", "mute:good"),
    )

    def press():
        token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(place).text)[0]
        for thing, what, way in presses:
            said = {"csrf_token": token, "thing": thing, "what": what, "way": way}
            assert client.post(place, data=said).status_code == 303

    press.place = place
    return press


def inside(answer):
    """The files of a ZIP or a workbook, else the text, without what is another one at every request."""
    if answer.data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
        made_when = (".xlsx", "docProps/core.xml")
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith(made_when)}
    if not answer.mimetype.startswith("text/"):
        return answer.data
    return OF_THE_MOMENT.sub("", answer.get_data(as_text=True))


WHO = ("instructor", "assistant", "poster", "observer")


def everything(walker, road, labels=WHO):
    """Every page, list and download as these people get them, what is searched and filtered too."""
    other = {"accounts.new_passkey_question"}  # a new challenge each time
    steps = [step for step in road if step.method == "GET" and step.endpoint not in other]
    steps += [
        Step("notices.listing", "notices:own", "GET", f"/news?show={show}", ())
        for show in ("", "new", "muted")
    ]
    seen = {}
    for label in labels:
        for step in steps:
            if step.action != "everyone":
                with walker.undone():
                    seen[label, step.path] = inside(walker.go(step, label))
    return seen


def test_no_page_list_or_download_of_anyone_else_is_another_one(walker, road, chosen):
    before = everything(walker, road)
    chosen()
    after = everything(walker, road)
    assert db.session.query(Interest).count() == 6
    assert [where for where, held in before.items() if after[where] != held] == []
    assert len(before) > 4 * 60


def test_through_borrowed_eyes_lists_are_as_if_nothing_were_muted(client_of, scene, chosen):
    staff = client_of(scene.people["instructor"])
    seat = db.session.query(Membership).filter_by(person_id=scene.people["classmate"].id).one()
    course, project = scene.values["course_id"], scene.values["project_id"]
    pages = ["/", f"/courses/{course}/projects", f"/projects/{project}", f"/posts/{scene.values['post_id']}"]
    pages += [f"{page}?show={show}" for page in pages[1:3] for show in SHOWS]
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', staff.get("/settings").text)[0]
    staff.post(f"/members/{seat.public_id}/viewing", data={"csrf_token": token})
    before = [inside(staff.get(page)) for page in pages]
    chosen()
    assert [inside(staff.get(page)) for page in pages] == before
    assert not any("What I follow" in page or "Mute" in page for page in before)
    assert staff.get(chosen.place).status_code == 403


def test_what_staff_take_out_for_the_student_holds_nothing_and_their_own_data_does(client_of, scene, chosen):
    chosen()
    staff, own = client_of(scene.people["instructor"]), client_of(scene.people["classmate"])
    seat = db.session.query(Membership).filter_by(person_id=scene.people["classmate"].id).one()
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', staff.get("/settings").text)[0]
    taken = inside(staff.post(f"/members/{seat.public_id}/data", data={"csrf_token": token}))
    whole = b"".join(taken.values()).lower()
    assert WORD.encode() not in whole
    assert b"mute" not in whole
    assert not [name for name in taken if "follow" in name]
    mine = inside(own.get("/settings/data.zip"))
    assert WORD.encode() in mine["tables/follows.csv"]


def test_no_event_no_log_line_no_other_row_and_one_address(walker, scene, chosen, caplog, monkeypatch):
    told = []
    monkeypatch.setattr(events, "announce", told.append)
    kept = ("interests", "sessions")
    before = {name: rows for name, rows in walker.rows().items() if name not in kept}
    with caplog.at_level(logging.DEBUG):
        chosen()
    said = " ".join(record.getMessage() for record in caplog.records)
    assert told == []
    assert WORD not in said
    assert "mute" not in said.lower()
    assert {name: rows for name, rows in walker.rows().items() if name not in kept} == before
    assert RULES["following:own"].private
