"""Which system an export comes from, and which of its rows are no people."""

from classroom.courses.roster.cells import header_key
from classroom.courses.roster.table import Record, Source, Why

# Each set alone tells the system; headings differ by its version and language.
_SIGNS: tuple[tuple[Source, tuple[frozenset[str], ...]], ...] = (
    (
        Source.CANVAS,
        (
            frozenset({"student", "sisuserid"}),
            frozenset({"student", "sisloginid"}),
            frozenset({"student", "id", "section"}),
            frozenset({"lastname", "firstname", "sisuserid"}),
            frozenset({"lastname", "firstname", "sisloginid"}),
        ),
    ),
    (
        Source.BLACKBOARD,
        (
            frozenset({"lastname", "firstname", "username", "lastaccess"}),
            frozenset({"lastname", "firstname", "username", "availability"}),
            frozenset({"lastname", "firstname", "username", "studentid"}),
            frozenset({"nachname", "vorname", "benutzername", "letzterzugriff"}),
            frozenset({"apellidos", "nombre", "nombredeusuario", "ultimoacceso"}),
        ),
    ),
    (
        Source.MOODLE,
        (
            frozenset({"firstname", "surname", "emailaddress"}),
            frozenset({"firstname", "lastname", "emailaddress", "idnumber"}),
            frozenset({"firstname", "lastname", "emailaddress", "groups"}),
            frozenset({"firstname", "lastname", "lastdownloadedfromthiscourse"}),
            frozenset({"vorname", "nachname", "idnummer"}),
            frozenset({"prenom", "nomdefamille", "numerodidentification"}),
            frozenset({"nombre", "apellidos", "numerodeid"}),
        ),
    ),
)
_NAME_OF_TEST_STUDENT = frozenset({"studenttest", "teststudent"})
_NOT_AVAILABLE = frozenset({"no", "nein", "non"})


def source_of(header: tuple[str, ...] | None) -> Source:
    keys = {header_key(cell) for cell in header or ()}
    for source, signs in _SIGNS:
        if any(sign <= keys for sign in signs):
            return source
    return Source.GENERIC


class Heading:
    """A table's header with the place of each of its words."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self.cells = header
        keys = [header_key(cell) for cell in header]
        self.places = {key: keys.index(key) for key in dict.fromkeys(keys)}

    def under(self, key: str, record: Record) -> str:
        return record.cell(self.places.get(key))


def reason_to_skip(record: Record, heading: Heading, source: Source) -> Why | None:
    """None for a person. What is left out is told in the preview, never dropped in silence."""
    if record.cells == heading.cells:
        return Why.HEADING_AGAIN
    if source is Source.CANVAS:
        return _skip_in_canvas(record, heading)
    if source is Source.BLACKBOARD:
        return _skip_in_blackboard(record, heading)
    return None


def _skip_in_canvas(record: Record, heading: Heading) -> Why | None:
    name = heading.under("student", record)
    if header_key(name) in _NAME_OF_TEST_STUDENT and "," in name:
        return Why.TEST_STUDENT
    if header_key(name) == "pointspossible":
        return Why.POINTS_POSSIBLE
    known = any(heading.under(key, record) for key in ("id", "sisuserid", "sisloginid", "email"))
    if not known and "," not in name:
        # In every language Canvas puts the points below the heading, in a row without an ID.
        return Why.POINTS_POSSIBLE
    return None


def _skip_in_blackboard(record: Record, heading: Heading) -> Why | None:
    if header_key(heading.under("username", record)).endswith("previewuser"):
        return Why.TEST_STUDENT
    if header_key(heading.under("availability", record)) in _NOT_AVAILABLE:
        return Why.UNAVAILABLE
    return None
