"""Reads for "where the line is unclear": aggregates only, nobody's own."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from classroom.core.db import db
from classroom.core.ids import digest
from classroom.guidelines.models import (
    Acknowledgement,
    Clause,
    Example,
    ExampleReading,
    GuidelineVersion,
    Situation,
)
from classroom.guidelines.rules_unclear import ExampleFigures, thought


def titles_by_place(course_id: int) -> dict[tuple[int, int], str]:
    """Every clause there ever was in force: its title by version and number."""
    rows = db.session.execute(
        select(GuidelineVersion.number.label("version"), Clause.number, Clause.title)
        .join(GuidelineVersion, GuidelineVersion.id == Clause.version_id)
        .where(Clause.course_id == course_id, GuidelineVersion.published_at.is_not(None))
    )
    return {(row.version, row.number): row.title for row in rows}


def questions_by_clause(course_id: int) -> Counter[int]:
    """How many answers to questions without a name rest on each clause."""
    rows = db.session.execute(
        select(Situation.clause_number, func.count())
        .where(Situation.course_id == course_id, Situation.clause_number.is_not(None))
        .group_by(Situation.clause_number)
    )
    return Counter({number: many for number, many in rows if number is not None})


def example_figures(version: GuidelineVersion) -> list[ExampleFigures]:
    """Each example in force of which there is something to say, the least clear first; three statements."""
    readings = {
        one.mark: one
        for one in db.session.scalars(
            select(ExampleReading).where(ExampleReading.course_id == version.course_id)
        )
    }
    said = thought(version.examples, _situations(version.course_id), _answers(version.course_id))
    rows = []
    for example in version.examples:
        reading = readings.get(digest(example.situation))
        otherwise, asked = said.get(example.situation, (0, 0))
        answered, passed_by = (reading.answered, reading.passed_by) if reading else (0, 0)
        rows.append(ExampleFigures(example, answered, passed_by, otherwise, asked))
    return sorted((row for row in rows if row.says), key=lambda row: -row.weight)


def _situations(course_id: int) -> dict[str, str]:
    """What the examples of all versions are about, by their ids."""
    rows = db.session.execute(
        select(Example.public_id, Example.situation).where(
            Example.course_id == course_id, Example.version_id.is_not(None)
        )
    )
    return {row.public_id: row.situation for row in rows}


def _answers(course_id: int) -> Sequence[dict[str, Any]]:
    return db.session.scalars(
        select(Acknowledgement.answers).where(Acknowledgement.course_id == course_id)
    ).all()
