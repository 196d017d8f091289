"""What the interface calls roles."""

from classroom.access import Role
from classroom.core.i18n import LazyString, _l

ROLE_WORDS: dict[Role, LazyString] = {
    Role.STUDENT: _l("Student"),
    Role.ASSISTANT: _l("Assistant"),
    Role.INSTRUCTOR: _l("Instructor"),
    Role.OBSERVER: _l("Observer"),
}
ROLE_HINTS: dict[Role, LazyString] = {
    Role.STUDENT: _l("Posts work and comments on others'."),
    Role.ASSISTANT: _l(
        "Sees names, tends the queue and follows who is where; of some sections, if you choose them."
    ),
    Role.INSTRUCTOR: _l("May do everything you may, also with you."),
    Role.OBSERVER: _l("Reads along and writes nothing."),
}
