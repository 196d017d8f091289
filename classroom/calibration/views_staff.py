"""The page of staff: whether students practise, the samples, and what the class makes of them."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from classroom.access import Actor, may
from classroom.calibration import queries
from classroom.calibration.forms import AnswerForm, UseForm
from classroom.calibration.models import Reaction
from classroom.calibration.queries_class import Figures, figures_of, otherwise_in
from classroom.calibration.rules import FEW, MOST_SAMPLES
from classroom.calibration.wording import CRITERIA, IN_CLASS, REACTIONS, TOLD_STAFF
from classroom.core.i18n import _n
from classroom.core.paging import page_of
from classroom.projects.models import Project
from classroom.web.forms import PlainForm
from classroom.web.numbers import whole


def draw_staff(
    actor: Actor, project: Project, *, use_form: UseForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """What is there, for those who write it and for those who tend the class."""
    lines, use = queries.lines_of(actor, project.id), queries.use_of(project.id)
    figures = figures_of(actor, project)
    said = otherwise_in(actor, project)
    page = render_template(
        "calibration/staff.html",
        project=project,
        lines=lines,
        use=use,
        use_form=use_form or UseForm(data={"use": use.value}),
        may_edit=may(actor, "calibration:edit", project),
        full=len(lines) >= MOST_SAMPLES,
        figures=figures,
        few=FEW,
        missed=[_missed(code, count, figures) for code, count in figures.missed],
        in_class=IN_CLASS[figures.worst] if figures.worst else None,
        waiting=page_of(
            [one for one in said if one.dispute.decided_at is None],
            request.args.get("page", 1, type=whole),
        ),
        answered=[one for one in reversed(said) if one.dispute.decided_at is not None],
        answer_form=AnswerForm,
        reactions=[(one.value, REACTIONS[one]) for one in Reaction],
        told=TOLD_STAFF,
        criteria=CRITERIA,
        may_answer=not actor.is_over(project.course_id),
        plain=PlainForm(),
    )
    return page, status


def _missed(code: str, count: int, figures: Figures) -> dict[str, Any]:
    """One criterion in words, with a bar of how many have it."""
    words = _n(
        "%(num)s of %(all)s comment is without it",
        "%(num)s of %(all)s comments are without it",
        count,
        all=figures.read,
    )
    return {"label": CRITERIA[code], "words": words, "have": figures.read - count, "all": figures.read}
