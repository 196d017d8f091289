"""What one person wrote about samples, and what they see otherwise than the instructor."""

from sqlalchemy import select

from classroom.calibration.models import Answer, Dispute, Sample
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.person_world import World


def practice_sheets(world: World) -> list[Sheet]:
    return [_answers(world), _disputes(world)]


def _answers(world: World) -> Sheet:
    columns = {
        "project": _("the project"),
        "sample": _("the title of the sample"),
        "quote": _("the passage that it is about"),
        "text": _("your words"),
        "verdict": _("what the standard found in them; nothing hangs on it"),
        "sent_at": _("when you sent it; empty for a draft"),
    }
    asked = (
        select(Answer, Sample.project_id, Sample.title)
        .join(Sample, Sample.id == Answer.sample_id)
        .where(Answer.author_id == world.me, Answer.course_id.in_(world.courses))
        .order_by(Answer.id)
    )
    if world.actor.borrowed:
        asked = asked.where(Answer.sent_at.is_not(None))
    rows = (
        (world.project(project_id), title, one.quote, one.body, one.verdict, one.sent_at)
        for one, project_id, title in stream(asked)
    )
    return Sheet("practice", _("Your comments on samples."), columns, rows)


def _disputes(world: World) -> Sheet:
    columns = {
        "project": _("the project"),
        "sample": _("the title of the sample"),
        "criterion": _("which of the instructor's judgements"),
        "why": _("how you see it"),
        "at": _("when you said so"),
        "reaction": _("agreed, both (can stand), or kept"),
        "note": _("what you were answered"),
        "decided_at": _("when"),
    }
    asked = (
        select(Dispute, Sample.project_id, Sample.title)
        .join(Answer, Answer.id == Dispute.answer_id)
        .join(Sample, Sample.id == Answer.sample_id)
        .where(Dispute.author_id == world.me, Dispute.course_id.in_(world.courses))
        .order_by(Dispute.id)
    )
    rows = (
        (
            world.project(project_id),
            title,
            one.criterion,
            one.why,
            one.created_at,
            one.reaction,
            one.note,
            one.decided_at,
        )
        for one, project_id, title in stream(asked)
    )
    return Sheet("seen_otherwise", _("What you see otherwise than your instructor."), columns, rows)
