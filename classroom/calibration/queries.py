"""Reads of calibration: samples, the comments on them, and how far a student or a class is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from classroom.access import Actor
from classroom.calibration.models import Answer, Calibration, Dispute, ModelComment, Sample, Use
from classroom.calibration.policy import disputes_visible_to, is_offered, visible_to
from classroom.core.db import db
from classroom.courses.policy import in_care_of
from classroom.projects.models import Project, Prompt

Disputes = dict[tuple[int, str], Dispute]


@dataclass(frozen=True)
class Step:
    """One sample as one student has it: not begun, begun, or done."""

    sample: Sample
    begun: bool
    done: bool


@dataclass(frozen=True)
class SampleLine:
    """One sample as staff list it."""

    sample: Sample
    models: int
    done: int


def use_of(project_id: int) -> Use:
    """Whether the project uses its samples."""
    found = db.session.scalar(select(Calibration.use).where(Calibration.project_id == project_id))
    return found or Use.OFF


def sample_for(actor: Actor, sample_id: str) -> Sample | None:
    """The sample with that public id, with its project and course, if the actor sees it."""
    return db.session.scalar(
        select(Sample)
        .join(Sample.project)
        .where(Sample.public_id == sample_id, visible_to(actor))
        .options(contains_eager(Sample.project).joinedload(Project.course))
    )


def removed_sample_for(actor: Actor, sample_id: str) -> Sample | None:
    """One that was taken away and may come back."""
    return db.session.scalar(
        select(Sample).where(
            Sample.public_id == sample_id,
            Sample.course_id.in_(actor.courses_taught()),
            Sample.removed_at.is_not(None),
        )
    )


def model_for(actor: Actor, model_id: str) -> ModelComment | None:
    """One of the instructor's comments, with its sample and project, for the staff of the course."""
    return _model_for(actor, model_id, ModelComment.removed_at.is_(None))


def removed_model_for(actor: Actor, model_id: str) -> ModelComment | None:
    """One that was taken away and may come back."""
    return _model_for(actor, model_id, ModelComment.removed_at.is_not(None))


def _model_for(actor: Actor, model_id: str, there: ColumnElement[bool]) -> ModelComment | None:
    return db.session.scalar(
        select(ModelComment)
        .join(ModelComment.sample)
        .join(Sample.project)
        .where(
            ModelComment.public_id == model_id,
            ModelComment.course_id.in_(actor.courses_taught()),
            Sample.removed_at.is_(None),
            there,
        )
        .options(
            contains_eager(ModelComment.sample).contains_eager(Sample.project).joinedload(Project.course)
        )
    )


def dispute_for(actor: Actor, dispute_id: str) -> Dispute | None:
    """A dispute of one's own, or of a student in one's care, with its sample."""
    return db.session.scalar(
        select(Dispute)
        .where(Dispute.public_id == dispute_id, disputes_visible_to(actor))
        .options(joinedload(Dispute.answer).joinedload(Answer.sample).joinedload(Sample.project))
    )


def samples_of(project_id: int) -> Sequence[Sample]:
    """Those of a project that are not taken away, in their order."""
    return db.session.scalars(
        select(Sample)
        .where(Sample.project_id == project_id, Sample.removed_at.is_(None))
        .order_by(Sample.position, Sample.id)
    ).all()


def sample_made(project_id: int, once: str | None) -> Sample | None:
    """The sample that the same press of the button has made already."""
    if not once:
        return None
    return db.session.scalar(select(Sample).where(Sample.project_id == project_id, Sample.once == once))


def model_made(sample_id: int, once: str | None) -> ModelComment | None:
    """The comment that the same press of the button has made already."""
    if not once:
        return None
    return db.session.scalar(
        select(ModelComment).where(ModelComment.sample_id == sample_id, ModelComment.once == once)
    )


def models_of(sample_id: int) -> Sequence[ModelComment]:
    """The instructor's comments on a sample, in the order of writing."""
    return db.session.scalars(
        select(ModelComment)
        .where(ModelComment.sample_id == sample_id, ModelComment.removed_at.is_(None))
        .options(joinedload(ModelComment.prompt))
        .order_by(ModelComment.id)
    ).all()


def answer_of(person_id: int, sample_id: int, *, sent_only: bool = False) -> Answer | None:
    """What that student has written about that sample."""
    asked = (
        select(Answer)
        .where(Answer.author_id == person_id, Answer.sample_id == sample_id)
        .options(joinedload(Answer.prompt))
    )
    return db.session.scalar(asked.where(Answer.sent_at.is_not(None)) if sent_only else asked)


def own_answer(actor: Actor, sample: Sample) -> Answer | None:
    """The actor's; through borrowed eyes only what was sent."""
    return answer_of(actor.person_id, sample.id, sent_only=actor.borrowed)


def disputes_on(answer_id: int) -> Disputes:
    """What the student sees otherwise, by comment and criterion."""
    rows = db.session.scalars(select(Dispute).where(Dispute.answer_id == answer_id))
    return {(one.model_id, one.criterion): one for one in rows}


def steps_for(actor: Actor, project_id: int) -> list[Step]:
    """The samples that the project offers, and how far the actor is with each; one statement."""
    own = and_(Answer.sample_id == Sample.id, Answer.author_id == actor.person_id)
    rows = db.session.execute(
        select(Sample, Answer.id, Answer.sent_at)
        .outerjoin(Answer, own)
        .where(Sample.project_id == project_id, is_offered())
        .order_by(Sample.position, Sample.id)
    )
    return [
        Step(sample, answer_id is not None and not actor.borrowed, sent_at is not None)
        for sample, answer_id, sent_at in rows
    ]


def practises_first(person_id: int, project_id: int) -> ColumnElement[bool]:
    """The project asks for it, and this student has not sent anything on any of its samples."""
    asked = exists().where(Calibration.project_id == project_id, Calibration.use == Use.FIRST)
    practised = aliased(Sample)  # of its own: the query around it looks for a sample too
    done = exists().where(
        Answer.author_id == person_id,
        Answer.sent_at.is_not(None),
        Answer.sample_id == practised.id,
        practised.project_id == project_id,
    )
    return and_(asked, ~done)


def prompts_of(project_id: int) -> Sequence[Prompt]:
    """The project's questions, also those no longer asked: a comment may have followed one."""
    return db.session.scalars(
        select(Prompt).where(Prompt.project_id == project_id).order_by(Prompt.position, Prompt.id)
    ).all()


def lines_of(actor: Actor, project_id: int) -> list[SampleLine]:
    """Each sample with how many comments of the instructor it has, and how many in one's care did it."""
    models = (
        select(func.count())
        .where(ModelComment.sample_id == Sample.id, ModelComment.removed_at.is_(None))
        .scalar_subquery()
    )
    done = select(func.count()).where(Answer.sample_id == Sample.id, _sent_in_care(actor)).scalar_subquery()
    rows = db.session.execute(
        select(Sample, models, done)
        .where(Sample.project_id == project_id, Sample.removed_at.is_(None))
        .order_by(Sample.position, Sample.id)
    )
    return [SampleLine(sample, said or 0, sent or 0) for sample, said, sent in rows]


def sent_on(sample_id: int) -> int:
    """How many students have commented on it."""
    asked = select(func.count()).where(Answer.sample_id == sample_id, Answer.sent_at.is_not(None))
    return db.session.scalar(asked) or 0


def _sent_in_care(actor: Actor) -> ColumnElement[bool]:
    return and_(Answer.sent_at.is_not(None), in_care_of(actor, Answer.course_id, Answer.author_id))
