"""The tables of calibration: samples, the instructor's comments on them, and what students made of them."""

from sqlalchemy import select

from classroom.calibration.models import Answer, Calibration, Dispute, ModelComment, Sample
from classroom.core.i18n import _
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast


def practice_sheets(cast: Cast) -> list[Sheet]:
    return [_uses(cast), _samples(cast), _models(cast), _answers(cast), _disputes(cast)]


def _uses(cast: Cast) -> Sheet:
    columns = {
        "project": _("the id of the project"),
        "use": _("off, optional, or first: before the first comment"),
    }
    asked = select(Calibration).where(Calibration.course_id == cast.course.id).order_by(Calibration.id)
    rows = ((cast.project(one.project_id), one.use) for (one,) in stream(asked))
    return Sheet("calibrations", _("Which projects have students practise on samples."), columns, rows)


def _samples(cast: Cast) -> Sheet:
    columns = {
        "id": _("the sample's id"),
        "project": _("the id of the project"),
        "title": _("its title"),
        "text": _("its words, as Markdown"),
        "consent": _("whose work it is and what they said, where a student wrote it"),
        "at": _("when it was made"),
        "removed_at": _("when it was taken away, if it was"),
    }
    asked = select(Sample).where(Sample.course_id == cast.course.id).order_by(Sample.id)
    rows = (
        (
            one.public_id,
            cast.project(one.project_id),
            one.title,
            one.body,
            one.consent,
            one.created_at,
            one.removed_at,
        )
        for (one,) in stream(asked)
    )
    return Sheet("calibration_samples", _("Posts to practise on."), columns, rows)


def _models(cast: Cast) -> Sheet:
    columns = {
        "id": _("the comment's id"),
        "sample": _("the id of the sample"),
        "quote": _("the passage that it is about"),
        "text": _("its words"),
        "reasons": _("by criterion, why it is as it is"),
        "to_take_along": _("what students should take along"),
        "at": _("when it was written"),
        "removed_at": _("when it was taken away, if it was"),
    }
    asked = (
        select(Sample.public_id, ModelComment)
        .join(Sample, Sample.id == ModelComment.sample_id)
        .where(ModelComment.course_id == cast.course.id)
        .order_by(ModelComment.id)
    )
    rows = (
        (
            one.public_id,
            sample,
            one.quote,
            one.body,
            one.reasons,
            one.own_words,
            one.created_at,
            one.removed_at,
        )
        for sample, one in stream(asked)
    )
    return Sheet("calibration_models", _("The instructor's own comments on samples."), columns, rows)


def _answers(cast: Cast) -> Sheet:
    columns = {
        "id": _("its id"),
        "sample": _("the id of the sample"),
        "by": _("the id of its writer in people"),
        "by_name": _("their name"),
        "quote": _("the passage that it is about"),
        "text": _("its words"),
        "missed": _("the criteria that the standard did not find in it; nothing hangs on it"),
        "at": _("when it was sent"),
    }
    asked = (
        select(Sample.public_id, Answer)
        .join(Sample, Sample.id == Answer.sample_id)
        .where(Answer.course_id == cast.course.id, Answer.sent_at.is_not(None))
        .order_by(Answer.id)
    )
    rows = (
        (
            one.public_id,
            sample,
            cast.who(one.author_id),
            cast.name(one.author_id),
            one.quote,
            one.body,
            one.verdict.get("missed", []),
            one.sent_at,
        )
        for sample, one in stream(asked)
    )
    return Sheet("calibration_answers", _("What students wrote about samples; no drafts."), columns, rows)


def _disputes(cast: Cast) -> Sheet:
    columns = {
        "answer": _("the id of the student's comment"),
        "model": _("the id of the instructor's comment"),
        "by": _("the id of the student in people"),
        "criterion": _("which judgement they see otherwise"),
        "why": _("how they see it"),
        "at": _("when they said so"),
        "reaction": _("agreed, both (can stand), or kept"),
        "note": _("what was said with it"),
        "decided_by": _("the id of who answered"),
        "decided_at": _("when"),
    }
    asked = (
        select(Answer.public_id, ModelComment.public_id, Dispute)
        .join(Answer, Answer.id == Dispute.answer_id)
        .join(ModelComment, ModelComment.id == Dispute.model_id)
        .where(Dispute.course_id == cast.course.id)
        .order_by(Dispute.id)
    )
    rows = (
        (
            answer,
            model,
            cast.who(one.author_id),
            one.criterion,
            one.why,
            one.created_at,
            one.reaction,
            one.note,
            cast.who(one.decided_by_id),
            one.decided_at,
        )
        for answer, model, one in stream(asked)
    )
    return Sheet("calibration_disputes", _("What students see otherwise, and the answers."), columns, rows)
