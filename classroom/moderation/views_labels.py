"""How well the rules judge: one press beside a verdict, the course's page, and rules that rest."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments import commands_labels, queries_labels
from classroom.comments.complaints import ENOUGH, LEAST, name_of
from classroom.comments.models import Comment, Standing
from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for, members_of
from classroom.moderation import commands, queries
from classroom.moderation.views import bp
from classroom.undo.commands import Kept, TooLate, offer, undoes
from classroom.web.forms import PlainForm, check_press
from classroom.web.saying import say
from classroom.web.templating import in_course

LONGEST_CODE = 60


def comment_in_care(actor: Actor, comment_id: str) -> Comment | None:
    """A comment whose writer is in the actor's care."""
    row = queries.subject_in_care(actor, "comment", comment_id)
    return row if isinstance(row, Comment) else None


@bp.post("/comments/<comment_id>/standing")
@allow("subject:moderate", comment_in_care)
def say_standing(actor: Actor, comment: Comment) -> ResponseReturnValue:
    """'This counts', or 'This does not count'."""
    check_press()
    accepted, before = request.form.get("counts") == "1", comment.standing
    changed = commands.say_standing(comment, actor.person_id, accepted=accepted)
    back = url_for("comments.comment", comment_id=comment.public_id)
    kept = {"before": before.value, "now": comment.standing.value, "version": comment.version}
    undo = offer(actor.person_id, "moderation.say_standing", comment.public_id, back=back, **kept)
    if not changed:
        said = _("Noted: you agree with the standard. Nothing changes for the writer.")
    elif accepted:
        said = _("It counts. The writer is told.")
    else:
        said = _("It does not count. The writer is told, and may improve it.")
    say(said, undo=undo)
    return redirect(back, 303)


@undoes("moderation.say_standing", "subject:moderate", comment_in_care)
def standing_is_back(actor: Actor, comment: Comment, kept: Kept) -> str:
    if (comment.standing.value, comment.version) != (kept["now"], kept["version"]):
        raise TooLate
    commands.unsay_standing(comment, Standing(kept["before"]), actor.person_id)
    return _("Undone. It stands as before.")


@bp.get("/courses/<course_id>/rules")
@allow("course:edit", course_for)
def rules(_actor: Actor, course: Course) -> ResponseReturnValue:
    """How often the staff agreed with each rule, and which of them rest."""
    in_course(course.id)
    rests = queries_labels.rests_in(course.id)
    people = {one for rest in rests for one in (rest.by_id, rest.ended_by_id) if one}
    return render_template(
        "moderation/rules.html",
        course=course,
        rules=queries_labels.rules_of(course.id, rests),
        rests=rests,
        members=members_of(course.id, people),
        name_of=name_of,
        enough=ENOUGH,
        least=round(100 * LEAST),
        plain=PlainForm(),
    )


@bp.post("/courses/<course_id>/rules/resting")
@allow("course:edit", course_for)
def rest_rule(actor: Actor, course: Course) -> ResponseReturnValue:
    """Judge by it no more in this course."""
    code = _code()
    freed = commands_labels.rest_rule(course.id, code, actor.person_id)
    if freed is None:
        raise ChangedMeanwhile
    back = url_for(".rules", course_id=course.public_id)
    target = course.public_id
    undo = offer(actor.person_id, "moderation.rest_rule", target, back=back, code=code, freed=freed)
    say(_("“%(rule)s” rests: nothing is held against a comment for it.", rule=name_of(code)), undo=undo)
    return redirect(back, 303)


@undoes("moderation.rest_rule", "course:edit", course_for)
def rule_judges_again(actor: Actor, course: Course, kept: Kept) -> str:
    if not commands_labels.unrest(course.id, kept["code"], actor.person_id, kept["freed"]):
        raise TooLate
    return _("Undone. The rule judges as before.")


@bp.post("/courses/<course_id>/rules/return")
@allow("course:edit", course_for)
def bring_rule_back(actor: Actor, course: Course) -> ResponseReturnValue:
    """Judge by it again, from now on."""
    code = _code()
    if not commands_labels.bring_rule_back(course.id, code, actor.person_id):
        raise ChangedMeanwhile
    said = _("“%(rule)s” judges again, from now on. What counts goes on counting.", rule=name_of(code))
    say(said)
    return redirect(url_for(".rules", course_id=course.public_id), 303)


def _code() -> str:
    """The rule that a button names."""
    check_press()
    code = request.form.get("code", "")
    if not code or len(code) > LONGEST_CODE:
        raise RuleBroken(_("Press the button beside a rule."))
    return code
