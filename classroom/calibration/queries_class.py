"""Reads of calibration for staff: how many of those in one's care did it, what is missed, who disagrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from classroom.access import Actor, Role
from classroom.accounts.models import Person
from classroom.calibration.judging import asked_in
from classroom.calibration.models import Answer, Dispute, Sample
from classroom.calibration.policy import disputes_visible_to
from classroom.calibration.rules import FEW, most_missed
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.courses.policy import in_care_of
from classroom.projects.models import Project


@dataclass(frozen=True)
class Figures:
    """`done` of `students` have practised; `missed` by criterion, the most first, of `read` comments."""

    students: int
    done: int
    read: int
    missed: list[tuple[str, int]]

    @property
    def worst(self) -> str | None:
        """What is missed most, when it is missed at all."""
        return self.missed[0][0] if self.missed and self.missed[0][1] else None


@dataclass(frozen=True)
class Otherwise:
    """What one student sees otherwise, with what it is about."""

    dispute: Dispute
    name: str

    @property
    def reason(self) -> str:
        """The judgement as it stands now; it may have been changed since."""
        return str(self.dispute.model.reasons.get(self.dispute.criterion, ""))


def figures_of(actor: Actor, project: Project) -> Figures:
    """Of the students in the actor's care; of a few nothing is told by criterion. Two statements."""
    students = db.session.scalar(
        select(func.count()).where(
            Membership.course_id == project.course_id,
            Membership.role == Role.STUDENT,
            Membership.left_at.is_(None),
            in_care_of(actor, Membership.course_id, Membership.person_id),
        )
    )
    rows = db.session.execute(
        select(Answer.author_id, Answer.verdict)
        .join(Sample, Sample.id == Answer.sample_id)
        .join(
            Membership,
            and_(Membership.course_id == Answer.course_id, Membership.person_id == Answer.author_id),
        )
        .where(
            Sample.project_id == project.id,
            Sample.removed_at.is_(None),
            Membership.left_at.is_(None),
            Answer.sent_at.is_not(None),
            in_care_of(actor, Answer.course_id, Answer.author_id),
        )
    ).all()
    read = [verdict["missed"] for _author, verdict in rows if verdict.get("read")]
    people = len({author for author, _verdict in rows})
    told = most_missed(read, asked_in(project)) if people >= FEW else []
    return Figures(students or 0, people, len(read), told)


def otherwise_in(actor: Actor, project: Project) -> Sequence[Otherwise]:
    """What students in the actor's care see otherwise, the oldest first; one statement."""
    rows = db.session.execute(
        select(Dispute, Person.name)
        .join(Dispute.answer)
        .join(Answer.sample)
        .join(Person, Person.id == Dispute.author_id)
        .where(Sample.project_id == project.id, Sample.removed_at.is_(None), disputes_visible_to(actor))
        .options(contains_eager(Dispute.answer).contains_eager(Answer.sample), joinedload(Dispute.model))
        .order_by(Dispute.created_at, Dispute.id)
    )
    return [Otherwise(one, name) for one, name in rows]


def unanswered(actor: Actor) -> list[tuple[Project, int, datetime]]:
    """Projects in which students in the actor's care see something otherwise: how many, since when."""
    rows = db.session.execute(
        select(Project, func.count(Dispute.id), func.min(Dispute.created_at))
        .join(Sample, Sample.project_id == Project.id)
        .join(Answer, Answer.sample_id == Sample.id)
        .join(Dispute, Dispute.answer_id == Answer.id)
        .where(
            Sample.removed_at.is_(None),
            Dispute.decided_at.is_(None),
            in_care_of(actor, Dispute.course_id, Dispute.author_id),
        )
        .group_by(Project.id)
        .order_by(Project.id)
    )
    return [(project, count, oldest) for project, count, oldest in rows]
