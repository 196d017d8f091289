"""What a student still owes in a project, and the post to comment on next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from classroom.comments.tallies import Peer
from classroom.pairing import Work, offer
from classroom.posts.states import State
from classroom.projects.models import Extension, PairingPolicy, Project
from classroom.projects.rules import Phase, due, is_closed, is_open, is_over


@dataclass(frozen=True)
class Duty:
    """`done` of `wanted` meaningful comments; `held` of the done ones wait for a person.

    Without a `next_post`, `waiting_reason` says why: done, not_open, post_first, no_posts, more_posts or
    closed.
    `came_back` and `to_improve` are public ids of one's own comments that need a second hand.
    """

    project: Project
    done: int
    held: int
    wanted: int
    due: datetime | None
    next_post: Peer | None
    waiting_reason: str | None
    came_back: str | None = None
    to_improve: str | None = None
    second: Peer | None = None

    def beyond(self, post_id: str) -> Peer | None:
        """The next post that is not this one, which may have been begun; None when nothing is owed."""
        if self.is_done or self.next_post is None or self.next_post.public_id != post_id:
            return None if self.is_done else self.next_post
        return self.second

    @property
    def is_done(self) -> bool:
        return self.done >= self.wanted

    @property
    def shown(self) -> int:
        """Never more leaves than were asked for."""
        return min(self.done, self.wanted)


def duty_from(
    project: Project,
    peers: Sequence[Peer],
    *,
    me: int,
    at: datetime,
    extension: Extension | None = None,
    shut_out: bool = False,
) -> Duty:
    """One student's duty. `peers`: the others' posts; `shut_out`: they may not be read before posting."""
    done = sum(peer.done for peer in peers)
    open_posts = [peer for peer in peers if peer.state is State.VISIBLE and not peer.left]
    gone_but_done = sum(peer.done for peer in peers if peer.state is not State.VISIBLE or peer.left)
    wanted = wanted_of(project, len(open_posts), gone_but_done, at)
    reason = _why_not(project, open_posts, at, extension, shut_out=shut_out)
    queue = [] if reason else queue_for(project, open_posts, me=me, at=at)
    if not reason and not queue:
        reason = "done" if done >= wanted else "more_posts"
    return Duty(
        project=project,
        done=done,
        held=sum(peer.held for peer in peers),
        wanted=wanted,
        due=due(project, Phase.COMMENT, extension),
        next_post=queue[0] if queue else None,
        second=queue[1] if len(queue) > 1 else None,
        waiting_reason=reason,
        came_back=next((peer.returned for peer in peers if peer.returned), None),
        to_improve=next((peer.thin for peer in peers if peer.thin and not peer.done), None),
    )


def wanted_of(project: Project, open_posts: int, gone_but_done: int, at: datetime) -> int:
    """What the project asks for, and never more than there is to read once posting is over."""
    if project.pairing is PairingPolicy.EVERYONE:
        return open_posts + gone_but_done
    if is_over(project, Phase.POST, at):
        return min(project.comments_wanted, open_posts + gone_but_done)
    return project.comments_wanted


def _why_not(
    project: Project, open_posts: Sequence[Peer], at: datetime, extension: Extension | None, *, shut_out: bool
) -> str | None:
    if not is_open(project, at):
        return "not_open"
    if is_closed(project, Phase.COMMENT, at, extension):
        return "closed"
    if shut_out:
        return "post_first"
    return None if open_posts else "no_posts"


def queue_for(project: Project, peers: Sequence[Peer], *, me: int, at: datetime) -> list[Peer]:
    """Posts to comment on, best first: what one has begun, was asked for, then what needs it most."""
    left = [peer for peer in peers if not peer.sent]
    offered = offer(
        [Work(peer.post_id, peer.author_id, peer.posted) for peer in left],
        {peer.post_id: peer.received for peer in left},
        me=me,
        writing={peer.post_id: peer.writing + peer.asked for peer in left},
        seed=project.secret,
    )
    by_id = {peer.post_id: peer for peer in left}
    queue = [by_id[work.id] for work in offered]
    if project.pairing is PairingPolicy.ASSIGNED and not is_over(project, Phase.POST, at):
        # While posts still arrive, the first ones must not swallow the class.
        wanted = project.comments_wanted
        queue = [
            peer
            for peer in queue
            if peer.paired or peer.drafting or peer.received + peer.writing + peer.asked < wanted
        ]
    return sorted(queue, key=lambda peer: (not peer.drafting, not peer.paired))
