"""A deleted draft comes back with the examples of the guidelines that were its own, and its samples."""

from classroom.access import Actor
from classroom.calibration.undoing import packed_samples, put_back_samples
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.guidelines.queries import project_examples
from classroom.guidelines.undoing import packed_examples, put_back_examples
from classroom.projects.models import Project
from classroom.projects.undoing import draft_of, put_back_draft
from classroom.undo.commands import Kept, undoes


def whole_draft(project: Project) -> Kept:
    """What deleting it would lose."""
    examples = project_examples(project.course_id, project.id)
    return {
        "draft": draft_of(project),
        "examples": packed_examples(examples),
        "samples": packed_samples(project),
    }


@undoes("projects.remove", "project:create", course_for)
def draft_is_back(_actor: Actor, course: Course, kept: Kept) -> str:
    project = put_back_draft(course, kept["draft"])
    put_back_examples(kept["examples"], project_id=project.id)
    put_back_samples(kept["samples"], project)
    return _("The draft “%(title)s” is back.", title=project.title)
