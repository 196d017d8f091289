"""Sentences about who reads a request, and about where it stands."""

from classroom.core.i18n import _
from classroom.courses.queries import Member
from classroom.help_requests.models import Audience
from classroom.help_requests.placing import Place
from classroom.help_requests.rules import HelpState
from classroom.projects.naming import peer_name


def who_reads(place: Place, member: Member) -> dict[str, str]:
    """For each audience: who will see what, under which name."""
    name = member.called or member.name
    class_ = _("Everyone who sees this post") if place.post else _("The class")
    said = {
        Audience.NAME: _("%(who)s reads it, and sees that it is from %(name)s.", who=class_, name=name),
        Audience.STAFF: _("No classmate ever sees it. Staff see that it is from %(name)s.", name=member.name),
    }
    if place.project is not None:
        said[Audience.PEER_NAME] = _(
            "%(who)s reads it as from %(name)s. Your instructor sees your name.",
            who=class_,
            name=peer_name(place.project, member),
        )
    return {audience.value: words for audience, words in said.items()}


def who_reads_answer(asker: str, shown_as: str, *, mine: bool, staff_only: bool) -> str:
    """The sentence beside an answer, or beside what the asker adds."""
    if mine and staff_only:
        return _("Staff read it, under the name %(name)s.", name=shown_as)
    if mine:
        return _("The class reads it, under the name %(name)s.", name=shown_as)
    if staff_only:
        return _("%(asker)s and the staff read it, under the name %(name)s.", asker=asker, name=shown_as)
    return _("%(asker)s and the class read it, under the name %(name)s.", asker=asker, name=shown_as)


def state_words(state: HelpState) -> str:
    """How it is said where a request stands."""
    return {
        HelpState.OPEN: _("open"),
        HelpState.TAKEN: _("being helped"),
        HelpState.ANSWERED: _("answered"),
        HelpState.REOPENED: _("open again"),
        HelpState.WITHDRAWN: _("taken back"),
    }[state]
