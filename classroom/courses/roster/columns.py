"""Which column holds what: guessed from headings and contents, and changed by the person who knows better."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l
from classroom.courses.roster.cells import header_key, is_address, tidy
from classroom.courses.roster.problems import Code, Problem
from classroom.courses.roster.table import Source, Table
from classroom.courses.roster.vocabulary import HALF_OR_WHOLE, ROLES, WORDS

FIELDS = ("name", "first", "last", "email", "external_id", "login", "section", "role")
_SAMPLE = 200
Test = Callable[[str], bool]


@dataclass(frozen=True)
class Columns:
    """For each field the index of its column, counted from 0, or None."""

    source: Source = Source.GENERIC
    name: int | None = None
    first: int | None = None
    last: int | None = None
    email: int | None = None
    external_id: int | None = None
    login: int | None = None
    section: int | None = None
    role: int | None = None

    def chosen(self) -> dict[str, int]:
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "source"}
        return {field: index for field, index in values.items() if index is not None}


class ColumnsRefused(RuleBroken):
    """A choice of columns that cannot work, with the problem beside each field."""

    message = _l("Some columns are not chosen right.")

    def __init__(self, problems: dict[str, Problem]) -> None:
        super().__init__()
        self.problems = problems


def guess_columns(table: Table) -> Columns:
    """A first mapping to show; what cannot be told stays None."""
    if table.source is Source.ADDRESSES:
        return Columns(Source.ADDRESSES, name=0, email=1)
    samples = [_sample(table, index) for index in range(table.width)]
    if table.header is None:
        return replace(_by_contents(samples, set()), source=table.source)
    found = _by_headings(table.header, samples)
    rest = _by_contents(samples, set(found.values())).chosen()
    if not found.keys() & {"name", "first", "last"} and Source.GENERIC is table.source:
        found |= {field: rest[field] for field in ("name", "first", "last") if field in rest}
    if "email" not in found and "email" in rest:
        found["email"] = rest["email"]
    return Columns(source=table.source, **_one_kind_of_name(found))


def with_columns(table: Table, choice: Mapping[str, int | None]) -> Columns:
    """The mapping a person chose, or ColumnsRefused with a problem for each field that cannot stand."""
    problems: dict[str, Problem] = {}
    used: dict[int, str] = {}
    for field, index in choice.items():
        if field not in FIELDS:
            problems[field] = Problem(Code.FIELD_UNKNOWN)
        elif index is None:
            continue
        elif not 0 <= index < table.width:
            problems[field] = Problem(Code.COLUMN_UNKNOWN)
        elif index in used:
            problems[field] = Problem(Code.COLUMN_TWICE, {"other": used[index]})
        else:
            used[index] = field
    chosen = {field: index for index, field in used.items()}
    for field, problem in _gaps(chosen).items():
        problems.setdefault(field, problem)
    if problems:
        raise ColumnsRefused(problems)
    return Columns(source=table.source, **chosen)


def _gaps(chosen: dict[str, int]) -> dict[str, Problem]:
    gaps = {}
    if "name" in chosen and ("first" in chosen or "last" in chosen):
        gaps["name"] = Problem(Code.NAME_AND_PARTS)
    if not chosen.keys() & {"name", "first", "last"}:
        gaps["name"] = Problem(Code.NO_NAME_COLUMN)
    if not chosen.keys() & {"email", "login"}:
        gaps["email"] = Problem(Code.NO_EMAIL_COLUMN)
    return gaps


def _sample(table: Table, index: int) -> list[str]:
    cells = (record.cell(index) for record in table.records[:_SAMPLE])
    return [cell for cell in cells if cell]


def _by_headings(header: Sequence[str], samples: list[list[str]]) -> dict[str, int]:
    keys = [header_key(cell) for cell in header]
    found: dict[str, int] = {}
    for field, words in WORDS.items():
        fitting = [index for index, key in enumerate(keys) if key in words and index not in found.values()]
        if fitting:
            # An empty column helps nobody: Canvas writes "SIS User ID" even where there is no SIS.
            found[field] = min(fitting, key=lambda index: (not samples[index], words.index(keys[index])))
    if "email" not in found:
        mail = [i for i, key in enumerate(keys) if "mail" in key and _share(samples[i], is_address) > 0.5]
        found |= {"email": mail[0]} if mail else {}
    return _halves(found, keys)


def _halves(found: dict[str, int], keys: list[str]) -> dict[str, int]:
    """`Name, Vorname`: beside a first name, "Name" is the last name, and the other way round."""
    if "name" in found and keys[found["name"]] in HALF_OR_WHOLE:
        if "first" in found and "last" not in found:
            found["last"] = found.pop("name")
        elif "last" in found and "first" not in found:
            found["first"] = found.pop("name")
    return found


def _one_kind_of_name(found: dict[str, int]) -> dict[str, int]:
    if "name" not in found:
        return found
    if "first" in found and "last" in found:
        return {field: index for field, index in found.items() if field != "name"}
    return {field: index for field, index in found.items() if field not in {"first", "last"}}


def _by_contents(samples: list[list[str]], taken: set[int]) -> Columns:
    """Without a heading the cells themselves must tell."""
    free = [index for index in range(len(samples)) if index not in taken and samples[index]]
    shares = {index: _share(samples[index], is_address) for index in free}
    email = max(free, key=lambda index: shares[index], default=None)
    if email is not None and shares[email] == 0:
        email = None
    free = [index for index in free if index != email]
    external_id = _first(free, samples, _is_number)
    free = [index for index in free if index != external_id]
    role = _first(free, samples, lambda cell: header_key(cell) in ROLES)
    free = [index for index in free if index != role and _share(samples[index], _has_letters) > 0.8]
    guess = Columns(email=email, external_id=external_id, role=role)
    return _named_by_contents(guess, free, samples)


def _named_by_contents(guess: Columns, free: list[int], samples: list[list[str]]) -> Columns:
    if not free:
        return guess
    whole = _share(samples[free[0]], lambda cell: " " in cell or "," in cell) > 0.6
    if whole or len(free) == 1:
        section = free[1] if len(free) > 1 and _repeats(samples[free[1]]) else None
        return replace(guess, name=free[0], section=section)
    if _repeats(samples[free[1]]) and len(set(samples[free[1]])) * 3 < len(samples[free[1]]):
        return replace(guess, name=free[0], section=free[1])
    section = free[2] if len(free) > 2 and _repeats(samples[free[2]]) else None
    return replace(guess, first=free[0], last=free[1], section=section)


def _first(free: list[int], samples: list[list[str]], test: Test) -> int | None:
    return next((index for index in free if _share(samples[index], test) > 0.8), None)


def _share(cells: list[str], test: Test) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _repeats(cells: list[str]) -> bool:
    return len(cells) > 3 and len(set(cells)) * 2 <= len(cells)


def _is_number(cell: str) -> bool:
    digits = sum(1 for character in cell if character.isdigit())
    return digits >= 3 and digits * 2 > len(tidy(cell))


def _has_letters(cell: str) -> bool:
    return any(character.isalpha() for character in cell)
