"""Records to people: names in any script, addresses compared, and every error by its row."""

import pytest

from classroom.courses.roster import Code, Problem, email_key, guess_columns, pasted, read, rows
from classroom.courses.roster.names import joined, whole_name
from classroom.courses.roster.problems import SENTENCES
from classroom.courses.roster.rows import number_key


def rows_of(content):
    table = read(pasted(content))
    return rows(table, guess_columns(table))


def codes_of(content):
    return [[problem.code for problem in row.errors] for row in rows_of(content)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Adler, Maya", "Maya Adler"),
        ("Maya Adler", "Maya Adler"),
        ("  Maya \u00a0 Adler ", "Maya Adler"),
        ("García de la Torre, José María", "José María García de la Torre"),
        ("King, Martin Luther, Jr.", "Martin Luther King, Jr."),
        ("King Jr., Martin Luther", "Martin Luther King Jr."),
        ("King, Jr., Martin Luther", "Martin Luther King, Jr."),
        ("Sammy Davis, Jr.", "Sammy Davis, Jr."),
        ("Maya Adler, PhD", "Maya Adler, PhD"),
        ("Adler, Maya, Ph.D., III", "Maya Adler, Ph.D., III"),
        ("Suharto,", "Suharto"),
        ("Suharto, .", "Suharto"),
        ("one, two, three, four", "one, two, three, four"),
        ("王, 小明", "王小明"),
        ("山田，太郎", "山田太郎"),
        ("김, 민준", "김민준"),
        ("Соколова, Дарья", "Дарья Соколова"),
        ("الحداد، ليلى", "ليلى الحداد"),
        ("'t Hooft, Gerard", "Gerard 't Hooft"),
        ('"Adler, Maya"', "Maya Adler"),
        ("Maya\u202eAdler\u200b", "MayaAdler"),
        ("A\u030asa", "\u00c5sa"),
        ("", ""),
    ],
)
def test_names_come_out_as_people_write_them(written, name):
    assert whole_name(written) == name
    assert whole_name(name) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Maya", "Adler", "Maya Adler"),
        ("小明", "王", "王小明"),
        ("Priya", ".", "Priya"),
        ("", "Suharto", "Suharto"),
        ("LNU", "Aung", "Aung"),
        ("小明", "Wang", "小明 Wang"),
        ("", "", ""),
    ],
)
def test_two_parts_make_one_name(first, last, name):
    assert joined(first=first, last=last) == name


@pytest.mark.parametrize(
    "address",
    [
        "MAYA@Example.ORG",
        " maya@example.org ",
        "maya @example.org",
        "ｍａｙａ@ｅｘａｍｐｌｅ.ｏｒｇ",
        "maya@example.org",
    ],
)
def test_spellings_of_one_address_have_one_key(address):
    assert email_key(address) == "maya@example.org"
    assert [row.email_key for row in rows_of(f"name,email\nMaya Adler,{address}\n")] == ["maya@example.org"]


def test_a_domain_in_punycode_is_the_same_domain():
    one, two = rows_of(
        "name,email\nMaya,maya@m\u00fcnchen.example.org\nMaya,maya@xn--mnchen-3ya.example.org\n"
    )
    assert one.email_key == two.email_key == "maya@m\u00fcnchen.example.org"
    assert [problem.code for problem in two.errors] == [Code.EMAIL_TWICE]


def test_numbers_keep_their_zeros_and_lose_what_spreadsheets_add():
    read_rows = rows_of("name,email,ID\nA,a@example.org,0071\nB,b@example.org,#72\nC,c@example.org,73.0\n")
    assert [row.external_id for row in read_rows] == ["0071", "72", "73"]
    assert number_key(" s 12 ") == number_key("S12") != number_key("S012")


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("Maya Adler,,,,", [Code.EMAIL_MISSING]),
        ("Maya Adler,maya.example.org,,,", [Code.EMAIL_MALFORMED]),
        ("Maya Adler,maya@example,,,", [Code.EMAIL_MALFORMED]),
        ("Maya Adler,maya@@example.org,,,", [Code.EMAIL_MALFORMED]),
        ("Maya Adler,maya@example.org bo@example.org,,,", [Code.EMAIL_MALFORMED]),
        (f"Maya Adler,{'m' * 250}@example.org,,,", [Code.EMAIL_TOO_LONG]),
        (",maya@example.org,,,", [Code.NAME_MISSING]),
        (f"{'Maya ' * 50},maya@example.org,,,", [Code.NAME_TOO_LONG]),
        ("maya@example.org,maya@example.org,,,", [Code.NAME_IS_ADDRESS]),
        ("Maya Adler,maya@example.org,,,janitor", [Code.ROLE_UNKNOWN]),
        ("Maya Adler,maya@example.org,1.23457E+11,,", [Code.NUMBER_ROUNDED]),
        (f"Maya Adler,maya@example.org,{'7' * 101},,", [Code.NUMBER_TOO_LONG]),
        (f"Maya Adler,maya@example.org,,{'A' * 101},", [Code.SECTION_TOO_LONG]),
        ("Adler, Maya,maya@example.org,7,A,student", None),
        ("=HYPERLINK(1),maya@example.org,=2+2,@SUM(1),", []),
        ("<Maya Adler>,<maya@example.org>,,,Student", []),
    ],
)
def test_each_row_tells_what_is_wrong_with_it(row, codes):
    found = codes_of(f"name,email,ID,section,role\nIda Berg,ida@example.org,1,A,\n{row}\n")
    assert found[0] == []
    assert found[1] == codes if codes is not None else Code.TOO_MANY_CELLS in found[1]


def test_an_unknown_role_is_refused_with_the_word_and_never_taken_for_a_student():
    row = rows_of("name,email,role\nMaya,maya@example.org,Dean\n")[0]
    assert not row.ok
    assert row.errors[0].sentence == ("“Dean” is not a role. Use student, assistant, instructor or observer.")


@pytest.mark.parametrize(
    ("word", "role", "stated"),
    [
        ("Student", "student", True),
        ("", "student", False),
        ("TA", "assistant", True),
        ("Teaching Assistant", "assistant", True),
        ("StudentEnrollment", "student", True),
        ("Dozentin", "instructor", True),
        ("Étudiante", "student", True),
        ("Teacher", "instructor", True),
        ("observer", "observer", True),
    ],
)
def test_roles_in_many_words(word, role, stated):
    row = rows_of(f"name,email,role\nMaya,maya@example.org,{word}\nBo,bo@example.org,student\n")[0]
    assert (row.ok, row.role, row.role_stated) == (True, role, stated)


def test_an_address_in_two_rows_that_differ_is_wrong_in_both_and_names_both_lines():
    read_rows = rows_of(
        "name,email\nMaya Adler,maya@example.org\nBo,bo@example.org\nMia Adler,MAYA@example.org\n"
    )
    assert [row.ok for row in read_rows] == [False, True, False]
    assert read_rows[0].errors[0].sentence == "maya@example.org stands in more than one row: lines 2, 4."
    assert read_rows[2].errors[0].code is Code.EMAIL_TWICE
    assert "lines 2, 4" in read_rows[2].errors[0].sentence


def test_the_very_same_row_twice_costs_only_the_second():
    read_rows = rows_of("maya@example.org\nbo@example.org\nMaya@Example.org\n")
    assert [row.ok for row in read_rows] == [True, True, False]
    assert "lines 1, 3" in read_rows[2].errors[0].sentence


def test_a_number_beside_two_addresses_is_wrong_in_both():
    read_rows = rows_of(
        "name,email,ID\nMaya,maya@example.org,0071\nBo,bo@example.org,0071\nIda,ida@example.org,72\n"
    )
    assert [[problem.code for problem in row.errors] for row in read_rows] == [
        [Code.NUMBER_TWICE],
        [Code.NUMBER_TWICE],
        [],
    ]


def test_a_missing_quotation_mark_that_swallows_people_is_told():
    swallowed = '"Maya Adler,maya@example.org\nBo Li,li@example.org\nIda ""Ida"" Berg",ida@example.org\n'
    read_rows = rows_of(f"name,email\n{swallowed}Tom Bo,tom@example.org\n")
    assert Code.QUOTE_MISSING in [problem.code for problem in read_rows[0].errors]
    assert "from line 2 to line 4" in read_rows[0].errors[0].sentence
    assert read_rows[1].line == 5


def test_the_file_says_nothing_where_it_has_no_column():
    row = rows_of("name,email\nMaya,maya@example.org\n")[0]
    assert (row.external_id, row.section, row.role_stated) == (None, None, False)
    assert rows_of("name,email,section\nMaya,maya@example.org,\nBo,bo@example.org,A\n")[0].section == ""


def test_5_000_rows_are_read_each_with_its_own_line():
    people = "".join(f'"Person {n}, Ada",p{n}@example.org,{n:06},Lab {n % 9}\n' for n in range(5000))
    read_rows = rows_of("name,email,ID,section\n" + people)
    assert all(row.ok for row in read_rows)
    assert [row.line for row in read_rows] == list(range(2, 5002))
    assert read_rows[4999].name == "Ada Person 4999"


@pytest.mark.parametrize("code", list(Code))
def test_every_problem_has_a_sentence(code):
    assert str(SENTENCES[code]).endswith((".", "?"))


def test_a_problem_can_be_kept_in_a_set():
    assert len({Problem(Code.EMAIL_MISSING), Problem(Code.EMAIL_MISSING, {})}) == 1
