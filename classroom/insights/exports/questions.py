"""Questions without a name in what is taken out; and what somebody said in confidence, to them alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from classroom.core.i18n import _
from classroom.guidelines.models import SelfReport, SelfReportEntry, Situation, SituationTurn
from classroom.guidelines.queries_reports import terms_of
from classroom.insights.exports.bundle import Sheet, stream
from classroom.insights.exports.cast import Cast
from classroom.insights.exports.person_world import World


def question_sheets(cast: Cast) -> list[Sheet]:
    """In an order by chance; the digests that open them are not here."""
    return [_questions(cast), _answers(cast), _promised(cast)]


def _day(cast: Cast, moment: datetime | None) -> str | None:
    return moment.astimezone(ZoneInfo(cast.course.zone)).date().isoformat() if moment else None


def _questions(cast: Cast) -> Sheet:
    columns = {
        "id": _("the question's id"),
        "asked_on": _("the day; more is not kept"),
        "text": _("what was asked"),
        "state": _("waiting, answered or set_aside"),
        "ruling": _("encouraged, fine (although it looks like cheating), ask_first or cheating"),
        "clause": _("the number of the clause it rests on"),
        "answered_on": _("the day of the first answer"),
        "thanked": _("whether whoever asked said thank you"),
        "made_example": _("whether it became an example"),
    }
    asked = select(Situation).where(Situation.course_id == cast.course.id).order_by(Situation.public_id)
    rows = (
        (
            one.public_id,
            _day(cast, one.asked_on),
            one.text,
            one.state,
            one.ruling,
            one.clause_number,
            _day(cast, one.answered_on),
            one.thanked,
            one.made_example,
        )
        for (one,) in stream(asked)
    )
    return Sheet("questions", _("What students asked without a name."), columns, rows)


def _answers(cast: Cast) -> Sheet:
    columns = {
        "question": _("the question's id"),
        "position": _("its place among what was said"),
        "by": _("who of the staff said it; empty: whoever asked"),
        "said_on": _("the day"),
        "text": _("what was said"),
    }
    asked = (
        select(SituationTurn, Situation.public_id)
        .join(Situation, Situation.id == SituationTurn.situation_id)
        .where(SituationTurn.course_id == cast.course.id)
        .order_by(Situation.public_id, SituationTurn.position)
    )
    rows = (
        (question, one.position, cast.who(one.by_id), _day(cast, one.said_on), one.text)
        for one, question in stream(asked)
    )
    return Sheet("question_answers", _("What was said to these questions."), columns, rows)


def _promised(cast: Cast) -> Sheet:
    columns = {
        "hours": _("the window, in hours after the day it happened"),
        "follows": _("what follows for whoever keeps to it"),
    }
    terms = terms_of(cast.course.id)
    words = _("What the course promises to whoever says “I went too far”. Who said so is not in this file.")
    return Sheet("what_is_promised", words, columns, [(terms.hours, terms.follows)])


def own_confidence_sheets(world: World) -> list[Sheet]:
    """For a person; staff who take it out for a student do not get it."""
    if world.actor.borrowed:
        return []
    columns = {
        "course": _("the course"),
        "happened_on": _("the day it was about"),
        "within": _("whether you said it within the window"),
        "at": _("when"),
        "mine": _("whether you said it; else one of your instructors"),
        "text": _("what was said"),
    }
    asked = (
        select(SelfReportEntry, SelfReport)
        .join(SelfReport, SelfReport.id == SelfReportEntry.report_id)
        .where(SelfReport.person_id == world.me, SelfReport.course_id.in_(world.courses))
        .order_by(SelfReport.id, SelfReportEntry.id)
    )
    rows = (
        (
            world.course(said.course_id),
            said.happened_on,
            said.within,
            one.at,
            one.by_id == world.me,
            one.text,
        )
        for one, said in stream(asked)
    )
    return [Sheet("in_confidence", _("What you said of going too far, and the answers."), columns, rows)]
