"""More time for several students: which date, then whose becomes what, then the press."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.pairing_work import assigns, kept_of, plan_for
from classroom.comments.participation import Participant
from classroom.core.i18n import _, _n
from classroom.insights.forms import MoreTimeForm
from classroom.insights.views_participation import bp, ticked
from classroom.projects.commands_extensions import NotLater, give_several
from classroom.projects.models import Extension, Project
from classroom.projects.queries import project_for
from classroom.projects.rules import Phase, due, has_later
from classroom.projects.wording import DATE_NAMES
from classroom.web.forms import check_press
from classroom.web.preview import Act, Part, back_with, confirming, pressed, preview, seal
from classroom.web.templating import when


@bp.post("/projects/<project_id>/people/more-time")
@allow("project:tend", project_for)
def more_time(actor: Actor, project: Project) -> ResponseReturnValue:
    check_press()
    people, kept = ticked(actor, project)
    asked = request.form if "phase" in request.form or "until" in request.form else None
    form = MoreTimeForm.of(project, asked)
    if asked is None or not form.validate() or not _later(project, form):
        page = render_template(
            "insights/more_time.html",
            project=project,
            form=form,
            people=people,
            kept=kept,
            hints={phase.value: when(getattr(project, phase.value), "absolute") for phase in Phase},
        )
        return page, 422 if form.has_errors else 200
    return _give(actor, project, people, kept, form)


def _later(project: Project, form: MoreTimeForm) -> bool:
    base: datetime | None = getattr(project, form.phase.data)
    if base is not None and form.moment <= base:
        form.refuse(form.until, NotLater.message)
    return not form.has_errors


def _give(
    actor: Actor,
    project: Project,
    people: Sequence[Participant],
    kept: list[tuple[str, str]],
    form: MoreTimeForm,
) -> ResponseReturnValue:
    phase, until = form.chosen, form.moment
    groups = _groups(project, people, phase, until)
    moved = groups["moved"]
    ids = [one.member.person_id for one in moved]
    key, back = seal(phase, until, ids), url_for(".people", project_id=project.public_id)
    if confirming(key) and moved:
        give_several(project, ids, phase, until, by_id=actor.person_id, reason=form.reason.data or "")
        said = _n("%(num)s student has more time.", "%(num)s students have more time.", len(moved))
        return back_with(said, back)
    if pressed() and not moved:
        return back_with(_("They have that time already."), back, "info")
    act = Act(
        url_for(".more_time", project_id=project.public_id),
        _n("Give %(num)s student more time", "Give %(num)s students more time", len(moved)),
        back,
        [*kept, *((name, request.form.get(name, "")) for name in ("phase", "until", "reason"))],
    )
    said = _n("%(num)s student gets more time.", "%(num)s students get more time.", len(moved))
    parts, notes = _parts(project, groups, phase, until), _means(project, moved, phase, until)
    return preview(_("Give more time?"), said, parts, act, key, notes)


def _groups(
    project: Project, people: Sequence[Participant], phase: Phase, until: datetime
) -> dict[str, list[Participant]]:
    groups: dict[str, list[Participant]] = {"moved": [], "later": [], "done": []}
    for one in people:
        later = has_later(project, phase, until, one.extension)
        groups["done" if one.finished(phase) else "later" if later else "moved"].append(one)
    return groups


def _parts(
    project: Project, groups: dict[str, list[Participant]], phase: Phase, until: datetime
) -> list[Part]:
    return [
        Part(
            _("More time: %(date)s", date=DATE_NAMES[phase.value]),
            [(one.member.name, _becomes(project, phase, until, one.extension)) for one in groups["moved"]],
            "leaf",
            acts=True,
        ),
        Part(
            _("Left as they are: they have a later date already"),
            [
                (one.member.name, when(due(project, phase, one.extension), "absolute"))
                for one in groups["later"]
            ],
            aside=True,
        ),
        Part(
            _("Left as they are: they are done"),
            [(one.member.name, "") for one in groups["done"]],
            aside=True,
        ),
    ]


def _becomes(project: Project, phase: Phase, until: datetime, extension: Extension | None) -> Any:
    before = due(project, phase, extension)
    return (when(before, "absolute") if before else _("no date")) + " → " + when(until, "absolute")


def _means(project: Project, moved: Sequence[Participant], phase: Phase, until: datetime) -> list[str]:
    """What it does to who comments on whom."""
    notes = [_("They see their own dates everywhere; classmates do not.")]
    if phase is Phase.COMMENT:
        waiting = sum(one.work.asked for one in moved)
        if waiting:
            notes.append(
                _n(
                    "%(num)s post that they were asked for may get its comment that much later.",
                    "%(num)s posts that they were asked for may get their comments that much later.",
                    waiting,
                )
            )
    elif phase is Phase.POST:
        notes += _of_late_posts(project, moved, until)
    return notes


def _of_late_posts(project: Project, moved: Sequence[Participant], until: datetime) -> list[str]:
    notes = []
    if project.comment_by is not None and until > project.comment_by:
        notes.append(_("Their posts may come after the date for comments, when classmates owe nothing more."))
    if assigns(project) and moved:
        dates = {one.member.person_id: _dated(one, until) for one in moved}
        plan = plan_for(project, kept_of(project.id), dates)
        if plan.add or plan.release:
            words = _n(
                "Until they post they read no posts: %(num)s pairing changes, and others are asked instead.",
                "Until they post they read no posts: %(num)s pairings change, and others are asked instead.",
                len(plan.release),
            )
            notes.append(words)
        else:
            notes.append(_("No pairing changes: their posts get commenters as they arrive."))
    return notes


def _dated(one: Participant, until: datetime) -> Extension:
    """The extension as it would be, for the engine alone."""
    return Extension(person_id=one.member.person_id, post_by=until)
