"""Reads how a class is doing across the projects that run: five statements, whatever its size."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, union_all

from classroom.access import Actor
from classroom.comments.models import Comment, Reply
from classroom.comments.queries_participation import Turnout, turnouts
from classroom.core.clock import now
from classroom.core.db import db
from classroom.courses.models import Course, Membership
from classroom.courses.queries import Member
from classroom.help_requests.models import HelpAnswer, HelpRequest
from classroom.insights import today
from classroom.insights.queries_matrix import begun_projects
from classroom.insights.today import Drift, Line, Mark, Round, Sign
from classroom.notices.queries_tending import Tended, tended_since
from classroom.posts.models import Post

MOST = 6  # projects that are looked at together: those that opened last
TENDED = timedelta(days=14)  # for how long what was done is told


@dataclass(frozen=True)
class Garden:
    """The projects that run, who could use a word there, and what came of what was done.

    `left_out` is how many more projects run than are looked at.
    """

    turnouts: Sequence[Turnout]
    drifts: Sequence[Drift]
    lines: Sequence[Line]
    rounds: Sequence[Round]
    students: int
    left_out: int

    def shown(self, sign: Sign | None) -> list[Drift]:
        """Those to whom nobody has turned lately come first; then by name."""
        found = [one for one in self.drifts if one.has(sign)]
        return sorted(found, key=lambda one: (bool(one.tended), one.member.name.casefold()))


def garden_of(actor: Actor, course: Course, days: int) -> Garden:
    """The students in the actor's care."""
    at = now()
    running = [one for one in reversed(begun_projects(actor, course.id)) if today.runs(one, at)]
    looked_at = running[:MOST]
    seen = turnouts(actor, looked_at)
    last, tended = _last_active(course.id), tended_since(actor, course.id, at - TENDED)
    members = {one.member.person_id: one.member for turnout in seen for one in turnout.people}
    drifts = _drifts(seen, last, tended, at, days)
    return Garden(
        turnouts=seen,
        drifts=drifts,
        lines=today.lines_of(seen, drifts),
        rounds=today.rounds_of(tended, seen, members),
        students=len(members),
        left_out=len(running) - len(looked_at),
    )


def _last_active(course_id: int) -> dict[int, datetime]:
    """When each person wrote something in the course last, or joined it."""
    moments = (
        (Membership, Membership.person_id, Membership.joined_at),
        (Comment, Comment.author_id, Comment.saved_at),
        (Post, Post.author_id, func.coalesce(Post.draft_saved_at, Post.revised_at, Post.posted_at)),
        (Post, Post.author_id, Post.revised_at),
        (Reply, Reply.author_id, Reply.created_at),
        (HelpRequest, HelpRequest.author_id, HelpRequest.created_at),
        (HelpAnswer, HelpAnswer.author_id, HelpAnswer.created_at),
    )
    every = union_all(
        *(
            select(person.label("person_id"), moment.label("at")).where(table.course_id == course_id)
            for table, person, moment in moments
        )
    ).subquery()
    rows = db.session.execute(select(every.c.person_id, func.max(every.c.at)).group_by(every.c.person_id))
    return {person_id: at for person_id, at in rows if at is not None}


def _drifts(
    seen: Sequence[Turnout],
    last: dict[int, datetime],
    tended: Sequence[Tended],
    at: datetime,
    days: int,
) -> list[Drift]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    members: dict[int, Member] = {}
    for turnout in seen:
        for person_id, found in today.marks_in(turnout, at).items():
            marks[person_id] += found
    for turnout in seen:
        for one in turnout.people:
            person_id = one.member.person_id
            members[person_id] = one.member
            quiet = today.is_quiet(one, last.get(person_id), turnout.project, at, days)
            if quiet and not any(mark.sign is Sign.QUIET for mark in marks[person_id]):
                marks[person_id].append(Mark(Sign.QUIET, turnout.project, one))
    acts: dict[int, list[Tended]] = defaultdict(list)
    for act in tended:
        acts[act.person_id].append(act)
    works = today.works_of(seen)
    drifts = []
    for person_id, found in marks.items():
        if not found:
            continue
        mine = tuple(acts[person_id])
        outcome = today.came_of(mine[0].at, works[person_id].values()) if mine else today.Outcome()
        step = today.step_for(found, mine, outcome, at)
        drifts.append(Drift(members[person_id], tuple(found), last.get(person_id), mine, outcome, step))
    return drifts
