"""Reads of what people decided about the rules: what rests, and how often each rule was right."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from classroom.comments.complaints import PASSED, holds, name_of, suggests_rest
from classroom.comments.models import Comment, Label, RuleRest
from classroom.core.db import db

EXAMPLES = 3


@dataclass(frozen=True)
class Decided:
    """One comment that a person decided about."""

    comment_id: str
    words: str
    fine: bool
    at: datetime


@dataclass
class Rule:
    """How well one rule judges in a course, by what its staff decided."""

    code: str
    decisions: int = 0
    agreed: int = 0
    rests_since: datetime | None = None
    latest: list[Decided] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.code)

    @property
    def holds(self) -> bool:
        return holds(self.code)

    @property
    def percent(self) -> int | None:
        """How often the staff agreed; None where nobody has decided yet."""
        return round(100 * self.agreed / self.decisions) if self.decisions else None

    @property
    def should_rest(self) -> bool:
        return self.rests_since is None and suggests_rest(self.decisions, self.agreed)


def rested_in(course_id: int) -> frozenset[str]:
    """The rules that a course does not judge by at present."""
    open_ = select(RuleRest.code).where(RuleRest.course_id == course_id, RuleRest.ended_at.is_(None))
    return frozenset(db.session.scalars(open_))


def rest_of(course_id: int, code: str) -> RuleRest | None:
    """The rest of a rule that goes on."""
    return db.session.scalar(
        select(RuleRest).where(
            RuleRest.course_id == course_id, RuleRest.code == code, RuleRest.ended_at.is_(None)
        )
    )


def rests_in(course_id: int) -> list[RuleRest]:
    """Every rest, the newest first: the log."""
    asked = select(RuleRest).where(RuleRest.course_id == course_id).order_by(RuleRest.id.desc()).limit(50)
    return list(db.session.scalars(asked))


def rules_of(course_id: int, rests: list[RuleRest]) -> list[Rule]:
    """Every rule that somebody decided about, or that rests; the least trusted first. One statement."""
    newest = (
        select(func.max(Label.id))
        .where(Label.course_id == course_id, Label.code != PASSED)
        .group_by(Label.comment_id, Label.code)
    )
    told = (
        select(
            Label.code,
            Label.words,
            Label.fine,
            Label.at,
            Comment.public_id,
            func.substr(Comment.body, 1, 160).label("body"),
            func.count().over(partition_by=Label.code).label("many"),
            func.count().filter(Label.fine.is_(False)).over(partition_by=Label.code).label("agreed"),
            func.row_number().over(partition_by=Label.code, order_by=Label.id.desc()).label("place"),
        )
        .join(Comment, Comment.id == Label.comment_id)
        .where(Label.id.in_(newest))
        .subquery()
    )
    rules: dict[str, Rule] = {}
    for row in db.session.execute(select(told).where(told.c.place <= EXAMPLES).order_by(told.c.place)):
        rule = rules.setdefault(row.code, Rule(row.code, row.many, row.agreed))
        rule.latest.append(Decided(row.public_id, row.words or row.body, row.fine, row.at))
    for rest in rests:
        if rest.ended_at is None:
            rules.setdefault(rest.code, Rule(rest.code)).rests_since = rest.at
    return sorted(rules.values(), key=lambda rule: (not rule.should_rest, -rule.decisions, rule.code))
