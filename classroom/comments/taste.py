"""What one person wants to see of the posts of a project: what they follow first, what they mute left out."""

from dataclasses import dataclass

from classroom.comments.tallies import Peer
from classroom.following.models import Stance
from classroom.following.rules import Interests
from classroom.projects.models import Anonymity, Project


@dataclass(frozen=True)
class Taste:
    """One person's interests in one project.

    What they are asked to comment on is not touched by it: nobody else has more to do because somebody mutes.
    """

    project: Project
    interests: Interests

    def of(self, peer: Peer) -> Stance | None:
        """Where names are hidden, what was said of a person says nothing: it would tell whose post it is."""
        named = self.project.anonymity is Anonymity.NAMED
        person = peer.member.public_id if named else ""
        return self.interests.of_post(peer.public_id, peer.title, person=person)
