"""Exports of three systems and plain lists in several languages: recognised, mapped, and changeable."""

from pathlib import Path

import pytest

from classroom.courses.roster import (
    Code,
    Columns,
    ColumnsRefused,
    Source,
    Why,
    decode,
    guess_columns,
    pasted,
    read,
    rows,
    with_columns,
)

EXPORTS = Path(__file__).parent / "roster_exports"


def export(name):
    table = read(decode((EXPORTS / name).read_bytes(), name))
    return table, guess_columns(table)


def people_in(name):
    return [(row.name, row.email, row.external_id, row.section) for row in rows(*export(name))]


def guessed(content):
    return guess_columns(read(pasted(content))).chosen()


@pytest.mark.parametrize(
    ("name", "source", "delimiter"),
    [
        ("canvas.csv", Source.CANVAS, ","),
        ("canvas_logins.csv", Source.CANVAS, ","),
        ("moodle.csv", Source.MOODLE, ","),
        ("moodle_de.csv", Source.MOODLE, ";"),
        ("blackboard.tsv", Source.BLACKBOARD, "\t"),
        ("registrar.csv", Source.GENERIC, ";"),
    ],
)
def test_the_system_is_told_by_its_headings(name, source, delimiter):
    table, columns = export(name)
    assert (table.source, columns.source, table.delimiter) == (source, source, delimiter)


def test_a_canvas_gradebook():
    assert people_in("canvas.csv") == [
        ("Maya Adler", "maya.adler@northfield.example.org", "S0012881", "Writing 101 A"),
        (
            "Chidi Okonkwo-Reyes",
            "chidi.okonkwo@northfield.example.org",
            "S0012882",
            "Writing 101 A and Lab 3",
        ),
        ("Łucja Świątek", "lucja.swiatek@northfield.example.org", "S0012883", "Writing 101 B"),
        ("Fionnuala O'Shea", "fionnuala.oshea@northfield.example.org", "S0012884", "Writing 101 B"),
        ("Marcus Whitfield, Jr.", "marcus.whitfield@northfield.example.org", "S0012885", "Writing 101 A"),
        ("王小明", "xiaoming.wang@northfield.example.org", "S0012886", "Writing 101 B"),
        ("Suharto", "suharto@northfield.example.org", "S0012887", "Writing 101 A"),
    ]
    assert [(skipped.line, skipped.why) for skipped in export("canvas.csv")[0].skipped] == [
        (2, Why.POINTS_POSSIBLE),
        (3, Why.POINTS_POSSIBLE),
        (11, Why.TEST_STUDENT),
    ]


def test_a_canvas_gradebook_without_addresses_says_so_in_every_row():
    table, columns = export("canvas_logins.csv")
    assert columns.external_id == 1, "an empty SIS User ID is passed over for Canvas' own ID"
    read_rows = rows(table, columns)
    assert [row.external_id for row in read_rows] == ["1043", "1051"]
    assert [[problem.code for problem in row.errors] for row in read_rows] == [[Code.LOGIN_IS_NO_ADDRESS]] * 2
    assert "the login “madler3” is not one" in read_rows[0].errors[0].sentence


def test_a_moodle_gradebook():
    assert people_in("moodle.csv") == [
        ("Maya Adler", "maya.adler@northfield.example.org", "20260117", None),
        ("José María García de la Torre", "jm.garcia@northfield.example.org", "20260118", None),
        ("Дарья Соколова", "d.sokolova@northfield.example.org", "20260119", None),
        ("ليلى الحداد", "layla.haddad@northfield.example.org", "20260120", None),
        ("Priya", "priya@northfield.example.org", "20260121", None),
    ]


def test_a_german_moodle_gradebook_from_excel():
    data = (EXPORTS / "moodle_de.csv").read_text(encoding="utf-8").encode("windows-1252")
    table = read(decode(data))
    assert [(row.name, row.external_id, row.section) for row in rows(table, guess_columns(table))] == [
        ("Änne Müller-Großmann", "007341", "Gruppe 1, Übung Di"),
        ("Jörg Weiß", "007342", "Gruppe 2"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_blackboard_gradebook(encoding):
    data = (EXPORTS / "blackboard.tsv").read_text(encoding="utf-8").encode(encoding)
    table = read(decode(data, "gc_Course_column_2026-11-23.xls"))
    assert [(row.name, row.email, row.external_id) for row in rows(table, guess_columns(table))] == [
        ("Maya Adler", "maya.adler@northfield.example.org", "A00417"),
        ("Thị Hương Nguyễn", "huong.nguyen@northfield.example.org", "A00418"),
        ("נועה קליין", "noa.klein@northfield.example.org", "A00420"),
    ]
    assert [(skipped.line, skipped.why) for skipped in table.skipped] == [
        (4, Why.UNAVAILABLE),
        (5, Why.TEST_STUDENT),
    ]


def test_a_registrars_list_with_titles_text_numbers_and_roles():
    read_rows = rows(*export("registrar.csv"))
    assert [(row.name, row.external_id, row.section, row.role, row.line) for row in read_rows] == [
        ("Ännchen Großkopf", "0071233", "Di 10–12", "student", 5),
        ("Tom van der Berg", "0071234", "Di 10–12", "student", 6),
        ("Elif Yıldız", "0071235", "Mi 14–16 (Raum 204)", "assistant", 7),
    ]


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Name,E-mail,Student number,Group,Role", ["name", "email", "external_id", "section", "role"]),
        ("first_name,last_name,email_address,sid", ["first", "last", "email", "external_id"]),
        ("Vorname,Nachname,E-Mail,Matrikelnummer", ["first", "last", "email", "external_id"]),
        ("Name,Vorname,E-Mail-Adresse,Matr.-Nr.", ["last", "first", "email", "external_id"]),
        ("Nom,Prénom,Courriel,N° étudiant,Groupe", ["last", "first", "email", "external_id", "section"]),
        ("NOM COMPLET,ADRESSE E-MAIL,MATRICULE", ["name", "email", "external_id"]),
        (
            "Nombre,Apellidos,Correo electrónico,Matrícula,Grupo",
            ["first", "last", "email", "external_id", "section"],
        ),
        ("Nombre,Correo,Rol", ["name", "email", "role"]),
        ("Cognome,Nome,E-mail,Matricola", ["last", "first", "email", "external_id"]),
        ("姓名,邮箱,学号,班级", ["name", "email", "external_id", "section"]),
        (
            "OrgDefinedId,Username,Last Name,First Name,Email",
            ["external_id", "login", "last", "first", "email"],
        ),
        ("Full name,First name,Last name,Email", [None, "first", "last", "email"]),
        ("Name,Preferred first name,E-mail:", ["last", "first", "email"]),
    ],
)
def test_headings_in_many_languages(header, fields):
    width = header.count(",") + 1
    row = ["maya@example.org" if field == "email" else "Adler" for field in fields]
    found = guessed(f"{header}\n{','.join(row)}\n")
    assert found == {field: index for index, field in enumerate(fields) if field}
    assert all(index < width for index in found.values())


def test_an_address_column_is_found_by_what_stands_in_it():
    assert guessed("Name,Contact\nMaya Adler,maya@example.org\n") == {"name": 0, "email": 1}
    assert guessed("Name,E-mail etiquette (22),Where\nMaya,9,maya@example.org\n") == {"name": 0, "email": 2}
    assert guessed("Name,Private e-mail (optional)\nMaya,maya@example.org\n")["email"] == 1


def test_of_two_columns_the_filled_one_is_taken():
    assert guessed("Name,Email,E-Mail-Adresse\nMaya,,maya@example.org\nBo,,bo@example.org\n")["email"] == 2


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Maya Adler,maya@example.org\nBo Li,li@example.org\n", {"name": 0, "email": 1}),
        ("Maya;Adler;maya@example.org\nBo;Li;li@example.org\n", {"first": 0, "last": 1, "email": 2}),
        (
            "0071233\tAdler, Maya\tmaya@example.org\tstudent\n0071234\tLi, Bo\tli@example.org\tTA\n",
            {"external_id": 0, "name": 1, "email": 2, "role": 3},
        ),
        ("Izena;Helbidea\nMaya Adler;maya@example.org\nBo Li;li@example.org\n", {"name": 0, "email": 1}),
        (
            "".join(f"Person {name},{name}@example.org,Lab {name < 'c'}\n" for name in "abcdef"),
            {"name": 0, "email": 1, "section": 2},
        ),
    ],
)
def test_without_known_headings_the_cells_tell(content, found):
    assert guessed(content) == found


TABLE = "A,B,C,D\nAdler,Maya,maya@example.org,7\n"


def test_a_person_may_choose_otherwise():
    table = read(pasted(TABLE))
    chosen = with_columns(table, {"first": 1, "last": 0, "email": 2, "external_id": 3, "name": None})
    assert chosen == Columns(first=1, last=0, email=2, external_id=3)
    assert [row.name for row in rows(table, chosen)] == ["Maya Adler"]
    assert with_columns(table, chosen.chosen()) == chosen


@pytest.mark.parametrize(
    ("choice", "problems"),
    [
        ({"name": 0, "email": 0}, {"email": Code.COLUMN_TWICE}),
        ({"name": 0, "email": 4}, {"email": Code.COLUMN_UNKNOWN}),
        ({"name": -1, "email": 2}, {"name": Code.COLUMN_UNKNOWN}),
        ({"name": 0, "email": 2, "grade": 3}, {"grade": Code.FIELD_UNKNOWN}),
        ({"email": 2}, {"name": Code.NO_NAME_COLUMN}),
        ({"name": 0}, {"email": Code.NO_EMAIL_COLUMN}),
        ({}, {"name": Code.NO_NAME_COLUMN, "email": Code.NO_EMAIL_COLUMN}),
        ({"name": 0, "first": 1, "email": 2}, {"name": Code.NAME_AND_PARTS}),
    ],
)
def test_a_choice_that_cannot_work_is_refused_field_by_field(choice, problems):
    with pytest.raises(ColumnsRefused) as refused:
        with_columns(read(pasted(TABLE)), choice)
    assert {field: problem.code for field, problem in refused.value.problems.items()} == problems


@pytest.mark.parametrize(
    "choice", [{"last": 0, "email": 2}, {"first": 0, "login": 2}, {"name": 0, "email": 2}]
)
def test_one_part_of_a_name_and_a_login_are_enough(choice):
    assert with_columns(read(pasted(TABLE)), choice).chosen() == choice
