"""Every page of the product, with the people who see it differently; found in the demo's rows."""

from typing import Any

from sqlalchemy import select

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.boards.models import Board, BoardGroup, BoardNote
from classroom.calibration.models import Answer, Dispute, ModelComment, Sample
from classroom.celebrations.models import Consent, Highlight
from classroom.comments.models import Comment, Standing
from classroom.core.db import db
from classroom.core.signed import sign
from classroom.courses.models import Course, Membership, Section
from classroom.guidelines.models import Example, SelfReport, Situation, SituationState
from classroom.help_requests.models import HelpRequest
from classroom.moderation.models import Case, Reason
from classroom.notices.letters import STOP
from classroom.plans.models import PlanItem
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Material, Project
from classroom.sample.questions import DEMO_SECRET

TEACHER, ASSISTANT = "a.okafor@example.edu", "t.reznicek@example.edu"
# Who, and where: `{…}` is a row of `rows_of_the_demo`. People: `visitor`, staff, or an author of a row.
PLACES = """
visitor /sign-in /join /join/{code} /join/nowhere-at-all /help /style /nothing-here /demo /demo/mail
visitor /sign-in/link/used /mail/stop/{stop}
teacher / /news /settings /settings/passkeys /settings/sessions /courses/new /join /no-such-page
teacher /courses/{course} /courses/{course}/settings /courses/{course}/people /courses/{course}/deletion
teacher /courses/{course}/people?q=zzzz
teacher /courses/{course}/people/new /courses/{course}/people/import /members/{member} /sections/{section}
teacher /courses/{course}/projects /courses/{course}/projects/new /courses/{course}/queue
teacher /courses/{course}/today /courses/{course}/today?days=3&sign=quiet /members/{pupil}/talks
assistant /courses/{course}/today
teacher /courses/{course}/queue?show=decided /courses/{course}/rules
teacher /courses/{course}/guidelines /courses/{course}/guidelines?q=zzzz
teacher /courses/{course}/guidelines/changes
teacher /courses/{course}/guidelines/agreed /courses/{course}/guidelines/draft
teacher /courses/{course}/great-comments /courses/{course}/great-comments/week /courses/{course}/nominations
teacher /projects/{p1} /projects/{p2} /projects/{p2}/edit /projects/{p2}/preflight /projects/{p2}/duplicate
teacher /projects/{p2}/extensions /projects/{p2}/materials/new /materials/{material}/edit
teacher /projects/{p2}/examples /examples/{example}
teacher /projects/{p2}/coverage /projects/{p2}/coverage?show=short /cases/{case} /cases/{claimed}
teacher /projects/{p1}/people /projects/{p2}/people /projects/{p2}/people?show=waiting /projects/{p3}/people
teacher /projects/{p2}/people?q=zzzz
assistant /projects/{p2}/people /courses/{course}/participation /members/{member}/work
teacher /courses/{course}/participation /courses/{course}/participation?show=owes&sort=owed&project={p2}
teacher /courses/{course}/participation?q=zzzz /courses/{course}/participation/tables /members/{member}/work
assistant /courses/{course}/participation/tables
teacher /courses/{course}/picture /courses/{course}/picture?project={p2}
assistant /courses/{course}/picture
teacher /projects/{p2}/calibration /projects/{p1}/calibration /projects/{p2}/calibration/samples/new
teacher /projects/{p2}/calibration/posts /samples/{sample}/edit /samples/{sample}/comments
teacher /model-comments/{model}
teacher /samples/{sample}/preview /samples/{sample}/preview?both=1
assistant /projects/{p2}/calibration /samples/{sample}/preview
student /projects/{p2}/calibration
unpractised /projects/{p2}/calibration /samples/{sample}
practised /projects/{p2}/calibration /samples/{sample}
teacher /posts/{post} /posts/{held_on} /moderation/comment/{held} /moderation/comment/{returned}
teacher /comments/{good}/highlight
assistant / /courses/{course} /courses/{course}/people /courses/{course}/queue /projects/{p2}
student /settings/mail /settings/calendar /courses/{course}/following
assistant /members/{member}
teacher /courses/{course}/announcements /courses/{course}/announcements/new
student /courses/{course}/announcements
student / /news /settings /courses/{course}/projects /projects/{p1} /projects/{p2} /projects/{p3}
student /projects/{p3}/post
student /courses/{course}/okay
visitor /okay/{secret}
teacher /courses/{course}/situations /courses/{course}/situations?show=answered
teacher /situations/{waits} /situations/{answered} /situations/{answered}/example
assistant /situations/{waits}
teacher /courses/{course}/guidelines/unclear
student /courses/{course}/too-far
reporter /courses/{course}/too-far /too-far/{report}
teacher /courses/{course}/too-far/reports /courses/{course}/too-far/terms /too-far/{report}
student /projects/{p1}/next /posts/{post} /posts/{revised}/changes /courses/{course}/guidelines
student /courses/{course}/guidelines/acknowledgement /courses/{course}/great-comments
student /courses/{course}/queue
student /courses/{course}/my-comments /courses/{course}/my-comments?by=weeks&led=great
student /courses/{course}/my-comments/portfolio /courses/{course}/my-comments/portfolio?chosen=1
teacher /courses/{course}/between-two
assistant /courses/{course}/between-two
author /comments/{good}/nomination /courses/{course}/nominations
author /posts/{post}/plan /comments/{good}/plan /plan-items/{idea}
teacher /posts/{post}/plan
author /posts/{post} /posts/{post}/receipt /projects/{p2}/post /moderation/comment/{good}
student /courses/{course}/lesson /courses/{course}/lesson/steps/name-the-place
student /courses/{course}/lesson/steps/does-it-count /courses/{course}/lesson/steps/improve-a-weak-one
student /courses/{course}/lesson/steps/write-your-own /courses/{course}/lesson/steps/a-model
teacher /courses/{course}/lesson/edit /courses/{course}/lesson/class
teacher /courses/{course}/lesson/steps/new?kind=write
teacher /courses/{course}/lesson/steps/does-it-count/edit /courses/{course}/lesson/steps/does-it-count/items
teacher /courses/{course}/lesson/steps/does-it-count/items/retold /courses/{course}/lesson/steps/say-why/edit
assistant /courses/{course}/lesson/class
teacher /courses/{course}/lesson /courses/{course}/lesson/steps/a-model
teacher /courses/{course}/boards /courses/{course}/boards/new /courses/{course}/boards/new?from=both
teacher /boards/{wall} /boards/{wall}/groups /boards/{wall}/projector /boards/{board} /boards/{board}/edit
teacher /board-groups/{group} /board-groups/{group}/example /board-notes/{pinned}/decision
student /courses/{course}/boards
noted /boards/{wall} /boards/{board} /board-notes/{note}
held_by /comments/{held}/edit /moderation/comment/{held}
returned_by / /comments/{returned}/edit /moderation/comment/{returned}
shy_by /comments/{shy}/edit
asked / /highlights/{asked}
student /courses/{course}/help-requests /courses/{course}/help-requests?show=material /help-requests/{helped}
student /courses/{course}/help-requests/new /projects/{p2}/help-requests/new
teacher /courses/{course}/help-requests /courses/{course}/help-requests?show=long /help-requests/{asks}
asks_by /help-requests/{asks} /help-requests/{asks}/edit /courses/{course}/help-requests?show=mine
author /posts/{post}/help-requests/new
author /posts/{post}?revision=1 /moderation/comment/{good}/flag /comments/{good}/highlight
"""


# Who, on which page, and where its form goes: sent empty, each is refused.
REFUSED = """
student /courses/{course}/help-requests/new /courses/{course}/help-requests/new
visitor /sign-in /sign-in
visitor /join/{code} /join/{code}
teacher /settings /settings
teacher /courses/new /courses/new
teacher /courses/{course}/announcements/new /courses/{course}/announcements/new
teacher /courses/{course}/settings /courses/{course}/settings
teacher /courses/{course}/people/new /courses/{course}/people/new
teacher /courses/{course}/people/import /courses/{course}/people/import
teacher /courses/{course}/projects/new /courses/{course}/projects/new
teacher /projects/{p2}/edit /projects/{p2}/edit
teacher /projects/{p2}/duplicate /projects/{p2}/duplicate
teacher /projects/{p2}/extensions /projects/{p2}/extensions
teacher /projects/{p2}/materials/new /projects/{p2}/materials/new
teacher /materials/{material}/edit /materials/{material}/edit
teacher /examples/{example} /examples/{example}
teacher /cases/{case} /cases/{case}/return
teacher /moderation/comment/{good} /moderation/comment/{good}/return
teacher /comments/{good}/highlight /comments/{good}/highlight
teacher /projects/{p2}/calibration/samples/new /projects/{p2}/calibration/samples/new
teacher /samples/{sample}/comments /samples/{sample}/comments
teacher /samples/{sample}/preview /samples/{sample}/preview
unpractised /samples/{sample} /samples/{sample}/answer
practised /samples/{sample} /samples/{sample}/disputes
student /posts/{post} /posts/{post}/comments
student /courses/{course}/okay /courses/{course}/okay
teacher /situations/{waits} /situations/{waits}
teacher /situations/{answered}/example /situations/{answered}/example
student /courses/{course}/too-far /courses/{course}/too-far
reporter /too-far/{report} /too-far/{report}
student /projects/{p3}/post /projects/{p3}/post
author /moderation/comment/{good}/flag /moderation/comment/{good}/flag
author /comments/{good}/nomination /comments/{good}/nomination
author /posts/{post}/plan /posts/{post}/plan/ideas
author /comments/{good}/plan /comments/{good}/plan
teacher /posts/{post}/plan /posts/{post}/plan/replies
teacher /courses/{course}/lesson/steps/new?kind=write /courses/{course}/lesson/steps/new
student /courses/{course}/lesson/steps/write-your-own /courses/{course}/lesson/steps/write-your-own/text
teacher /courses/{course}/boards/new?from=own /courses/{course}/boards/new
teacher /board-groups/{group} /board-groups/{group}
teacher /boards/{wall}/groups /boards/{wall}/groups
noted /boards/{board} /boards/{board}/notes
teacher /board-notes/{pinned}/decision /board-notes/{pinned}/decision
held_by /comments/{held}/edit /comments/{held}/edit
asked /highlights/{asked} /highlights/{asked}
"""


def _first(kind: type[Any], *where: Any) -> Any:
    found = db.session.scalars(select(kind).where(*where).order_by(kind.id)).first()
    assert found is not None, f"the demo has no {kind.__name__} like that"
    return found


def rows_of_the_demo() -> tuple[dict[str, str], dict[str, str | None]]:
    """The public ids that the addresses name, and the addresses of those who are to look."""
    course = _first(Course)
    first, second, third = db.session.scalars(select(Project).order_by(Project.id)).all()
    seen = Comment.state == State.VISIBLE
    good = _first(Comment, seen, Comment.standing == Standing.COUNTS, Comment.project_id == second.id)
    post = _first(Post, Post.id == good.post_id)
    held = _first(Comment, Comment.state == State.HELD)
    returned = _first(Comment, Comment.state == State.RETURNED)
    shy = _first(Comment, Comment.state == State.VISIBLE, Comment.standing == Standing.NOT_YET)
    asked = _first(Highlight, Highlight.consent == Consent.ASKED)
    seat = _first(Membership, Membership.section_id.is_not(None))
    said = _first(Dispute, Dispute.reaction.is_(None))
    sample = _first(Sample, Sample.id == _first(Answer, Answer.id == said.answer_id).sample_id)
    asks = _first(HelpRequest, HelpRequest.state == State.HELD)
    did_it = select(Answer.author_id).where(Answer.sample_id == sample.id)
    student = Membership.role == Role.STUDENT
    board, wall = _first(Board, Board.revealed_at.is_(None)), _first(Board, Board.revealed_at.is_not(None))
    first_of_all = _first(Membership, student)  # wrote the first note on each board
    ids = {
        "course": course.public_id,
        "code": course.join_code,
        "p1": first.public_id,
        "p2": second.public_id,
        "p3": third.public_id,
        "member": seat.public_id,
        "pupil": _first(Membership, student, Membership.section_id.is_not(None)).public_id,
        "section": _first(Section).public_id,
        "material": _first(Material).public_id,
        "example": _first(Example, Example.project_id.is_not(None)).public_id,
        "case": _first(Case, Case.closed_at.is_(None)).public_id,
        "claimed": _first(Case, Case.reason == Reason.CLAIMED).public_id,
        "post": post.public_id,
        "revised": _first(Post, Post.project_id == first.id, Post.revision_number > 1).public_id,
        "good": good.public_id,
        "held": held.public_id,
        "held_on": _first(Post, Post.id == held.post_id).public_id,
        "returned": returned.public_id,
        "shy": shy.public_id,
        "idea": _first(PlanItem, PlanItem.comment_id.is_(None)).public_id,
        "asked": asked.public_id,
        "asks": asks.public_id,
        "helped": _first(HelpRequest, HelpRequest.tried != "", HelpRequest.project_id == second.id).public_id,
        "board": board.public_id,
        "wall": wall.public_id,
        "group": _first(BoardGroup, BoardGroup.board_id == wall.id).public_id,
        "note": _first(BoardNote, BoardNote.board_id == board.id).public_id,
        "pinned": _first(BoardNote, BoardNote.board_id == wall.id).public_id,
        "sample": sample.public_id,
        "model": _first(ModelComment, ModelComment.sample_id == sample.id).public_id,
        "waits": _first(Situation, Situation.state == SituationState.WAITING).public_id,
        "answered": _first(Situation, Situation.state == SituationState.ANSWERED).public_id,
        "secret": DEMO_SECRET,
        "report": _first(SelfReport).public_id,
        "stop": sign(STOP, _first(Person).public_id, "talk"),
    }
    people = {
        "visitor": None,
        "reporter": _mail(_first(SelfReport).person_id),
        "teacher": TEACHER,
        "assistant": ASSISTANT,
        "student": _mail(good.author_id),
        "author": _mail(post.author_id),
        "held_by": _mail(held.author_id),
        "returned_by": _mail(returned.author_id),
        "shy_by": _mail(shy.author_id),
        "practised": _mail(said.author_id),
        "unpractised": _mail(_first(Membership, student, Membership.person_id.not_in(did_it)).person_id),
        "asks_by": _mail(asks.author_id),
        "noted": _mail(first_of_all.person_id),
        "asked": _mail(_first(Comment, Comment.id == asked.comment_id).author_id),
    }
    return ids, people


def _mail(person_id: int) -> str:
    return str(_first(Person, Person.id == person_id).email)


def all_places() -> list[tuple[str, str]]:
    """Who goes where, one pair for each."""
    return [
        (who, path) for line in PLACES.split("\n") if line for who, *paths in [line.split()] for path in paths
    ]


def refused_places() -> list[tuple[str, ...]]:
    """Who, the page, and where its form goes."""
    return [tuple(line.split()) for line in REFUSED.split("\n") if line]
