"""The sentences of a post's pages: who sees it, under which name, and where it stands."""

from classroom.access import Actor
from classroom.core.i18n import LazyString, _, _l
from classroom.courses.queries import Member
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Project
from classroom.projects.naming import peer_name

STATES: dict[State, LazyString] = {
    State.HELD: _l(
        "Your post waits for a person to look at it. Until then only you and your instructor see it. "
        "You lose nothing by that: no date passes for you."
    ),
    State.RETURNED: _l(
        "Your post came back to you: your instructor asks you to change something. "
        "Post it again, and the class sees it."
    ),
    State.REMOVED: _l("Your instructor removed this post. Ask them what you can do; your text is kept here."),
    State.WITHDRAWN: _l("You took this post back. Nobody else sees it. You can post it again."),
}


def myself(actor: Actor, course_id: int) -> Member:
    """The actor as a member of the course; asks nothing."""
    seat = actor.seats[course_id]
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


def who_sees(project: Project, member: Member) -> str:
    """Who will see a post of that student, and under which name."""
    if project.anonymity is Anonymity.NAMED:
        names = _("Your class sees this with your name, %(name)s.", name=peer_name(project, member))
    elif project.anonymity is Anonymity.PSEUDONYMOUS:
        names = _(
            "Your class sees this as %(name)s’s. Your instructor sees your name.",
            name=peer_name(project, member),
        )
    else:
        names = _("Your class sees this without a name. Your instructor sees your name.")
    if project.post_first:
        return f"{names} {_('Classmates see it once they have posted too.')}"
    return names


def own_names(actor: Actor) -> list[str]:
    """What would give an author away in their own text."""
    return [actor.name, actor.called, *actor.name.split()]
