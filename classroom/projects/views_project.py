"""The project page: for a student what to do next, for staff where the class is."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow, may
from classroom.calibration.queries import steps_for
from classroom.comments.duties import Duty, duty_from, queue_for
from classroom.comments.participation import Participant, Show, counts
from classroom.comments.queries_duties import is_shut_out
from classroom.comments.queries_participation import participants
from classroom.comments.tallies import Peer, peers_of
from classroom.comments.taste import Taste
from classroom.core.clock import now
from classroom.core.i18n import _, _n
from classroom.core.paging import page_of
from classroom.following.models import Stance
from classroom.following.rules import SHOWS, Interests, arranged
from classroom.guidelines.queries import project_examples
from classroom.insights import queries_progress as progress
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects import queries
from classroom.projects.models import PairingPolicy, Project, ProjectState
from classroom.projects.naming import shown_to
from classroom.projects.rules import Phase, dates_of, is_closed, is_open
from classroom.projects.views import bp
from classroom.projects.wording import DATE_NAMES, WHO_SEES, WHO_SEES_STUDENTS
from classroom.web.forms import PlainForm
from classroom.web.numbers import whole
from classroom.web.remembering import chips, remembered

MOST_SHOWN = 12
NOT_YET = frozenset({State.DRAFT, State.WITHDRAWN})


@dataclass(frozen=True)
class Line:
    """A classmate's post in the list of what to read, as the viewer may see it."""

    title: str
    name: str
    url: str
    posted_at: datetime | None
    received: int
    began: bool
    sent: bool
    followed: bool = False


@bp.get("/projects/<project_id>")
@allow("project:see", queries.own_project_for)
def show(actor: Actor, own: queries.Own) -> ResponseReturnValue:
    project, staff = own.project, actor.teaches(own.course_id)
    parts = queries.parts_of(actor, project)
    shared = {
        "project": project,
        "draft": project.state is ProjectState.DRAFT,
        "open": is_open(project, now()),
        "dates": dates_of(project, now(), own.extension),
        "date_names": DATE_NAMES,
        "prompts": parts.prompts,
        "materials": parts.materials,
        "examples": project_examples(project.course_id, project.id),
        "who_sees": (WHO_SEES if staff else WHO_SEES_STUDENTS)[project.anonymity.value],
        "form": PlainForm(),
    }
    if staff:
        return render_template("projects/show_staff.html", **shared, **_for_staff(actor, own))
    return render_template("projects/show.html", **shared, **_for_student(actor, own))


def _for_staff(actor: Actor, own: queries.Own) -> dict[str, Any]:
    project = own.project
    people = participants(actor, project)
    peers = [
        peer
        for peer in peers_of([project.id], actor.person_id).get(project.id, [])
        if peer.state is State.VISIBLE and actor.tends(own.course_id, peer.member.section_id)
    ]
    short = sorted((peer for peer in peers if peer.received < _enough(project, peers)), key=_waiting)
    return {
        "students": len(people),
        "bar": _bar(project, people),
        "figures": _figures(project, people),
        "short": [_line(actor, project, peer) for peer in short[:MOST_SHOWN]],
        "short_count": len(short),
        "post_count": len(peers),
        "extended": queries.extended_in(actor, project),
        "may_edit": may(actor, "project:edit", project),
        "links": {
            "coverage": url_for("projects.coverage", project_id=project.public_id),
            "short": url_for("projects.coverage", project_id=project.public_id, show="short"),
            "people": _people(project, Show.ALL),
        },
    }


def _enough(project: Project, peers: list[Peer]) -> int:
    """How many comments a post should get."""
    if project.pairing is PairingPolicy.EVERYONE:
        return max(len(peers) - 1, 0)
    return min(project.comments_wanted, max(len(peers) - 1, 0))


def _waiting(peer: Peer) -> tuple[int, float]:
    return peer.received, peer.posted


def _people(project: Project, show: Show) -> str:
    return url_for("participation.people", project_id=project.public_id, show=show.value or None)


def _bar(project: Project, people: list[Participant]) -> list[dict[str, Any]]:
    """How far the class is; each part leads to those who are there."""
    counted = counts(people)
    parts = (
        (Show.DONE, _("done"), "leaf"),
        (Show.WAITING, _("waiting for others"), "sky"),
        (Show.IN_PROGRESS, _("in progress"), "gold"),
        (Show.NOT_STARTED, _("not started"), "none"),
    )
    return [
        {"label": label, "count": counted[show], "tone": tone, "url": _people(project, show)}
        for show, label, tone in parts
        if counted[show] or show is not Show.WAITING
    ]


def _figures(project: Project, people: list[Participant]) -> list[tuple[str, str]]:
    """What cuts across: sentences, each with the address of those it counts."""
    counted = counts(people)
    told = (
        (Show.UNPOSTED, _n("%(num)s has no post yet", "%(num)s have no post yet", counted[Show.UNPOSTED])),
        (Show.LATE, _n("%(num)s is late", "%(num)s are late", counted[Show.LATE])),
    )
    return [(words, _people(project, show)) for show, words in told if counted[show]]


def _for_student(actor: Actor, own: queries.Own) -> dict[str, Any]:
    project = own.project
    if not actor.studies(project.course_id):
        return {"studies": False, "extension": None, "samples": steps_for(actor, project.id)}
    mine, interests = progress.own_and_interests(actor, project)
    post = mine.post if mine else None
    return {
        "studies": True,
        "post": post,
        "posted": post is not None and post.state not in NOT_YET,
        "fresh": mine.fresh if mine else 0,
        "extension": own.extension,
        "closed": actor.is_over(project.course_id) or is_closed(project, Phase.POST, now(), own.extension),
        "links": {
            "write": url_for("posts.write", project_id=project.public_id),
            "post": url_for("comments.show", post_id=post.public_id) if post else None,
            "receipt": url_for("posts.receipt", post_id=post.public_id) if post else None,
        },
        **_to_read(actor, own, post, interests),
        "samples": steps_for(actor, project.id),
    }


def _to_read(actor: Actor, own: queries.Own, post: Post | None, interests: Interests) -> dict[str, Any]:
    """The duty, the posts to comment on, and those commented on already; one statement."""
    project = own.project
    peers = peers_of([project.id], actor.person_id).get(project.id, [])
    duty = duty_from(
        project,
        peers,
        me=actor.person_id,
        at=now(),
        extension=own.extension,
        shut_out=is_shut_out(project, own.extension, post.state if post else None),
    )
    if actor.is_over(project.course_id):
        duty = replace(duty, next_post=None, waiting_reason="closed")
    taste = Taste(project, interests)
    show = remembered("posts", request.args.get("show"), SHOWS)
    reachable = [peer for peer in peers if peer.state is State.VISIBLE]
    waiting = [peer for peer in reachable if not peer.left]
    queue = queue_for(project, waiting, me=actor.person_id, at=now()) if not duty.waiting_reason else []
    owed = max(duty.wanted - duty.done, 0)
    first = queue[:owed] if project.pairing is PairingPolicy.ASSIGNED else queue[: max(owed, MOST_SHOWN)]
    if duty.is_done:
        first = []
    others = arranged(queue[len(first) :], taste.of, show)
    rest = page_of(others, request.args.get("page", 1, type=whole), MOST_SHOWN)
    return {
        "interests": taste.interests,
        "choices": chips(show, SHOWS, ".show", project_id=project.public_id) if taste.interests else [],
        "shown": show,
        "duty": duty,
        "next": _line(actor, project, duty.next_post) if duty.next_post and not duty.is_done else None,
        "to_read": [_line(actor, project, peer, taste) for peer in first],
        "more_to_read": [_line(actor, project, peer, taste) for peer in rest.rows],
        "rest": rest,
        "read": [
            _line(actor, project, peer, taste)
            for peer in arranged([peer for peer in reachable if peer.sent], taste.of, show)
        ],
        "mine": _own_comments(duty),
    }


def _own_comments(duty: Duty) -> dict[str, str | None]:
    """Own comments that need a second hand."""
    return {
        "came_back": url_for("comments.comment", comment_id=duty.came_back) if duty.came_back else None,
        "to_improve": url_for("comments.comment", comment_id=duty.to_improve) if duty.to_improve else None,
    }


def _line(actor: Actor, project: Project, peer: Peer, taste: Taste | None = None) -> Line:
    return Line(
        title=peer.title,
        name=shown_to(actor, project, peer.member).name,
        url=url_for("comments.show", post_id=peer.public_id),
        posted_at=peer.posted_at,
        received=peer.received,
        began=peer.drafting and not actor.borrowed,
        sent=peer.sent,
        followed=taste is not None and taste.of(peer) is Stance.FOLLOW,
    )
