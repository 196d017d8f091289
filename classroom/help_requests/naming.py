"""Under which name one person sees another in a request and its thread."""

from classroom.access import Actor
from classroom.courses.queries import Member
from classroom.help_requests.models import Audience, HelpRequest
from classroom.projects.models import Anonymity, Project
from classroom.projects.naming import STAFF_ROLES, Shown, shown_to


def shown_in(viewer: Actor, request: HelpRequest, member: Member) -> Shown:
    """The asker as they chose; everyone else as the project has it, or by name where there is none."""
    asked_by_name = member.person_id == request.author_id and request.audience is not Audience.PEER_NAME
    if request.project is None or asked_by_name:
        return _by_name(viewer, request.course_id, member)
    return shown_to(viewer, request.project, member)


def _by_name(viewer: Actor, course_id: int, member: Member) -> Shown:
    staff, mine = member.role in STAFF_ROLES, member.person_id == viewer.person_id
    full = staff or mine or viewer.tends(course_id, member.section_id)
    return Shown(member.name if full else member.called or member.name, mine=mine, staff=staff)


def is_coarse(viewer: Actor, request: HelpRequest) -> bool:
    """Where names are hidden, classmates learn the day and not the minute."""
    return _is_blind(request.project) and not viewer.teaches(request.course_id)


def _is_blind(project: Project | None) -> bool:
    return project is not None and project.anonymity is not Anonymity.NAMED
