"""The private calendar, as a library that others wrote reads it: whose dates, at which address, no more."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from classroom.core.calendar_text import Event, calendar
from classroom.core.db import db
from classroom.notices import calendars
from classroom.notices.models import CalendarFeed
from classroom.projects.commands_extensions import give_extension
from classroom.projects.models import ProjectState
from classroom.projects.rules import Phase

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2026, 11, 26, 22, 0, tzinfo=BERLIN)


@pytest.fixture
def feed(scene):
    """The address of Aylin's calendar, as a path."""
    scene.project.post_by = scene.project.comment_by = DUE
    calendars.make_anew(scene.aylin.id)
    db.session.commit()
    return calendars.address_of(calendars.feed_of(scene.aylin.id)).removeprefix("http://localhost")


def events(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return {str(one["UID"]): one for one in Calendar.from_ical(answer.data).walk("VEVENT")}


def test_ones_own_dates_with_the_extension(scene, feed, visitor, make):
    later = DUE + timedelta(days=4)
    give_extension(scene.project, scene.aylin.id, {Phase.COMMENT: later}, by_id=scene.staff.id)
    make.project(scene.course, "Not yet", state=ProjectState.DRAFT, published_at=None, post_by=DUE)
    make.project(make.course(make.person()), "Elsewhere", post_by=DUE)
    db.session.commit()
    found = events(visitor.get(feed))
    key = scene.project.public_id
    assert set(found) == {f"{key}-post_by@localhost", f"{key}-comment_by@localhost"}
    assert found[f"{key}-post_by@localhost"]["DTSTART"].dt == DUE
    mine = found[f"{key}-comment_by@localhost"]
    assert mine["DTSTART"].dt == later
    assert str(mine["SUMMARY"]) == "Comment: Your first home page"
    assert "Monday 30 November 2026, 22:00 (Europe/Berlin)" in str(mine["DESCRIPTION"])
    assert "Your own date." in str(mine["DESCRIPTION"])
    assert str(mine["URL"]) == f"http://localhost/projects/{key}"
    assert mine["DTSTAMP"].dt


def test_a_new_address_ends_the_old_one_and_a_wrong_one_is_nowhere(scene, feed, visitor, client_of, send):
    assert scene.jonas.name not in visitor.get(feed).text
    client = client_of(scene.aylin)
    assert feed in client.get("/settings/calendar").text
    send(client, "/settings/calendar")
    again = calendars.address_of(calendars.feed_of(scene.aylin.id)).removeprefix("http://localhost")
    assert again != feed
    assert [visitor.get(path).status_code for path in (feed, again, f"{again[:-5]}x.ics")] == [404, 200, 404]
    assert db.session.query(CalendarFeed).one().nonce not in {again, feed}
    send(client, "/settings/calendar", end="1")
    assert visitor.get(again).status_code == 404
    assert "Make the address" in client.get("/settings/calendar").text


@pytest.mark.parametrize("why", ["left", "disabled", "archived"])
def test_who_is_gone_has_no_dates(scene, feed, visitor, make, why):
    if why == "left":
        make.seat(scene.course, scene.aylin).left_at = DUE
    elif why == "disabled":
        scene.aylin.disabled_at = DUE
    else:
        scene.course.archived_at = DUE
    db.session.commit()
    answer = visitor.get(feed)
    assert answer.status_code == 404 if why == "disabled" else events(answer) == {}


def test_the_file_keeps_to_the_letter_of_the_standard():
    title = "Ein Café; mit, Komma \\ und \x07 " + "日本語" * 30
    text = calendar("A\r\nB", [Event("k", DUE, title, "one\ntwo", "http://localhost/x")], DUE, "h")
    lines = text.encode().split(b"\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == title.replace("\x07", "")
    assert str(event["DESCRIPTION"]) == "one\ntwo"
    assert str(event["UID"]) == "k@h"
