"""Under which name one person sees another: the one function for pages, mail, exports and search."""

from dataclasses import dataclass

from classroom.access import Actor, Role
from classroom.core.i18n import _
from classroom.courses.queries import Member
from classroom.projects.models import Anonymity, Project
from classroom.projects.pseudonyms import pseudonym

STAFF_ROLES = frozenset({Role.INSTRUCTOR, Role.ASSISTANT})


@dataclass(frozen=True)
class Shown:
    """A name as one viewer sees it. `also` is the name that peers see, told to staff and to oneself."""

    name: str
    mine: bool = False
    staff: bool = False
    also: str | None = None

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words if len(words) < 3 else (words[0], words[-1]))).upper()


def peer_name(project: Project, member: Member) -> str:
    """The name under which classmates see a student in this project."""
    if project.anonymity is Anonymity.PSEUDONYMOUS:
        return pseudonym(project.secret, member.number)
    if project.anonymity is Anonymity.ANONYMOUS:
        return _("A classmate")
    return member.called or member.name


def shown_to(viewer: Actor, project: Project, member: Member) -> Shown:
    """`member` as `viewer` sees them in `project`: staff see the names of the students in their care."""
    if member.role in STAFF_ROLES:
        return Shown(member.name, mine=member.person_id == viewer.person_id, staff=True)
    hidden = project.anonymity is not Anonymity.NAMED
    peers_see = peer_name(project, member)
    if member.person_id == viewer.person_id:
        return Shown(peers_see if hidden else member.name, mine=True, also=peers_see if hidden else None)
    if viewer.tends(project.course_id, member.section_id):
        return Shown(member.name, also=peers_see if hidden else None)
    return Shown(peers_see)
