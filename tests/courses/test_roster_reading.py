"""Text to a table: delimiters, quoting, headings, and rows that are nobody's."""

import csv
import io
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom.courses.roster import Source, Why, decode, guess_columns, pasted, read, rows
from classroom.courses.roster import problems as wrong
from classroom.courses.roster.cells import neutral, restored, tidy

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "windows-1252")
ENDS = ("\n", "\r\n", "\r")


def table_of(content, **limits):
    return read(pasted(content), **limits)


def cells_of(content):
    return [record.cells for record in table_of(content).records]


@pytest.mark.parametrize(("encoding", "delimiter", "end"), list(product(ENCODINGS, ",;\t", ENDS)))
def test_every_encoding_with_every_delimiter_and_line_end(encoding, delimiter, end):
    lines = [
        ["Name", "E-Mail", "Gruppe"],
        ['"Müller, Änne; gen. Ä"', "aenne@example.org", "Di 10"],
        ['"Weiß, Jörg"', "joerg@example.org", ""],
    ]
    data = end.join(delimiter.join(cells) for cells in lines).encode(encoding)
    table = read(decode(data, "Liste.csv"))
    assert (table.delimiter, table.header) == (delimiter, ("Name", "E-Mail", "Gruppe"))
    assert [record.cells for record in table.records] == [
        ("Müller, Änne; gen. Ä", "aenne@example.org", "Di 10"),
        ("Weiß, Jörg", "joerg@example.org", ""),
    ]


@pytest.mark.parametrize("sep", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
def test_a_first_line_may_name_the_delimiter(sep):
    table = table_of(f"{sep}\nName;E-Mail\nAdler, Maya;maya@example.org\n")
    assert (table.delimiter, table.header, table.records[0].line) == (";", ("Name", "E-Mail"), 3)


def test_commas_in_unquoted_names_do_not_hide_the_semicolons():
    assert cells_of("Adler, Maya;maya@example.org;a, b\nBo, Li;li@example.org;c, d\n") == [
        ("Adler, Maya", "maya@example.org", "a, b"),
        ("Bo, Li", "li@example.org", "c, d"),
    ]


def test_quoted_cells_may_hold_line_ends_quotes_and_delimiters_and_lines_are_counted():
    first, second = '"Adler, ""Mia""",mia@example.org,"one\ntwo\nthree"', "Bo Li,li@example.org,x"
    table = table_of(f"name,email,note\n{first}\n{second}\n")
    assert table.records[0].cells == ('Adler, "Mia"', "mia@example.org", "one\ntwo\nthree")
    assert [(record.line, record.last_line) for record in table.records] == [(2, 4), (5, 5)]


def test_a_form_feed_or_unicode_separator_begins_no_new_line():
    table = table_of("name,email\nMaya\u2028Adler,maya@example.org\nBo\x0bLi,li@example.org\n")
    assert [record.line for record in table.records] == [2, 3]


def test_blank_lines_and_rows_of_nothing_are_passed_over_but_counted():
    table = table_of("\n\nname,email\n\n,,\nMaya Adler,maya@example.org\n   \n")
    assert [record.line for record in table.records] == [6]


def test_ragged_rows_keep_what_they_have():
    ragged = "Maya Adler,maya@example.org\nBo Li,li@example.org,B,,,\nIda,ida@example.org,C,D\n"
    table = table_of(f"name,email,section\n{ragged}")
    assert [len(record.cells) for record in table.records] == [2, 3, 4]
    assert table.records[0].cell(2) == ""


def test_an_end_mark_of_old_programs_is_no_row():
    assert len(table_of("name,email\nMaya Adler,maya@example.org\n\x1a").records) == 1


def test_a_heading_below_titles_is_found_and_the_titles_are_told():
    titles = "Northfield College,,\nMonday list,,\n"
    table = table_of(f"{titles}Name,E-mail,Section\nMaya Adler,maya@example.org,A\n")
    assert table.header == ("Name", "E-mail", "Section")
    assert [(skipped.line, skipped.why) for skipped in table.skipped] == [
        (1, Why.BEFORE_HEADING),
        (2, Why.BEFORE_HEADING),
    ]


def test_a_heading_in_an_unknown_language_is_still_a_heading():
    table = table_of("Izena;Helbidea\nMaya Adler;maya@example.org\n")
    assert table.header == ("Izena", "Helbidea")


def test_a_first_person_without_an_address_is_not_taken_for_a_heading():
    table = table_of("Maya Adler;;A\nBo Li;li@example.org;A\nIda Berg;ida@example.org;B\n")
    assert table.header is None
    assert len(table.records) == 3


def test_a_heading_pasted_twice_is_nobody():
    table = table_of("name,email\nMaya Adler,maya@example.org\nname,email\nBo Li,li@example.org\n")
    assert [(skipped.line, skipped.why) for skipped in table.skipped] == [(3, Why.HEADING_AGAIN)]
    assert len(table.records) == 2


@pytest.mark.parametrize(
    "content",
    [
        "maya@example.org\nbo.li@example.org\nida@example.org\n",
        "E-mail\nmaya@example.org\nbo.li@example.org\nida@example.org",
        "maya@example.org; bo.li@example.org; ida@example.org",
        "maya@example.org, bo.li@example.org,\n ida@example.org,",
        '"maya@example.org"\n"bo.li@example.org"\n<ida@example.org>\n',
    ],
)
def test_bare_addresses_make_a_list(content):
    table = table_of(content)
    assert table.source is Source.ADDRESSES
    assert [record.cells for record in table.records] == [
        ("", "maya@example.org"),
        ("", "bo.li@example.org"),
        ("", "ida@example.org"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Maya Adler <maya@example.org>\nBo Li <bo.li@example.org>",
        '"Adler, Maya" <maya@example.org>; "Bo Li" <bo.li@example.org>',
        "Adler, Maya <maya@example.org>; Li, Bo <bo.li@example.org>;",
        "Maya Adler <maya@example.org>, Bo Li <bo.li@example.org>",
        "Maya Adler maya@example.org\nBo Li bo.li@example.org",
        "Maya Adler <mailto:maya@example.org>\r\n\r\nBo Li <bo.li@example.org>",
    ],
)
def test_names_before_addresses_make_a_list(content):
    assert cells_of(content) == [("Maya Adler", "maya@example.org"), ("Bo Li", "bo.li@example.org")]


def test_what_is_no_address_in_a_list_comes_back_as_a_row_with_its_line():
    table = table_of("maya@example.org\n\nbo at example.org\nida@example.org\n")
    assert [(record.line, record.cells[1]) for record in table.records][1] == (3, "bo at example.org")
    assert [row.ok for row in rows(table, guess_columns(table))] == [True, False, True]


def test_a_table_with_names_is_no_list():
    assert table_of("Maya Adler,maya@example.org\nBo Li,li@example.org\n").source is Source.GENERIC


def test_more_rows_than_the_limit_are_refused_with_the_limit():
    people = [f"Person {n},p{n}@example.org" for n in range(6)]
    assert len(table_of("name,email\n" + "\n".join(people[:5]), max_rows=5).records) == 5
    for content in ("name,email\n" + "\n".join(people), "\n".join(f"p{n}@example.org" for n in range(6))):
        with pytest.raises(wrong.TooManyRows) as refused:
            table_of(content, max_rows=5)
        assert "more than 5 rows" in str(refused.value.message)


def test_the_usual_limit_is_20_000_rows():
    people = "".join(f"Person {n},p{n}@example.org\n" for n in range(20_000))
    assert len(table_of(people).records) == 20_000
    with pytest.raises(wrong.TooManyRows, match="TooManyRows"):
        table_of(people + "One More,more@example.org\n")


@pytest.mark.parametrize(
    ("content", "error", "line"),
    [
        ('name,email\nBo,li@example.org\n"Maya,m@example.org\nIda,i@example.org\n', wrong.UnclosedQuote, 3),
        ('name,email\n"' + "Maya Adler,maya@example.org\n" * 9000, wrong.UnclosedQuote, 2),
        ("name,email\nMaya," + "x" * 200_000, wrong.LineTooLong, 2),
        ("name,email\n" + "," * 1_000_001, wrong.LineTooLong, 2),
        ("name,email\n" + "a," * 1001, wrong.TooManyColumns, 2),
    ],
)
def test_a_file_that_runs_away_is_refused_with_the_line(content, error, line):
    with pytest.raises(error) as refused:
        table_of(content)
    assert refused.value.details["line"] == line


FILLERS = ("a", "\n", ",", "<", "@", '"', "ida@example.org;", "Ida,ida@example.org\n", "ä")


@pytest.mark.parametrize("filler", FILLERS)
def test_20_mb_of_anything_get_an_answer(filler):
    size = 20 * 1024 * 1024
    content = (filler * (size // len(filler.encode())))[:size]
    with pytest.raises(wrong.CannotRead):
        read(decode(("name,email\n" + content).encode()[:size]))


def test_a_heading_with_nobody_below_is_refused():
    with pytest.raises(wrong.NobodyInFile):
        table_of("Name,E-mail\n")


steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
printable = st.text("abÄ王Дﬁ ا,;\"'=-+@\u00a0\u200d", max_size=12).map(tidy)
hard = ("a,b", "x;y", 'say "hi"', "two\nlines", "=1+1", "-5", "'t Hooft", "'=x", "\ttab")
cell_texts = printable | st.sampled_from(hard)


@st.composite
def written_files(draw):
    """A table with a heading, and the text of it with a writer's free choices."""
    width = draw(st.integers(3, 5))
    body = draw(
        st.lists(st.lists(cell_texts, min_size=width - 1, max_size=width - 1), min_size=1, max_size=6)
    )
    table = [[f"p{n}@example.org", *(cell.strip() for cell in cells)] for n, cells in enumerate(body)]
    delimiter, end = draw(st.sampled_from(",;\t")), draw(st.sampled_from(ENDS))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    if end == "\r":
        quoting = csv.QUOTE_ALL  # before Python 3.13 its writer leaves a lone \n unquoted
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(["Email", "First name", "Last name", "Section", "Role"][:width])
    writer.writerows([neutral(cell) for cell in cells] for cells in table)
    return table, out.getvalue(), draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))


@steady
@given(written_files())
def test_what_was_written_is_read_back(written):
    cells, content, encoding = written
    table = read(decode(content.encode(encoding)))
    assert [list(record.cells) for record in table.records] == [[c.strip() for c in row] for row in cells]


@steady
@given(st.text(max_size=20) | st.from_regex(r"'{0,3}\s?[=+@-].{0,5}", fullmatch=True))
def test_a_neutralised_cell_is_no_formula_and_comes_back(cell):
    safe = neutral(cell)
    assert not safe.lstrip().startswith(("=", "@"))
    assert not safe.startswith(("\t", "\r"))
    if not cell.strip().startswith('="'):
        assert restored(safe) == cell


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("-5", "-5"),
        ("+49", "+49"),
        ("-3,5", "-3,5"),
        ("=1", "'=1"),
        (" =1", "' =1"),
        ("'=1", "''=1"),
        ("'t Hooft", "'t Hooft"),
    ],
)
def test_numbers_and_names_stay_as_they_are(cell, safe):
    assert neutral(cell) == safe
    assert restored(safe) == cell


def test_a_number_written_as_text_by_a_spreadsheet_is_unwrapped():
    assert cells_of('number,email\n="00712",maya@example.org\n"=""00713""",bo@example.org\n') == [
        ("00712", "maya@example.org"),
        ("00713", "bo@example.org"),
    ]
