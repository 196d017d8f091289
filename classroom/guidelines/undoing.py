"""How what was done to a draft of the guidelines is taken back."""

from collections.abc import Iterable
from typing import Any

from classroom.access import Actor
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.core.rows import packed, unpacked
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.guidelines.commands import DraftThere, add_clause, next_number
from classroom.guidelines.models import Clause, Example, GuidelineVersion
from classroom.guidelines.queries import draft_version, example_home_there
from classroom.undo.commands import Kept, TooLate, undoes


def packed_examples(examples: Iterable[Example]) -> list[dict[str, Any]]:
    return [packed(one) for one in examples]


def put_back_examples(examples: Iterable[dict[str, Any]], **parent: int) -> None:
    """As they were packed, under a parent that may have another number now."""
    db.session.add_all(unpacked(Example, one, **parent) for one in examples)
    db.session.flush()


def clause_of(draft: GuidelineVersion, number: int) -> Kept:
    """A clause, and which examples rest on it."""
    clause = next((one for one in draft.clauses if one.number == number), None)
    resting = [one.public_id for one in draft.examples if one.clause_number == number]
    return {"draft": draft.public_id, "clause": packed(clause) if clause else None, "examples": resting}


@undoes("guidelines.remove_clause", "guidelines:edit", course_for)
def clause_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    """At its place; the ones after it move down again, and the examples rest on it again."""
    draft, clause = draft_version(course.id), kept["clause"]
    if draft is None or draft.public_id != kept["draft"] or clause is None:
        raise TooLate
    number = clause["number"]
    for one in sorted(draft.clauses, key=lambda one: -one.number):
        if one.number >= number:
            one.number += 1
            db.session.flush()  # one after the other: the numbers are unique at each step
    add_clause(draft, clause["title"], clause["text"], number=number)
    for example in draft.examples:
        if example.public_id in kept["examples"]:
            example.clause_number = number
        elif example.clause_number is not None and example.clause_number >= number:
            example.clause_number += 1
    db.session.flush()
    return _("Clause %(n)s is back in the draft.", n=number)


@undoes("guidelines.remove_example", "guidelines:edit", course_for)
def example_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    if not example_home_there(course.id, kept["example"]["version_id"], kept["example"]["project_id"]):
        raise TooLate
    put_back_examples([kept["example"]])
    return _("The example is back.")


def whole_draft(draft: GuidelineVersion) -> Kept:
    """A draft with its clauses and examples."""
    return {
        "draft": packed(draft),
        "clauses": [packed(one) for one in draft.clauses],
        "examples": packed_examples(draft.examples),
    }


@undoes("guidelines.discard", "guidelines:edit", course_for)
def draft_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    if draft_version(course.id) is not None:
        raise DraftThere
    draft = unpacked(GuidelineVersion, kept["draft"], number=next_number(course.id))
    db.session.add(draft)
    db.session.flush()
    db.session.add_all(unpacked(Clause, one, version_id=draft.id) for one in kept["clauses"])
    put_back_examples(kept["examples"], version_id=draft.id)
    return _("The draft is back.")
