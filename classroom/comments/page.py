"""What the post page shows, put together for one reader; it is drawn by the views."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from classroom.access import Actor, Seat, may
from classroom.comments import queries_page
from classroom.comments.duties import Duty
from classroom.comments.models import Comment
from classroom.comments.placing import passages, work_with
from classroom.comments.queries_duties import duty_for
from classroom.comments.queries_page import Beside, PromptLine
from classroom.comments.reading import Reading
from classroom.comments.threads import CommentRow, is_coarse, rows_of
from classroom.core.i18n import _
from classroom.courses.queries import Member
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Project
from classroom.projects.naming import Shown, peer_name, shown_to
from classroom.projects.rules import Phase, due


@dataclass(frozen=True)
class PostPage:
    """Everything the template asks for; nothing is decided there."""

    reading: Reading
    author: Shown
    mine: bool
    coarse: bool
    rows: list[CommentRow]
    work: str
    staff: bool
    beside: Beside
    draft: Comment | None
    duty: Duty | None
    due: datetime | None
    may_write: bool
    may_join: bool
    who_sees: str
    next_name: str = ""
    onward: str | None = None
    prompts: dict[int, PromptLine] = field(default_factory=dict)

    @property
    def by_name(self) -> bool:
        """May its author be followed? Not where names are hidden: it would tell their other posts."""
        return self.reading.project.anonymity is Anonymity.NAMED and not self.mine

    @property
    def fresh(self) -> int:
        """How many comments and replies came since this reader was last here."""
        return sum(row.fresh for row in self.rows)

    @property
    def first_fresh(self) -> str:
        """The anchor of the first of them."""
        return next((f"c-{row.id}" for row in self.rows if row.fresh), "comments")

    @property
    def kept(self) -> int:
        """How many comments of one's own wait here to be sent."""
        return sum(row.kept for row in self.rows)

    def row(self, comment_id: str | None) -> CommentRow | None:
        """One's own comment with that public id, for the receipt and for rewriting."""
        own = (row for row in self.rows if row.mine and not row.kept)
        return next((row for row in own if row.id == comment_id), None)

    def celebrating(self, keys: Collection[int]) -> "PostPage":
        """The same page with the celebrated comments in gold."""
        rows = [replace(row, tone="great") if row.key in keys and not row.tone else row for row in self.rows]
        return replace(self, rows=rows)


def post_page(actor: Actor, reading: Reading) -> PostPage:
    """The page for one reader; three statements."""
    voices = queries_page.voices_on(actor, reading)
    beside = queries_page.beside(actor, reading)
    in_pen = [comment for comment, *_rest in voices if _lies_in_pen(comment)]
    sent = [voice for voice in voices if not _lies_in_pen(voice[0])]
    places = passages(
        reading.revision, {voice[0].id: voice[2] for voice in sent}, [voice[0] for voice in sent]
    )
    duty = duty_for(actor, reading.project, reading.extension)
    following = duty.next_post if duty else None
    over = actor.is_over(reading.course_id)
    writes = may(actor, "comment:write", reading) and not over
    onward = duty.beyond(reading.post.public_id) if duty else None
    return PostPage(
        reading=reading,
        author=shown_to(actor, reading.project, reading.author),
        mine=reading.post.author_id == actor.person_id,
        coarse=is_coarse(actor, reading.project),
        rows=rows_of(actor, reading, sent, beside.thanks, places, beside.reasons),
        work=work_with(reading.revision, places.values()),
        staff=actor.teaches(reading.course_id),
        beside=beside,
        draft=in_pen[0] if in_pen else None,
        duty=duty,
        onward=onward.public_id if onward else None,
        next_name=shown_to(actor, reading.project, following.member).name if following else "",
        due=due(reading.project, Phase.COMMENT, reading.extension),
        may_write=writes,
        may_join=actor.studies(reading.course_id) or actor.teaches(reading.course_id),
        who_sees=who_sees(actor, reading),
        prompts={one.id: one for one in beside.prompts},
    )


def _lies_in_pen(comment: Comment) -> bool:
    return comment.state is State.DRAFT and comment.kept_at is None


def who_sees(actor: Actor, reading: Reading) -> str:
    """The sentence beside the pen: who reads this, and under which name."""
    seat, project = actor.seats.get(reading.course_id), reading.project
    if seat is None:
        return ""
    receiver = shown_to(actor, project, reading.author).name
    if actor.teaches(reading.course_id):
        return _("%(receiver)s and the class see this as %(name)s.", receiver=receiver, name=actor.name)
    name = peer_name(project, _as_member(actor, seat))
    if project.anonymity is Anonymity.NAMED:
        return _(
            "%(receiver)s and the class see this with your name, %(name)s.", receiver=receiver, name=name
        )
    if project.anonymity is Anonymity.ANONYMOUS:
        return _("The author and the class see no name here. Your instructor sees yours.")
    return _(
        "%(receiver)s and the class see this as %(name)s. Your instructor sees your name.",
        receiver=receiver,
        name=name,
    )


def my_name(actor: Actor, project: Project) -> str:
    """The name under which classmates see this person here."""
    seat = actor.seats.get(project.course_id)
    return peer_name(project, _as_member(actor, seat)) if seat else actor.name


def _as_member(actor: Actor, seat: Seat) -> Member:
    return Member(
        person_id=actor.person_id,
        public_id="",
        name=actor.name,
        called=actor.called,
        pronouns=None,
        number=seat.number,
        role=seat.role,
        section_id=seat.section_id,
        left=False,
    )
