"""Writes of guidelines: draft, clauses, examples, publishing, agreeing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.courses.models import Course
from classroom.guidelines.models import Acknowledgement, Clause, Example, GuidelineVersion, Ruling
from classroom.guidelines.queries import current_version, draft_version
from classroom.guidelines.rules import check_publishable
from classroom.guidelines.starter import load


class DraftThere(ChangedMeanwhile):
    """There is one draft at a time."""

    message = _l("Someone has begun a draft already. Go on with that one.")


class NotADraft(RuleBroken):
    """What was published stays as people agreed to it."""

    message = _l("That version is published and stays as it is. Begin a new draft to change it.")


@dataclass(frozen=True)
class GuidelinesPublished:
    """A version is in force; `major` says that students are asked again."""

    course_id: int
    number: int
    major: bool


@dataclass(frozen=True)
class Acknowledged:
    """A student agreed."""

    course_id: int
    person_id: int
    number: int


def begin_draft(course: Course, *, from_starter: bool = False, language: str = "en") -> GuidelineVersion:
    """A draft: a copy of the version in force, or the starter set, or an empty page."""
    if draft_version(course.id) is not None:
        raise DraftThere
    base = None if from_starter else current_version(course.id)
    draft = GuidelineVersion(
        course_id=course.id,
        number=next_number(course.id),
        title=base.title if base else "",
        intro=base.intro if base else "",
    )
    db.session.add(draft)
    db.session.flush()
    if from_starter:
        _fill_from_starter(draft, language)
    elif base is not None:
        _copy(base, draft)
    db.session.flush()
    return _fresh(draft)


def _fresh(draft: GuidelineVersion) -> GuidelineVersion:
    """The draft with the clauses and examples it has now."""
    found = draft_version(draft.course_id)
    return found if found is not None else draft


def next_number(course_id: int) -> int:
    """The number of the version after the last one."""
    found = db.session.scalar(
        select(func.max(GuidelineVersion.number)).where(GuidelineVersion.course_id == course_id)
    )
    return (found or 0) + 1


def _fill_from_starter(draft: GuidelineVersion, language: str) -> None:
    starter = load(language)
    draft.title, draft.intro = starter.title, starter.intro
    for one in starter.clauses:
        add_clause(draft, one["title"], one["text"], number=one["number"])
    for one in starter.examples:
        add_example(
            draft.course_id,
            version=draft,
            situation=one["situation"],
            ruling=Ruling(one["ruling"]),
            why=one["why"],
            clause_number=one.get("clause"),
            quiz=bool(one.get("quiz")),
            explanation=one.get("explanation", ""),
            tags=one.get("tags", ()),
        )


def _copy(base: GuidelineVersion, draft: GuidelineVersion) -> None:
    for clause in base.clauses:
        add_clause(draft, clause.title, clause.text, number=clause.number)
    for one in base.examples:
        add_example(
            draft.course_id,
            version=draft,
            situation=one.situation,
            ruling=one.ruling,
            why=one.why,
            clause_number=one.clause_number,
            quiz=one.quiz,
            explanation=one.explanation,
            tags=one.tags,
            highlight_id=one.highlight_id,
        )


def describe_draft(draft: GuidelineVersion, *, title: str, intro: str) -> None:
    _still_draft(draft)
    draft.title, draft.intro = title, intro


def add_clause(draft: GuidelineVersion, title: str, text: str, *, number: int | None = None) -> Clause:
    """A clause at the end, or with the number given."""
    _still_draft(draft)
    if number is None:
        found = db.session.scalar(select(func.max(Clause.number)).where(Clause.version_id == draft.id))
        number = (found or 0) + 1
    clause = Clause(course_id=draft.course_id, version_id=draft.id, number=number, title=title, text=text)
    db.session.add(clause)
    return clause


def edit_clause(draft: GuidelineVersion, number: int, *, title: str, text: str) -> None:
    _still_draft(draft)
    for clause in draft.clauses:
        if clause.number == number:
            clause.title, clause.text = title, text


def remove_clause(draft: GuidelineVersion, number: int) -> None:
    """Take a clause out; the ones after it move up, and examples that rest on it rest on none."""
    _still_draft(draft)
    db.session.execute(delete(Clause).where(Clause.version_id == draft.id, Clause.number == number))
    db.session.flush()
    later = db.session.scalars(
        select(Clause).where(Clause.version_id == draft.id, Clause.number > number).order_by(Clause.number)
    ).all()
    for clause in later:
        clause.number -= 1
        db.session.flush()  # one after the other: the numbers are unique at each step
    _renumber_examples(draft.examples, number)
    db.session.flush()
    _fresh(draft)


def _renumber_examples(examples: Sequence[Example], gone: int) -> None:
    for example in examples:
        if example.clause_number == gone:
            example.clause_number = None
        elif example.clause_number is not None and example.clause_number > gone:
            example.clause_number -= 1


def add_example(
    course_id: int,
    *,
    situation: str,
    ruling: Ruling,
    why: str,
    version: GuidelineVersion | None = None,
    project_id: int | None = None,
    clause_number: int | None = None,
    quiz: bool = False,
    explanation: str = "",
    tags: Sequence[str] = (),
    highlight_id: int | None = None,
) -> Example:
    """An example of a draft version or of one project, perhaps made of a great comment."""
    if version is not None:
        _still_draft(version)
    column = Example.version_id == version.id if version else Example.project_id == project_id
    last = db.session.scalar(select(func.max(Example.position)).where(column)) or 0
    example = Example(
        course_id=course_id,
        version_id=version.id if version else None,
        project_id=None if version else project_id,
        position=last + 1,
        situation=situation,
        ruling=ruling,
        why=why,
        clause_number=clause_number,
        quiz=quiz,
        explanation=explanation,
        tags=list(tags),
        highlight_id=highlight_id,
    )
    db.session.add(example)
    db.session.flush()
    return example


def edit_example(
    example: Example, *, situation: str, ruling: Ruling, why: str, clause_number: int | None, quiz: bool
) -> None:
    example.situation, example.ruling, example.why = situation, ruling, why
    example.clause_number, example.quiz = clause_number, quiz


def remove_example(example: Example) -> None:
    db.session.delete(example)


def discard_draft(draft: GuidelineVersion) -> None:
    """Throw a draft away; what is in force stays."""
    _still_draft(draft)
    db.session.execute(delete(Clause).where(Clause.version_id == draft.id))
    db.session.execute(delete(Example).where(Example.version_id == draft.id))
    db.session.delete(draft)


def publish(draft: GuidelineVersion, by_id: int, *, major: bool, note: str = "") -> None:
    """Put a draft in force. The first version is always major: everyone is asked once."""
    _still_draft(draft)
    check_publishable(draft)
    draft.published_at, draft.published_by_id = now(), by_id
    draft.major, draft.change_note = major or draft.number == 1, note
    db.session.flush()
    announce(GuidelinesPublished(draft.course_id, draft.number, draft.major))


def acknowledge(version: GuidelineVersion, person_id: int, answers: dict[str, Any]) -> None:
    """Record a yes; a second press finds the first."""
    there = db.session.scalar(
        select(Acknowledgement.id).where(
            Acknowledgement.version_id == version.id, Acknowledgement.person_id == person_id
        )
    )
    if there is not None:
        return
    db.session.add(
        Acknowledgement(
            course_id=version.course_id, version_id=version.id, person_id=person_id, answers=answers
        )
    )
    db.session.flush()
    announce(Acknowledged(version.course_id, person_id, version.number))


def _still_draft(version: GuidelineVersion) -> None:
    if version.published_at is not None:
        raise NotADraft
