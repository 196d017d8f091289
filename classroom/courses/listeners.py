"""What courses does once the commit has succeeded: mail the invitations, delete the bytes of a course."""

import logging

from classroom.core import storage
from classroom.core.errors import RuleBroken
from classroom.core.events import after
from classroom.core.i18n import _
from classroom.core.links import absolute
from classroom.core.mail import Letter, send
from classroom.courses.commands_delete import CourseDeleted
from classroom.courses.commands_invite import InvitationMade


@after(InvitationMade)
def mail_invitation(event: InvitationMade) -> None:
    """It says who put them on the list, and how to come in when the link is old."""
    text = _(
        "Hello %(name)s,\n\n%(by)s has put you on the list of “%(course)s”. "
        "This link lets you in; it works once, for two weeks:\n\n%(link)s\n\n"
        "Later, this address and a link by mail are enough: %(sign_in)s\n\n"
        "If you do not know of such a course, you need not do anything.",
        name=event.name,
        by=event.by,
        course=event.course,
        link=absolute(f"/sign-in/link/{event.token}"),
        sign_in=absolute("/sign-in"),
    )
    send(Letter(event.email, _("Your place in “%(course)s”", course=event.course), text))


@after(CourseDeleted)
def drop_bytes(event: CourseDeleted) -> None:
    """What cannot be reached now is under no name; a sweep finds it."""
    left = 0
    for key in event.keys:
        try:
            storage.store().delete(key)
        except RuleBroken:
            left += 1
    if left:
        logging.getLogger("classroom").warning("%s files of a deleted course could not be deleted", left)
