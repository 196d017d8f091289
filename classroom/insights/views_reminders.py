"""Reminding several students by hand: who is reminded of what, in which words, then the press."""

from collections.abc import Sequence

from flask import url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.participation import Participant
from classroom.core.i18n import _, _l, _n
from classroom.insights.forms import ReminderForm
from classroom.insights.views_participation import bp, ticked
from classroom.notices.commands_reminders import Reminding, plan_reminder, remind
from classroom.notices.wording import still_open
from classroom.projects.models import Project
from classroom.projects.queries import project_for
from classroom.web.forms import check_press
from classroom.web.preview import Act, Lines, Part, back_with, confirming, pressed, preview, seal

Groups = Sequence[tuple[Project, Sequence[Participant]]]
KIND_WORDS = _l(
    "I saw that something is still open for you. What you have so far is enough to begin with. "
    "If something holds you back, tell me, and we find a way."
)


@bp.post("/projects/<project_id>/people/reminders")
@allow("project:tend", project_for)
def reminders(actor: Actor, project: Project) -> ResponseReturnValue:
    check_press()
    people, kept = ticked(actor, project)
    here = url_for(".reminders", project_id=project.public_id)
    back = url_for(".people", project_id=project.public_id)
    return looked_over(actor, [(project, people)], Act(here, "", back, kept))


def looked_over(
    actor: Actor, groups: Groups, act: Act, words: str = "", notes: Sequence[str] = ()
) -> ResponseReturnValue:
    """First these people and words to change, then the press that sends them."""
    found = together([plan_reminder(project, people) for project, people in groups])
    key = seal([(one.member.person_id, one.owes_post, one.owes_comments) for one in found.told])
    form = ReminderForm.from_request() if pressed() else ReminderForm(data={"text": words or str(KIND_WORDS)})
    if confirming(key) and form.validate():
        by_id, text = actor.person_id, form.text.data or ""
        sent = together([remind(project, people, text, by_id=by_id) for project, people in groups])
        return back_with(_said(sent), act.back)
    if pressed() and not found.told:
        return back_with(_said(found), act.back)
    press = _n("Remind %(num)s student", "Remind %(num)s students", len(found.told))
    told = [
        *notes,
        _("Below your words each reads what is still open for them."),
        _("Each gets a notice and a mail. Once a day at most."),
    ]
    shown = Act(act.url, press, act.back, act.kept, form=form, fields=(form.text,))
    return preview(_("Remind them?"), _said(found), _parts(found), shown, key, told)


def together(found: Sequence[Reminding]) -> Reminding:
    """Several projects' as one."""
    return Reminding(
        told=tuple(one for plan in found for one in plan.told),
        done=tuple(one for plan in found for one in plan.done),
        waiting=tuple(one for plan in found for one in plan.waiting),
        closed=tuple(one for plan in found for one in plan.closed),
        today=tuple(one for plan in found for one in plan.today),
        enough=tuple(one for plan in found for one in plan.enough),
    )


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
