"""Reminding several students by hand: first who is reminded of what, then the press."""

from collections.abc import Sequence

from flask import url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.participation import Participant
from classroom.core.i18n import _, _n
from classroom.insights.views_participation import bp, ticked
from classroom.notices.commands_reminders import Reminding, plan_reminder, remind
from classroom.notices.wording import still_open
from classroom.projects.models import Project
from classroom.projects.queries import project_for
from classroom.web.forms import check_press
from classroom.web.preview import Act, Lines, Part, back_with, confirming, pressed, preview, seal


@bp.post("/projects/<project_id>/people/reminders")
@allow("project:tend", project_for)
def reminders(actor: Actor, project: Project) -> ResponseReturnValue:
    check_press()
    people, kept = ticked(actor, project)
    found = plan_reminder(project, people)
    key = seal([(one.member.person_id, one.owes_post, one.owes_comments) for one in found.told])
    back = url_for(".people", project_id=project.public_id)
    if confirming(key):
        return back_with(_said(remind(project, people)), back)
    if pressed() and not found.told:
        return back_with(_said(found), back)
    act = Act(
        url_for(".reminders", project_id=project.public_id),
        _n("Remind %(num)s student", "Remind %(num)s students", len(found.told)),
        back,
        kept,
    )
    notes = [_("Each gets a notice and a mail with what is still open for them. Once a day at most.")]
    return preview(_("Remind them?"), _said(found), _parts(found), act, key, notes)


def _said(found: Reminding) -> str:
    """“3 of 5 are reminded; 2 are done and are left alone.”"""
    count = len(found.told)
    said = [
        _n("%(num)s of %(all)s is reminded", "%(num)s of %(all)s are reminded", count, all=found.all),
        _n("%(num)s is done and is left alone", "%(num)s are done and are left alone", len(found.done)),
        _n("%(num)s waits for others", "%(num)s wait for others", len(found.waiting)),
        _n("for %(num)s it is over", "for %(num)s it is over", len(found.closed)),
        _n("%(num)s was reminded today", "%(num)s were reminded today", len(found.today)),
        _n(
            "%(num)s was reminded three times already",
            "%(num)s were reminded three times already",
            len(found.enough),
        ),
    ]
    groups = (found.told or True, found.done, found.waiting, found.closed, found.today, found.enough)
    return "; ".join(words for words, group in zip(said, groups, strict=True) if group) + "."


def _parts(found: Reminding) -> list[Part]:
    def named(people: Sequence[Participant]) -> Lines:
        return [(one.member.name, "") for one in people]

    told = [(one.member.name, still_open(one.owes_post, one.owes_comments)) for one in found.told]
    return [
        Part(_("Reminded"), told, "leaf", acts=True),
        Part(_("Left alone: they are done"), named(found.done), aside=True),
        Part(_("Left alone: there is nothing that they could do just now"), named(found.waiting), aside=True),
        Part(
            _("Left alone: nothing is taken from them any more, unless you give more time"),
            named(found.closed),
            aside=True,
        ),
        Part(_("Left alone: they were reminded today"), named(found.today), aside=True),
        Part(_("Left alone: three reminders are the most for one phase"), named(found.enough), aside=True),
    ]
