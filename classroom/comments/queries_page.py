"""Reads of the post page: who said what, and what lies beside it, in two statements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from classroom.access import Actor
from classroom.accounts.models import Person
from classroom.calibration.models import Sample
from classroom.comments.models import Comment, Reason, ReasonKind, Reply, Thanks, ThanksKind
from classroom.comments.policy import replies_visible_to, visible_to
from classroom.comments.queries import member_from
from classroom.comments.queries_lesson import before_first_comment
from classroom.comments.queries_practice import before_commenting
from classroom.comments.reading import Reading
from classroom.comments.threads import Voice
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.following.models import Interest, Stance, Thing
from classroom.following.policy import visible_to as own_interests
from classroom.lessons.models import Lesson
from classroom.posts.models import PostFile, Revision, RevisionFile
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Prompt

# A part that a higher domain lays beside the comments: rows of (its name, of, place, code, words, more).
Part = Callable[[Actor, Reading], Select[Any]]
_parts: list[Part] = []


def lies_beside(part: Part) -> Part:
    """Register it; it comes with the same statement, under its name in `Beside.others`."""
    _parts.append(part)
    return part


@dataclass(frozen=True)
class PromptLine:
    """A question that a general comment follows; one no longer `asked` stays with those who answered it."""

    id: int
    public_id: str
    text: str
    asked: bool = True


@dataclass(frozen=True)
class FileLine:
    """A file of the revision, under the name that this reader sees."""

    public_id: str
    name: str
    media_type: str
    size: int


@dataclass
class Beside:
    """What lies beside the comments: prompts, files, thanks by comment; and what comes first."""

    prompts: list[PromptLine] = field(default_factory=list)
    files: list[FileLine] = field(default_factory=list)
    thanks: dict[int, set[ThanksKind]] = field(default_factory=dict)
    reasons: dict[int, dict[ReasonKind, bool]] = field(default_factory=dict)  # the reader's; are they told?
    sample: str | None = None
    lesson: bool = False
    others: dict[str, list[Any]] = field(default_factory=dict)  # what higher domains lay here
    said: dict[Thing, Stance] = field(default_factory=dict)  # what the reader follows or mutes here


def voices_on(actor: Actor, reading: Reading) -> Sequence[Voice]:
    """Comments and replies that the actor sees, with their writers; one statement. Their draft is there."""
    commenter, replier = aliased(Membership), aliased(Membership)
    writer, answerer = aliased(Person), aliased(Person)
    course = reading.course_id
    rows = db.session.execute(
        select(Comment, commenter, writer, Revision.number, Reply, replier, answerer)
        .select_from(Comment)
        .join(Revision, Revision.id == Comment.revision_id)
        .join(commenter, and_(commenter.course_id == course, commenter.person_id == Comment.author_id))
        .join(writer, writer.id == Comment.author_id)
        .outerjoin(
            Reply,
            and_(Reply.comment_id == Comment.id, Reply.state != State.WITHDRAWN, replies_visible_to(actor)),
        )
        .outerjoin(replier, and_(replier.course_id == course, replier.person_id == Reply.author_id))
        .outerjoin(answerer, answerer.id == Reply.author_id)
        .where(Comment.post_id == reading.post.id, Comment.state != State.WITHDRAWN, visible_to(actor))
        .order_by(Comment.posted_at, Comment.id, Reply.posted_at, Reply.id)
    )
    return [
        (
            comment,
            member_from(seat, person),
            number,
            reply,
            member_from(seat_too, person_too) if seat_too and person_too else None,
        )
        for comment, seat, person, number, reply, seat_too, person_too in rows
    ]


def beside(actor: Actor, reading: Reading) -> Beside:
    """Prompts, files, thanks, and what comes first; one statement, because each is short."""
    knows = actor.tends(reading.course_id, reading.author.section_id)
    blind = reading.project.anonymity is not Anonymity.NAMED and not knows
    neutral = blind and reading.post.author_id != actor.person_id
    name = PostFile.neutral_name if neutral else PostFile.name
    rows: Any = db.session.execute(
        union_all(
            select(
                literal("prompt").label("what"),
                Prompt.id.label("of"),
                Prompt.position.label("place"),
                Prompt.public_id.label("code"),
                Prompt.text.label("words"),
                null().label("more"),
            ).where(Prompt.project_id == reading.project.id),
            select(literal("file"), PostFile.id, PostFile.size, PostFile.public_id, name, PostFile.media_type)
            .join(RevisionFile, RevisionFile.file_id == PostFile.id)
            .where(RevisionFile.revision_id == reading.revision.id),
            _thanks(reading),
            _own_reasons(actor, reading),
            select(
                literal("sample"), Sample.id, Sample.position, Sample.public_id, literal(""), null()
            ).where(before_commenting(actor, reading.project)),
            select(literal("lesson"), Lesson.id, literal(0), literal(""), literal(""), null()).where(
                before_first_comment(actor, reading.course_id)
            ),
            select(
                literal("interest"),
                Interest.id,
                literal(0),
                cast(Interest.thing, String),
                cast(Interest.stance, String),
                null(),
            ).where(Interest.course_id == reading.course_id, own_interests(actor), _about(reading)),
            *(part(actor, reading) for part in _parts),
        ).order_by("what", "place", "of")
    )
    found = Beside()
    for row in rows:
        _sort_in(found, row)
    return found


def _thanks(reading: Reading) -> Any:
    return (
        select(
            literal("thanks"), Thanks.comment_id, literal(0), cast(Thanks.kind, String), literal(""), null()
        )
        .join(Comment, Comment.id == Thanks.comment_id)
        .where(Comment.post_id == reading.post.id)
    )


def _own_reasons(actor: Actor, reading: Reading) -> Any:
    """What the reader said of comments here; nobody else's."""
    told = case((Reason.told_at.is_(None), 0), else_=1)
    return (
        select(literal("reason"), Reason.comment_id, told, cast(Reason.kind, String), literal(""), null())
        .join(Comment, Comment.id == Reason.comment_id)
        .where(Comment.post_id == reading.post.id, Reason.person_id == actor.person_id)
    )


def _about(reading: Reading) -> ColumnElement[bool]:
    """This post, and its author where the class sees names."""
    post = and_(Interest.thing == Thing.POST, Interest.what == reading.post.public_id)
    if reading.project.anonymity is not Anonymity.NAMED:
        return post
    return or_(post, and_(Interest.thing == Thing.PERSON, Interest.what == reading.author.public_id))


def _sort_in(found: Beside, row: Any) -> None:
    if row.what == "prompt":
        found.prompts.append(PromptLine(row.of, row.code, row.words, row.place is not None))
    elif row.what == "file":
        found.files.append(FileLine(row.code, row.words, row.more, row.place))
    elif row.what == "sample":
        found.sample = found.sample or row.code
    elif row.what == "lesson":
        found.lesson = True
    elif row.what == "interest":
        found.said[Thing(row.code)] = Stance(row.words)
    elif row.what == "reason":
        found.reasons.setdefault(row.of, {})[ReasonKind(row.code)] = bool(row.place)
    elif row.what == "thanks":
        found.thanks.setdefault(row.of, set()).add(ThanksKind(row.code))
    else:
        found.others.setdefault(row.what, []).append(row)
