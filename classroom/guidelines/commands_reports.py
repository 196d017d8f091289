"""Writes of "I went too far": saying so, talking about it, and the terms of the course."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import announce
from classroom.courses.models import Course
from classroom.guidelines.models import SelfReport, SelfReportEntry, SelfReportTerms
from classroom.guidelines.queries_reports import terms_of
from classroom.guidelines.rules_reports import check_happened, window_end


@dataclass(frozen=True)
class SelfReportSaid:
    """Something was said there: by the student, whom the instructors then hear of, or by one of these."""

    report_id: int
    report_public_id: str
    entry_id: int
    course_id: int
    person_id: int
    by_id: int


def report(course: Course, person_id: int, *, day: date, text: str, once: str) -> SelfReport:
    """Under the terms of this moment, which stay with it; a second press finds the first."""
    there = db.session.scalar(
        select(SelfReport).where(SelfReport.person_id == person_id, SelfReport.once == once)
    )
    if there is not None:
        return there
    happened_on, terms = datetime.combine(day, time(0), ZoneInfo(course.zone)), terms_of(course.id)
    check_happened(happened_on, now())
    made = SelfReport(
        course_id=course.id,
        person_id=person_id,
        once=once,
        happened_on=happened_on,
        window_hours=terms.hours,
        within=now() <= window_end(happened_on, terms.hours, course.zone),
        follows=terms.follows,
    )
    db.session.add(made)
    db.session.flush()
    say(made, person_id, text, once=once)
    return made


def say(made: SelfReport, by_id: int, text: str, *, once: str) -> None:
    """One more entry; nothing that stands there is changed."""
    wanted = select(SelfReportEntry.id).where(
        SelfReportEntry.report_id == made.id, SelfReportEntry.once == once
    )
    if db.session.scalar(wanted) is not None:
        return
    entry = SelfReportEntry(course_id=made.course_id, report_id=made.id, once=once, by_id=by_id, text=text)
    db.session.add(entry)
    made.waiting = by_id == made.person_id
    db.session.flush()
    announce(SelfReportSaid(made.id, made.public_id, entry.id, made.course_id, made.person_id, by_id))


def set_terms(course: Course, *, hours: int, follows: str) -> None:
    """From now on; what was said before stands under the terms of its time."""
    there = db.session.scalar(select(SelfReportTerms).where(SelfReportTerms.course_id == course.id))
    if there is None:
        there = SelfReportTerms(course_id=course.id)
        db.session.add(there)
    there.window_hours, there.follows = hours, follows
