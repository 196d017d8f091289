"""The form on which people choose what comes by mail."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import DataRequired

from classroom.core.i18n import _l
from classroom.notices.letters import GROUPS
from classroom.notices.models import Group, Way
from classroom.web.forms import BaseForm, choices

WAYS = (
    (Way.NOW.value, _l("At once")),
    (Way.DAILY.value, _l("Daily")),
    (Way.WEEKLY.value, _l("Weekly")),
    (Way.HERE.value, _l("Only here")),
)
HINTS = {
    Group.ASKED: _l("A project opens, a post waits for your comment, you have more time."),
    Group.SOON: _l("The afternoon before, and only while something is still yours to do."),
    Group.CAME_BACK: _l("With the reason, and what you can do."),
    Group.HELP: _l("Someone helps with a request of yours, or adds to one that you answered."),
    Group.TALK: _l("Someone commented or answered, a comment counts or is visible again."),
    Group.CELEBRATED: _l("Yours was celebrated, or you were given one."),
    Group.SAID: _l("To the course, or to you. These are few."),
    Group.FOLLOWED: _l("A new post or comment in what you follow."),
    Group.BOARDS: _l("One question to everyone: it opens, and later its wall does."),
    Group.RECEIPTS: _l("When it arrived and what it held, for your own records."),
}


def _choice(group: Group) -> RadioField:
    return RadioField(
        GROUPS[group], [DataRequired(_l("Choose one."))], choices=choices(WAYS), description=HINTS[group]
    )


class MailForm(BaseForm):
    """One choice for each group of news."""

    asked = _choice(Group.ASKED)
    soon = _choice(Group.SOON)
    came_back = _choice(Group.CAME_BACK)
    help = _choice(Group.HELP)
    talk = _choice(Group.TALK)
    celebrated = _choice(Group.CELEBRATED)
    said = _choice(Group.SAID)
    followed = _choice(Group.FOLLOWED)
    boards = _choice(Group.BOARDS)
    receipts = _choice(Group.RECEIPTS)

    def chosen(self) -> dict[Group, Way]:
        return {group: Way(self[group.value].data) for group in Group}

    def rows(self) -> list[Any]:
        return [self[group.value] for group in Group]
