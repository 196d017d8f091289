"""Tables that staff take out: columns that stay and are told, no formula, rows within one's care."""

import csv
import io
import re
import zipfile

import pytest

from classroom.celebrations.commands import highlight
from classroom.comments.commands import Written, post_comment, save_draft
from classroom.comments.commands_threads import thank
from classroom.comments.models import ThanksKind
from classroom.insights.exports.tables import TABLES
from classroom.projects.models import Anonymity
from tests.comments.conftest import GOOD, RUDE, build

STUDENT = "project_id project student_id student section"
# Whoever reads these files by name and place has a right to both: a new column comes at the end.
COLUMNS = {
    "matrix": f"{STUDENT} posted post_late more_time comments_counted comments_wanted comments_owed late "
    "received thanked acted_on celebrated",
    "who_is_where": f"{STUDENT} how_far late post_state posted_at revised comments_held comments_returned "
    "asked_not_begun last_at post_by comment_by revise_by",
    "comments": "comment_id project_id project writer_id writer writer_role post_id post_title post_author "
    "state counted posted_at late moves thanked acted_on celebrated",
    "coverage": "project_id project post_id post_title author received wanted on_the_way missing "
    "what_happens",
    "dictionary": "table column meaning",
}
DANGEROUS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", "\tTabbed", "＝1+1")


@pytest.fixture
def group(make, monday):
    group = build(make, anonymity=Anonymity.PSEUDONYMOUS)
    said = group.say()
    thank(said, group.author.id, ThanksKind.KIND)
    highlight(said, group.instructor.id, why="It says where and why.", moves=["suggestion"])
    post_comment(group.classmate.id, group.post, Written(RUDE))
    save_draft(group.author.id, group.post, Written("I began"))
    group.extras["far"] = make.student(group.course, "Ida Berg", make.section(group.course, "C"))
    far = make.post(group.project, group.extras["far"], title="Far away")
    post_comment(group.extras["far"].id, group.post, Written(GOOD.replace("phone", "tablet")))
    post_comment(group.writer.id, far, Written(GOOD.replace("phone", "old phone")))
    return group


@pytest.fixture
def take(group, client_of):
    """`take("comments", "assistant")`: the rows of one table."""

    def taken(name, who="instructor"):
        answer = client_of(group.who(who)).get(f"/courses/{group.course.public_id}/participation/{name}.csv")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    return taken


def sheets(group, client_of):
    """The workbook's parts, by name."""
    answer = client_of(group.instructor).get(f"/courses/{group.course.public_id}/participation/tables.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_stay_in_name_and_order(take, name):
    assert list(take(name)[0]) == COLUMNS[name].split()


def test_the_dictionary_tells_every_column_on_the_page_in_the_file_and_in_the_book(group, take, client_of):
    told = [(one["table"], one["column"]) for one in take("dictionary")]
    assert told == [(name, column) for name in TABLES for column in COLUMNS[name].split()]
    assert all(one["meaning"] for one in take("dictionary"))
    page = client_of(group.instructor).get(f"/courses/{group.course.public_id}/participation/tables").text
    for _table, column in told:
        assert f"<code>{column}</code>" in page
    book = sheets(group, client_of)
    assert re.findall(r'<sheet name="(\w+)"', book["xl/workbook.xml"]) == list(COLUMNS)


def test_each_comment_says_what_became_of_it(group, take):
    rows = {(one["writer"], one["post_title"]): one for one in take("comments")}
    assert len(rows) == 4  # the draft is not among them
    best = rows["Jonas Weiszfeld", "A bakery before the buses"]
    assert [best[key] for key in ("counted", "thanked", "acted_on", "celebrated")] == [
        "yes",
        "yes",
        "no",
        "yes",
    ]
    assert "suggestion" in best["moves"]
    assert best["post_author"] == "Maya Ramanathan"
    held = rows["Noor Haddad", "A bakery before the buses"]
    assert (held["state"], held["counted"]) == ("held", "yes")
    (jonas,) = (one for one in take("matrix") if one["student"] == "Jonas Weiszfeld")
    assert [jonas[key] for key in ("thanked", "acted_on", "celebrated")] == ["1", "0", "1"]
    for one in take("matrix"):
        counted = [who for (who, _on), said in rows.items() if said["counted"] == "yes"]
        assert int(one["comments_counted"]) == counted.count(one["student"]), one


def test_assistants_of_sections_get_their_students_and_no_name_besides(group, take):
    """Ida is in another section: no row of hers, and where a post of hers is named, as classmates see her."""
    for name in TABLES:
        assert "Ida Berg" in str(take(name)), name
        assert "Ida Berg" not in str(take(name, "assistant")), name
        assert take(name, "assistant"), name
        assert take(name, "other_assistant") == [], name
    far = next(one for one in take("comments", "assistant") if one["post_title"] == "Far away")
    assert far["writer"] == "Jonas Weiszfeld"
    assert far["post_author"]


def test_nothing_in_them_is_a_formula(group, take, client_of, make):
    """A name, a title: whatever people wrote stays words."""
    for number, words in enumerate(DANGEROUS):
        student = make.student(group.course, words, group.section)
        make.post(group.project, student, title=words)
        post_comment(student.id, group.post, Written(GOOD.replace("phone", f"phone {number}")))
    group.project.title = "=HYPERLINK(1)"
    for name in TABLES:
        for row in take(name):
            assert not [value for value in row.values() if re.match(r"\s*[=+\-@＝]", value)], row
    assert "'=1+1" in {one["student"] for one in take("matrix")}
    for part, text in sheets(group, client_of).items():
        assert "<f>" not in text, part
    assert "<is><t>=1+1</t></is>" in sheets(group, client_of)["xl/worksheets/sheet1.xml"]


def test_an_unknown_table_is_not_there(group, client_of):
    url = f"/courses/{group.course.public_id}/participation"
    assert client_of(group.instructor).get(f"{url}/interests.csv").status_code == 404
    for who, status in {"author": 403, "observer": 403, "stranger": 404}.items():
        client = client_of(group.who(who))
        assert client.get(f"{url}/comments.csv").status_code == status
        assert client.get(f"{url}/tables.xlsx").status_code == status
