"""An assistant of one section: the names of the others' students are what they are to the class."""

import re
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from classroom.access import Role
from classroom.celebrations.commands import answer, highlight
from classroom.celebrations.models import Consent
from classroom.comments.commands import Written, post_comment
from classroom.comments.commands_threads import reply
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.moderation.commands import flag
from classroom.moderation.models import Case
from classroom.posts.commands import publish_post
from classroom.posts.commands_files import Given, add_file
from classroom.posts.models import PostFile
from classroom.posts.rules import Typed
from classroom.posts.states import State
from classroom.projects.commands_extensions import give_extension
from classroom.projects.models import Anonymity
from classroom.projects.pseudonyms import pseudonym
from classroom.projects.rules import Phase
from tests.access.scene import ANSWER, GOOD
from tests.core import samples

RUDE = "You are an idiot, and so is the menu at the bottom of this page."
HERE, THERE = ("Maya Ramanathan", "Jonas Weiszfeld"), ("Bruno Vasquez", "Ottilie Kranz")
TOLD = {name for full in THERE for name in full.split()} | {"bruno-map"}


@dataclass
class Two:
    """Two sections that comment on one another; `pages` are addresses, `rows` ids by what they are."""

    course: object
    project: object
    people: dict = field(default_factory=dict)
    pages: list = field(default_factory=list)
    rows: dict = field(default_factory=dict)


@pytest.fixture(params=[Anonymity.PSEUDONYMOUS, Anonymity.ANONYMOUS])
def two(make, monday, request):
    course = make.course(make.person("Adaeze Okafor"))
    a, b = make.section(course, "A"), make.section(course, "B")
    project = make.project(course, anonymity=request.param, post_first=False)
    found = Two(course, project)
    for section, names in ((a, HERE), (b, THERE)):
        for name in names:
            person = make.student(course, name, section)
            person.email = person.email_key = f"{name.replace(' ', '.').lower()}@example.edu"
            found.people[name.split()[0]] = person
    found.people["Ines"] = make.member(course, Role.ASSISTANT, "Ines Fonseca", a)
    found.people["Tomas"] = make.member(course, Role.ASSISTANT, "Tomas Lind")
    fill(found, monday)
    db.session.commit()
    return found


def published(two, name):
    author = two.people[name]
    given = Given(f"{name.lower()}-map.png", samples.picture("png"))
    add_file(two.project, author.id, given, max_bytes=10**6, max_files=3)
    text = f"# The page of number {author.id}\n\nThe menu is at the bottom."
    return publish_post(two.project, author.id, Typed(text=text)).post


def fill(two, monday):
    """Maya and Bruno post; each section comments on the other; one is held, one reported, one celebrated."""
    people = two.people
    mayas, brunos = published(two, "Maya"), published(two, "Bruno")
    theirs = post_comment(people["Bruno"].id, mayas, Written(GOOD))
    reply(theirs, mayas, people["Maya"].id, ANSWER)
    post_comment(people["Ottilie"].id, mayas, Written(RUDE))
    ours = post_comment(people["Jonas"].id, brunos, Written(GOOD.replace("pictures", "photos")))
    reply(ours, brunos, people["Bruno"].id, ANSWER.replace("Friday", "Monday"))
    among = post_comment(people["Ottilie"].id, brunos, Written(GOOD.replace("phone", "tablet")))
    answer(
        highlight(among, people["Tomas"].id, why="It says where.", moves=["suggestion"]), Consent.PSEUDONYM
    )
    rude = post_comment(people["Jonas"].id, brunos, Written(RUDE))
    second = post_comment(people["Maya"].id, brunos, Written(GOOD.replace("phone", "old laptop")))
    flag(second, people["Ottilie"].id, reason="hurts", note="It is about me.")
    give_extension(two.project, people["Bruno"].id, {Phase.POST: monday}, by_id=people["Tomas"].id)
    two.rows = {
        "mayas": mayas,
        "brunos": brunos,
        "ours": ours,
        "theirs": theirs,
        "among": among,
        "rude": rude,
    }
    files = db.session.scalars(select(PostFile)).all()
    cases = db.session.scalars(select(Case)).all()
    course, project = f"/courses/{two.course.public_id}", f"/projects/{two.project.public_id}"
    two.pages = [
        "/", "/news", course, f"{course}/people", f"{course}/people?q=Bruno", f"{course}/queue",
        f"{course}/queue?show=decided", f"{course}/great-comments", f"{course}/guidelines/agreed",
        f"{course}/projects", project, f"{project}/coverage", f"{project}/extensions",
        *(f"/posts/{post.public_id}{end}" for post in (mayas, brunos) for end in ("", "/changes")),
        *(f"/files/{file.public_id}" for file in files),
        *(f"/cases/{case.public_id}" for case in cases),
        *(f"/moderation/comment/{one.public_id}" for one in db.session.scalars(select(Comment))),
        *(f"/comments/{one.public_id}/highlight" for one in db.session.scalars(select(Comment))),
    ]  # fmt: skip


def told(client, pages):
    """By address: what a page and its headers say; pages that are not there are left out."""
    found = {}
    for page in pages:
        answer = client.get(page, follow_redirects=True)
        assert answer.status_code in {200, 403, 404}, page
        if answer.status_code == 200:
            text = answer.text if "html" in answer.content_type else ""
            found[page] = text + str(answer.headers)
    return found


def names_in(text):
    return sorted(name for name in TOLD if re.search(rf"\b{name}\b", text, re.IGNORECASE))


def test_no_page_tells_the_names_of_other_sections(two, client_of):
    pages = told(client_of(two.people["Ines"]), two.pages)
    leaks = {page: found for page, text in pages.items() if (found := names_in(text.replace("q=Bruno", "")))}
    leaks.pop(f"/courses/{two.course.public_id}/people?q=Bruno", None)  # shows what was asked for
    assert leaks == {}
    assert len(pages) > 14
    assert "Maya Ramanathan" in pages[f"/posts/{two.rows['mayas'].public_id}"]
    assert "Jonas Weiszfeld" in pages[f"/posts/{two.rows['brunos'].public_id}"]
    assert "Jonas Weiszfeld" in pages[f"/courses/{two.course.public_id}/queue"]


def test_they_are_there_under_the_names_that_the_class_sees(two, client_of):
    """So that one can speak of the same person."""
    page = client_of(two.people["Ines"]).get(f"/posts/{two.rows['brunos'].public_id}").text
    blind = two.project.anonymity is Anonymity.ANONYMOUS
    names = ["A classmate" if blind else pseudonym(two.project.secret, number) for number in range(2, 6)]
    assert any(name in page for name in names)


def test_who_tends_the_whole_course_sees_all_names(two, client_of):
    pages = told(client_of(two.people["Tomas"]), two.pages)
    assert {name for text in pages.values() for name in names_in(text)} == TOLD


def test_what_others_students_wrote_is_not_theirs_to_judge(two, client_of, send):
    """They read it beside what their own students wrote; its record is for its own staff."""
    client = client_of(two.people["Ines"])
    for name in ("among", "brunos"):
        row, kind = two.rows[name], "post" if name == "brunos" else "comment"
        place = f"/moderation/{kind}/{row.public_id}"
        assert client.get(place).status_code == 404
        for act in ("return", "removal", "restoring"):
            answer = send(client, "/settings", f"{place}/{act}", note="I would not say that.", reason="tone")
            assert answer.status_code == 404
        db.session.refresh(row)
        assert row.state is State.VISIBLE
    assert client.get(f"/comments/{two.rows['among'].public_id}/highlight").status_code == 404
    assert client.get(f"/moderation/comment/{two.rows['ours'].public_id}").status_code == 200
    assert client.get(f"/comments/{two.rows['ours'].public_id}/highlight").status_code == 200


def test_the_page_offers_them_no_door_that_is_shut(two, client_of):
    client = client_of(two.people["Ines"])
    shut = {}
    for post in ("mayas", "brunos"):
        page = client.get(f"/posts/{two.rows[post].public_id}").text
        links = set(re.findall(r'href="(/(?:moderation|comments|posts|files|projects|cases)/[^"#]*)"', page))
        shut |= {link: client.get(link).status_code for link in links}
    assert {link: status for link, status in shut.items() if status >= 400} == {}
    assert len(shut) > 4
