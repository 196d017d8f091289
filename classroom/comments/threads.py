"""The comments on a post as one person sees them: names, times and permissions are decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from classroom.access import Actor
from classroom.comments import rules
from classroom.comments.coaching import tip_for
from classroom.comments.complaints import complaints, name_of
from classroom.comments.marking import Passage
from classroom.comments.models import Comment, ReasonKind, Reply, Standing, ThanksKind
from classroom.comments.reading import Reading
from classroom.comments.reasons import Choice, choices
from classroom.courses.queries import Member
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Project
from classroom.projects.naming import Shown, shown_to

Voice = tuple[Comment, Member, int, Reply | None, Member | None]


@dataclass(frozen=True)
class ReplyRow:
    """One turn of a thread. `coarse`: only the day is told."""

    id: str
    by: Shown
    at: datetime | None
    coarse: bool
    html: str
    state: State
    mine: bool
    may_edit: bool
    new: bool = False


@dataclass(frozen=True)
class CommentRow:
    """One comment. `tone` is how its note is drawn; `may` are the acts that this reader has.

    `placed`: its passage is marked in the revision shown; `in_text`: it was, in the one it was written on.
    `tended`: its writer is in the reader's care.
    """

    id: str
    key: int
    by: Shown
    at: datetime | None
    coarse: bool
    edited_at: datetime | None
    late: bool
    quote: str | None
    placed: bool
    in_text: bool
    start: int
    prompt_id: int | None
    html: str
    revision: int
    state: State
    standing: Standing
    hold_reason: str | None
    hold_words: tuple[str, ...]
    counts: bool
    mine: bool
    tended: bool
    tone: str
    tip: str | None
    acted_revision: int | None
    may: frozenset[str]
    thanks: tuple[tuple[ThanksKind, bool], ...] = ()
    reasons: tuple[Choice, ...] = ()  # what the reader, its receiver, may say or has said of it
    replies: list[ReplyRow] = field(default_factory=list)
    new: bool = False
    against: tuple[str, ...] = ()  # which rules speak against it, for staff

    @property
    def kept(self) -> bool:
        """Its writer keeps it to send it later; nobody else sees it."""
        return self.state is State.DRAFT

    @property
    def said_quietly(self) -> list[str]:
        """The reasons that its receiver gave."""
        return [one.words for one in self.reasons if one.given]

    @property
    def fresh(self) -> int:
        """How much of the thread came since this reader was last here."""
        return self.new + sum(reply.new for reply in self.replies)


def is_coarse(actor: Actor, project: Project) -> bool:
    """In a blind project peers learn the day and not the minute: minutes can be linked with other traces."""
    return project.anonymity is not Anonymity.NAMED and not actor.teaches(project.course_id)


def rows_of(
    actor: Actor,
    reading: Reading,
    voices: Sequence[Voice],
    thanks: Mapping[int, set[ThanksKind]],
    places: Mapping[str, Passage],
    reasons: Mapping[int, Mapping[ReasonKind, bool]],
) -> list[CommentRow]:
    """The rows of the page, in the order of the work: by passage first, then those on the whole."""
    rows: dict[int, CommentRow] = {}
    for comment, member, revision, reply, replier in voices:
        if comment.id not in rows:
            given, where = thanks.get(comment.id, set()), places.get(comment.public_id)
            rows[comment.id] = _row(
                actor,
                reading,
                comment,
                member,
                revision=revision,
                given=given,
                where=where,
                reasons=reasons.get(comment.id, {}),
            )
        if reply is not None and replier is not None:
            rows[comment.id].replies.append(_reply(actor, reading, reply, replier))
    coarse = is_coarse(actor, reading.project)
    return sorted(rows.values(), key=lambda row: _order(row, coarse=coarse))


def _order(row: CommentRow, *, coarse: bool) -> tuple[bool, int, str, str]:
    """Where minutes are not told, the order must not tell them either: ids are random."""
    exact = row.at.isoformat() if row.at else ""
    return (not row.placed, row.start if row.placed else 0, exact[:10] if coarse else exact, row.id)


def _row(
    actor: Actor,
    reading: Reading,
    comment: Comment,
    member: Member,
    *,
    revision: int,
    given: set[ThanksKind],
    where: Passage | None,
    reasons: Mapping[ReasonKind, bool],
) -> CommentRow:
    mine = comment.author_id == actor.person_id
    tended = actor.tends(comment.course_id, member.section_id)
    private = mine or tended
    may = acts(actor, reading, comment)
    return CommentRow(
        id=comment.public_id,
        key=comment.id,
        by=shown_to(actor, reading.project, member),
        at=comment.posted_at,
        coarse=is_coarse(actor, reading.project),
        edited_at=comment.edited_at,
        late=comment.late and private,
        quote=comment.quote,
        placed=where is not None,
        in_text=comment.quote_start is not None and comment.quote_start >= 0,
        start=where.start if where else 0,
        prompt_id=comment.prompt_id,
        html=comment.body_html,
        revision=revision,
        state=comment.state,
        standing=comment.standing,
        hold_reason=comment.hold_reason if private else None,
        hold_words=tuple(comment.verdict.get("hold_words", ())) if private else (),
        counts=rules.counts(comment.state, comment.standing),
        mine=mine,
        tended=tended,
        tone=_tone(comment.state),
        tip=_tip(reading.project, comment) if mine else None,
        acted_revision=comment.acted_revision,
        may=may,
        thanks=tuple((kind, kind in given) for kind in ThanksKind if kind in given or "thank" in may),
        reasons=choices(reasons) if "say_reason" in may else (),
        new=comment.state is State.VISIBLE
        and reading.is_new_to(actor.person_id, comment.author_id, comment.shown_at),
        against=tuple(name_of(one.code) for one in complaints(comment.verdict)) if tended else (),
    )


def _tip(project: Project, comment: Comment) -> str | None:
    """Why it does not count, and what would help; what is not sent yet is the coach's business."""
    silent = comment.state is State.DRAFT and not project.coach
    return None if silent else tip_for(comment.verdict, comment.body)


def _tone(state: State) -> str:
    if state is State.DRAFT:
        return "draft"
    if state in {State.HELD, State.RETURNED}:
        return "held"
    return "gone" if state is State.REMOVED else ""


def acts(actor: Actor, reading: Reading, comment: Comment) -> frozenset[str]:
    """What this reader may do with the comment as it stands."""
    if actor.is_over(comment.course_id):
        return frozenset()
    found: set[str] = set()
    member = actor.studies(comment.course_id) or actor.teaches(comment.course_id)
    if comment.author_id == actor.person_id:
        if rules.may_rewrite(comment.state):
            found |= {"edit", "withdraw"}
        if rules.may_claim(comment.state, comment.standing) and actor.studies(comment.course_id):
            found.add("claim")
    elif comment.state is State.VISIBLE and member:
        found |= {"judge"} if comment.standing is not Standing.CLAIMED else set()
        found |= {"flag"} if actor.studies(comment.course_id) else set()
        if reading.post.author_id == actor.person_id:
            found |= {"thank", "act_on", "say_reason"}
    if comment.state is State.VISIBLE and member:
        found.add("reply")
    return frozenset(found)


def _reply(actor: Actor, reading: Reading, reply: Reply, member: Member) -> ReplyRow:
    project, mine = reading.project, reply.author_id == actor.person_id
    return ReplyRow(
        id=reply.public_id,
        by=shown_to(actor, project, member),
        at=reply.posted_at,
        coarse=is_coarse(actor, project),
        html=reply.body_html,
        state=reply.state,
        mine=mine,
        may_edit=mine and rules.may_rewrite(reply.state),
        new=reply.state is State.VISIBLE
        and reading.is_new_to(actor.person_id, reply.author_id, reply.shown_at),
    )
