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


def reason_to_skip(record: Record, header: tuple[str, ...] | None, source: Source) -> Why | None:
    """None for a person. What is left out is told in the preview, never dropped in silence."""
    if not header:
        return None
    if _is_heading_again(record, header):
        return Why.HEADING_AGAIN
    if source is Source.CANVAS:
        return _skip_in_canvas(record, header)
    if source is Source.BLACKBOARD:
        return _skip_in_blackboard(record, header)
    return None


def _is_heading_again(record: Record, header: tuple[str, ...]) -> bool:
    filled = [cell for cell in record.cells if cell]
    return len(filled) > 1 and [header_key(cell) for cell in filled] == [header_key(c) for c in header if c]


def _skip_in_canvas(record: Record, header: tuple[str, ...]) -> Why | None:
    name, number = _under(record, header, "student"), _under(record, header, "id")
    if header_key(name) in _NAME_OF_TEST_STUDENT and "," in name:
        return Why.TEST_STUDENT
    if header_key(name) == "pointspossible":
        return Why.POINTS_POSSIBLE
    if not number and "," not in name and not _has_login(record, header):
        # In every language Canvas puts the points below the heading, in a row without an ID.
        return Why.POINTS_POSSIBLE
    return None


def _has_login(record: Record, header: tuple[str, ...]) -> bool:
    return any(_under(record, header, key) for key in ("sisuserid", "sisloginid", "email"))


def _skip_in_blackboard(record: Record, header: tuple[str, ...]) -> Why | None:
    if header_key(_under(record, header, "username")).endswith("previewuser"):
        return Why.TEST_STUDENT
    if header_key(_under(record, header, "availability")) in _NOT_AVAILABLE:
        return Why.UNAVAILABLE
    return None


def _under(record: Record, header: tuple[str, ...], key: str) -> str:
    for index, cell in enumerate(header):
        if header_key(cell) == key:
            return record.cell(index)
    return ""
