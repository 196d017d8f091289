"""Reads of guidelines: the version in force, the draft, and who has agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, column, func, select, table
from sqlalchemy.orm import selectinload

from classroom.access import Actor, Role
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.queries import course_for, members_of
from classroom.guidelines.models import Acknowledgement, Clause, Example, GuidelineVersion, is_shown


@dataclass(frozen=True)
class Agreed:
    """Whether one student has agreed to what is asked of them now."""

    name: str
    version: int | None
    at: datetime | None
    current: bool


def current_version(course_id: int) -> GuidelineVersion | None:
    """The newest published version, with its clauses and examples (three statements)."""
    return db.session.scalar(
        select(GuidelineVersion)
        .where(GuidelineVersion.course_id == course_id, GuidelineVersion.published_at.is_not(None))
        .order_by(GuidelineVersion.number.desc())
        .limit(1)
        .options(selectinload(GuidelineVersion.clauses), selectinload(GuidelineVersion.examples))
        .execution_options(populate_existing=True)
    )


def draft_version(course_id: int) -> GuidelineVersion | None:
    """The version that staff are working on."""
    return db.session.scalar(
        select(GuidelineVersion)
        .where(GuidelineVersion.course_id == course_id, GuidelineVersion.published_at.is_(None))
        .options(selectinload(GuidelineVersion.clauses), selectinload(GuidelineVersion.examples))
        .execution_options(populate_existing=True)
    )


def version_numbered(course_id: int, number: int) -> GuidelineVersion | None:
    """A published version, older ones stay readable."""
    return db.session.scalar(
        select(GuidelineVersion)
        .where(
            GuidelineVersion.course_id == course_id,
            GuidelineVersion.number == number,
            GuidelineVersion.published_at.is_not(None),
        )
        .options(selectinload(GuidelineVersion.clauses), selectinload(GuidelineVersion.examples))
        .execution_options(populate_existing=True)
    )


def published_versions(course_id: int) -> Sequence[GuidelineVersion]:
    return db.session.scalars(
        select(GuidelineVersion)
        .where(GuidelineVersion.course_id == course_id, GuidelineVersion.published_at.is_not(None))
        .order_by(GuidelineVersion.number.desc())
    ).all()


def is_published(course_id: int) -> bool:
    """Is there a line at all? For the preflight of a project."""
    return bool(_newest_number(course_id, major_only=False))


def project_examples(course_id: int, project_id: int) -> Sequence[Example]:
    """Examples that one project adds."""
    return db.session.scalars(
        select(Example)
        .where(Example.course_id == course_id, Example.project_id == project_id)
        .order_by(Example.position, Example.id)
    ).all()


def draft_for(actor: Actor, course_id: str) -> GuidelineVersion | None:
    """The draft of a course that the actor is in."""
    course = course_for(actor, course_id)
    return draft_version(course.id) if course else None


def example_for(actor: Actor, example_id: str) -> Example | None:
    """An example of a draft or of a project, in one of the actor's courses."""
    return db.session.scalar(
        select(Example)
        .outerjoin(GuidelineVersion, GuidelineVersion.id == Example.version_id)
        .where(
            Example.public_id == example_id,
            Example.course_id.in_(actor.courses()),
            is_shown(),
            GuidelineVersion.published_at.is_(None),
        )
    )


def example_home_there(course_id: int, version_id: int | None, project_id: int | None) -> bool:
    """Is what an example stood in still there: an unpublished draft, or the project?"""
    if project_id is not None:
        projects = table("projects", column("id"), column("course_id"))
        wanted = select(projects.c.id).where(projects.c.id == project_id, projects.c.course_id == course_id)
    else:
        wanted = select(GuidelineVersion.id).where(
            GuidelineVersion.id == version_id,
            GuidelineVersion.course_id == course_id,
            GuidelineVersion.published_at.is_(None),
        )
    return db.session.scalar(wanted) is not None


def home_of(example: Example) -> tuple[str, str | None]:
    """Public ids of an example's course and, where it is a project's own, of its project."""
    projects = table("projects", column("id"), column("public_id"))
    row = db.session.execute(
        select(Course.public_id, projects.c.public_id.label("project"))
        .select_from(Course)
        .outerjoin(projects, projects.c.id == example.project_id)
        .where(Course.id == example.course_id)
    ).one()
    return row.public_id, row.project


@dataclass(frozen=True)
class Agreement:
    """What someone agreed to last, and whether they are asked (again). Staff are never asked."""

    number: int | None
    at: datetime | None
    asked: bool


def agreement_of(actor: Actor, course_id: int) -> Agreement:
    """One statement: the newest version that was agreed to, held against the newest major one."""
    row = db.session.execute(
        select(
            _newest(course_id, major_only=True).scalar_subquery().label("needed"),
            func.max(GuidelineVersion.number).label("number"),
            func.max(Acknowledgement.at).label("at"),
        )
        .select_from(Acknowledgement)
        .join(GuidelineVersion, GuidelineVersion.id == Acknowledgement.version_id)
        .where(Acknowledgement.person_id == actor.person_id, Acknowledgement.course_id == course_id)
    ).one()
    behind = (row.needed or 0) > (row.number or 0)
    return Agreement(row.number, row.at, behind and actor.studies(course_id))


def must_acknowledge(actor: Actor, course_id: int) -> bool:
    """Has this student not yet agreed to the newest major version?"""
    return actor.studies(course_id) and agreement_of(actor, course_id).asked


def _newest(course_id: int, *, major_only: bool) -> Select[int]:
    found = select(func.max(GuidelineVersion.number)).where(
        GuidelineVersion.course_id == course_id, GuidelineVersion.published_at.is_not(None)
    )
    return found.where(GuidelineVersion.major.is_(True)) if major_only else found


def _newest_number(course_id: int, *, major_only: bool) -> int:
    return db.session.scalar(_newest(course_id, major_only=major_only)) or 0


def who_agreed(actor: Actor, course: Course) -> list[Agreed]:
    """Each student in the actor's care with the newest version they agreed to; who has not comes first."""
    needed = _newest_number(course.id, major_only=True)
    rows = db.session.execute(
        select(Acknowledgement.person_id, func.max(GuidelineVersion.number), func.max(Acknowledgement.at))
        .join(GuidelineVersion, GuidelineVersion.id == Acknowledgement.version_id)
        .where(Acknowledgement.course_id == course.id)
        .group_by(Acknowledgement.person_id)
    )
    given = {person_id: (number, at) for person_id, number, at in rows}
    found = []
    for one in members_of(course.id).values():
        if one.role is Role.STUDENT and not one.left and actor.tends(course.id, one.section_id):
            number, at = given.get(one.person_id, (0, None))
            found.append(Agreed(one.name, number or None, at, number >= needed))
    return sorted(found, key=lambda one: (one.current, one.name.casefold()))


def student_count(course_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(
                Membership.course_id == course_id,
                Membership.role == Role.STUDENT,
                Membership.left_at.is_(None),
            )
        )
        or 0
    )


def clauses_in_force(course_id: int) -> tuple[int | None, list[tuple[int, str, str]]]:
    """The number of the version in force, and its clauses as (number, title, text); one statement."""
    rows = db.session.execute(
        select(GuidelineVersion.number.label("version"), Clause.number, Clause.title, Clause.text)
        .join(GuidelineVersion, GuidelineVersion.id == Clause.version_id)
        .where(
            Clause.course_id == course_id,
            GuidelineVersion.number == _newest(course_id, major_only=False).scalar_subquery(),
        )
        .order_by(Clause.number)
    ).all()
    return (rows[0].version if rows else None), [(row.number, row.title, row.text) for row in rows]


def clause_titles(course_id: int) -> dict[int, str]:
    """The clauses in force: titles by number."""
    return {number: title for number, title, _text in clauses_in_force(course_id)[1]}
