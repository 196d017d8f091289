"""A course with one of everything, and everyone who could come to it: what the access walk walks through."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from classroom.access import Actor, Kind, Role
from classroom.accounts.commands import make_link, start_session
from classroom.accounts.models import LinkPurpose, Passkey, Person, Session
from classroom.boards import commands as boards
from classroom.boards.commands_groups import put_together
from classroom.boards.models import BoardGroup
from classroom.calibration.commands import Words, add_model, add_sample
from classroom.calibration.commands_practice import dispute, send
from classroom.celebrations.commands import highlight
from classroom.celebrations.commands_nominations import nominate
from classroom.comments.commands import Written, post_comment, save_draft
from classroom.comments.commands_reasons import say
from classroom.comments.commands_threads import reply
from classroom.comments.models import ReasonKind
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.ids import secret_token
from classroom.core.signed import sign
from classroom.core.storage import store
from classroom.courses.commands import remove_member
from classroom.courses.commands_roster import hand_in
from classroom.courses.queries import seats_of
from classroom.courses.roster.table import Text
from classroom.guidelines import commands_situations as nameless
from classroom.guidelines.commands import acknowledge, add_example, begin_draft, publish
from classroom.guidelines.commands_reports import report
from classroom.guidelines.models import Ruling
from classroom.help_requests.commands import ask
from classroom.help_requests.commands_answers import answer as answer_request
from classroom.help_requests.models import Audience, Level
from classroom.help_requests.placing import Asked, Place
from classroom.lessons.commands_edit import own_lesson
from classroom.moderation.commands import open_case
from classroom.moderation.models import Reason
from classroom.notices.announcing import announce_to
from classroom.notices.calendars import address_of, feed_of, make_anew
from classroom.notices.commands_tending import note_talk
from classroom.notices.letters import STOP
from classroom.plans.commands import add_own
from classroom.posts.models import PostFile, Revision, RevisionFile
from classroom.posts.states import State
from classroom.projects.commands_extensions import give_extension
from classroom.projects.commands_materials import Kept, add_material
from classroom.projects.models import ProjectState
from classroom.projects.rules import Phase
from classroom.undo.commands import offer
from tests.factories import Make

GOOD = (
    "On my phone I scrolled past three pictures before I saw the menu at the bottom. "
    "Could you move the menu above the picture, so that people find the opening hours at once?"
)
ANSWER = "Thank you, the menu at the bottom was a bet. I will move it above the picture on Friday."
# The one who wrote it, the one it was written to, and a third student; then everyone else.
STUDENTS = ("poster", "writer", "classmate")
OTHERS = {
    "observer": Kind.OBSERVER,
    "assistant": Kind.ASSISTANT,
    "assistant of all": Kind.ASSISTANT,
    "other assistant": Kind.OTHER_ASSISTANT,
    "instructor": Kind.INSTRUCTOR,
    "elsewhere's student": Kind.STRANGER,
    "elsewhere's instructor": Kind.STRANGER,
    "who left": Kind.STRANGER,
    "disabled": Kind.VISITOR,
    "visitor": Kind.VISITOR,
}
# What everybody has one of, and comes to their own only.
OWN = ("session_id", "passkey_id", "undo_id")
# By the kind of row that a route is about: who is what to it. A post has no receiver.
TO_A_POST = dict(zip(STUDENTS, (Kind.AUTHOR, Kind.CLASSMATE, Kind.CLASSMATE), strict=True))
TO_A_COMMENT = dict(zip(STUDENTS, (Kind.RECEIVER, Kind.AUTHOR, Kind.CLASSMATE), strict=True))
TO_A_REPLY = dict(zip(STUDENTS, (Kind.AUTHOR, Kind.RECEIVER, Kind.CLASSMATE), strict=True))


@dataclass
class Scene:
    """`values` are the URL values by name; `people` everyone by label, `own` what each of them has."""

    people: dict[str, Person] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, dict[str, Any]] = field(default_factory=dict)

    def places(self, arguments: set[str]) -> Iterator[dict[str, Any]]:
        """Every way to fill a route's arguments, `kind` with each kind; KeyError: it has no place."""
        if arguments == {"kind", "row_id"}:
            yield from ({"kind": kind, "row_id": row_id} for kind, row_id in self.kinds.items())
        else:
            yield {name: self.values[name] for name in arguments}

    def is_what(self, label: str, filled: dict[str, Any]) -> Kind:
        """Which kind of person they are to the row that these URL values name."""
        if label in OTHERS:
            return OTHERS[label]
        of_a_comment = {"comment_id", "case_id", "highlight_id", "dispute_id", "answer_id"} & filled.keys()
        if of_a_comment or filled.get("kind") in {"comment", "help_answer"}:
            return TO_A_COMMENT[label]
        if "reply_id" in filled or filled.get("kind") == "reply":
            return TO_A_REPLY[label]
        return TO_A_POST[label]


def build(make: Make) -> Scene:
    scene, people = Scene(), {}
    instructor = people["instructor"] = make.person("Adaeze Okafor")
    course = make.course(instructor)
    section, other = make.section(course, "A"), make.section(course, "B")
    for label, name in zip(STUDENTS, ("Maya Ramanathan", "Jonas Weiszfeld", "Noor Haddad"), strict=True):
        people[label] = make.student(course, name, section)
    people["observer"] = make.member(course, Role.OBSERVER, "Olga Tamm")
    people["assistant"] = make.member(course, Role.ASSISTANT, "Ines Fonseca", section)
    people["assistant of all"] = make.member(course, Role.ASSISTANT, "Tomas Lind")
    people["other assistant"] = make.member(course, Role.ASSISTANT, "Pavel Novotny", other)
    people["elsewhere's instructor"] = make.person("Ruth Aboagye", may_teach=True)
    elsewhere = make.course(people["elsewhere's instructor"], "Statistics for Bees")
    people["elsewhere's student"] = make.student(elsewhere, "Rahel Getachew")
    people["who left"] = make.student(course, "Aylin Demir", section)
    people["disabled"] = make.student(course, "Sven Holm", section)
    scene.people = people
    _course(make, scene, course)
    _project(make, scene, course)
    _line(scene, course)
    _practise(scene, scene.values["_project"])
    _talk(make, scene, course)
    _board(scene, course)
    said = announce_to(
        course, instructor.id, [], title="Friday", body="We meet outside.", to_all=True, once="k"
    )
    scene.values["announcement_id"] = said.public_id
    scene.values |= {"section_id": other.public_id, "course_id": course.public_id, "table": "comments"}
    note_talk(course.id, people["classmate"].id, "We read the brief.", by_id=instructor.id, once="t")
    _sign_everyone_in(scene)
    remove_member(make.seat(course, people["who left"]))
    people["disabled"].disabled_at = now()
    db.session.commit()
    return scene


def calendar_of(person: Person) -> str:
    """The secret part of the address of somebody's calendar."""
    make_anew(person.id)
    feed = feed_of(person.id)
    assert feed is not None
    return address_of(feed).rpartition("/")[2].removesuffix(".ics")


def _course(make: Make, scene: Scene, course: Any) -> None:
    roster = hand_in(
        course,
        Text("name,email\nIda Berg,ida@example.edu\n", "utf-8", True),
        filename="class.csv",
        by_id=scene.people["instructor"].id,
    )
    scene.values |= {
        "roster_id": roster.public_id,
        "member_id": make.seat(course, scene.people["classmate"]).public_id,
        "code": course.join_code,
        "token": make_link(LinkPurpose.SIGN_IN, person=scene.people["classmate"]),
        "feed": calendar_of(scene.people["classmate"]),
        "stop": sign(STOP, scene.people["classmate"].public_id, "talk"),
    }


def _project(make: Make, scene: Scene, course: Any) -> None:
    project = make.project(course, post_first=False, post_by=now() + timedelta(days=3))
    draft = make.project(course, "Not yet", state=ProjectState.DRAFT, published_at=None)
    map_ = b"Take the blue line."
    kept = Kept(store().put(map_), "map.txt", "text/plain", len(map_))
    handout = add_material(project, "A map of the quarter", "Take the blue line.", visible=True, file=kept)
    key = add_material(project, "The answers", "Forty-two loaves.", answer_key=True)
    given = give_extension(
        project,
        scene.people["classmate"].id,
        {Phase.POST: now() + timedelta(days=9)},
        by_id=scene.people["instructor"].id,
    )
    scene.values |= {
        "project_id": project.public_id,
        "material_id": handout.public_id,
        "extension_id": given.public_id,
    }
    scene.hidden["a draft project"] = {"project_id": draft.public_id}
    scene.hidden["an answer key"] = {"material_id": key.public_id}
    scene.values["_project"] = project


def _line(scene: Scene, course: Any) -> None:
    first = begin_draft(course, from_starter=True)
    db.session.expire_all()
    db.session.refresh(first, ["clauses", "examples"])
    publish(first, scene.people["instructor"].id, major=True)
    for label in (*STUDENTS, "who left"):
        acknowledge(first, scene.people[label].id, {})
    draft = begin_draft(course)
    example = add_example(
        course.id,
        situation="A friend fixes a line.",
        ruling=Ruling.FINE,
        why="You learnt.",
        version=draft,
    )
    secret = secret_token()
    asked = nameless.ask(course, secret, "Would it be okay to read my page aloud to my aunt?")
    rule = {"ruling": Ruling.ENCOURAGED, "why": "You hear it better.", "clause_number": 1}
    nameless.answer(asked, scene.people["instructor"].id, zone=course.zone, **rule)
    scene.values |= {"example_id": example.public_id, "number": 1}
    said = report(course, scene.people["poster"].id, day=date(2026, 11, 2), text="I copied a line.", once="1")
    scene.values |= {"situation_id": asked.public_id, "secret": secret, "report_id": said.public_id}
    own_lesson(course.id)
    scene.values |= {"step_key": "does-it-count", "item_key": "retold", "move": "place"}


def _practise(scene: Scene, project: Any) -> None:
    sample = add_sample(project, title="The ferry", body="The ferry leaves after the soup.")
    said = add_model(sample, project, Words(GOOD), reasons={"point": "It says what happened."})
    mine = send(scene.people["writer"].id, sample, project, Words(GOOD))
    made = dispute(mine, said, "point", "I see none.")
    unseen = add_sample(project, title="Not ready", body="Nothing was said about it yet.")
    scene.values |= {
        "sample_id": sample.public_id,
        "model_id": said.public_id,
        "dispute_id": made.public_id,
    }
    scene.hidden["a sample without a comment"] = {"sample_id": unseen.public_id}


def _talk(make: Make, scene: Scene, course: Any) -> None:
    people, project = scene.people, scene.values.pop("_project")
    post = make.post(project, people["poster"])
    comment = post_comment(people["writer"].id, post, Written(GOOD))
    answer = reply(comment, post, people["poster"].id, ANSWER)
    held = post_comment(people["writer"].id, post, Written("You are an idiot, and so is the menu."))
    unsent = save_draft(people["classmate"].id, post, Written("I would say that"))
    case = open_case(comment, Reason.CLAIMED)
    _ask(scene, Place(course, project, post), course)
    made = highlight(comment, people["instructor"].id, why="It says where and why.", moves=["suggestion"])
    say(comment, people["poster"].id, ReasonKind.SHOWED_WHERE)
    praise = nominate(comment, people["poster"].id, "It says where and why.")
    planned = add_own(post, "A shorter title.", once="1")
    file, unpublished = _file(post), _file(post)
    revision = db.session.query(Revision).filter_by(post_id=post.id).one()
    _revise(post)
    carried = RevisionFile(course_id=post.course_id, revision_id=revision.id, file_id=file.id)
    db.session.add(carried)
    begun = make.post(project, people["writer"], title="Not posted yet")
    begun.state, begun.revision_number = State.DRAFT, 0
    db.session.flush()
    assert held.state is State.HELD
    assert unsent is not None
    scene.values |= {
        "post_id": post.public_id,
        "comment_id": comment.public_id,
        "reply_id": answer.public_id,
        "case_id": case.public_id,
        "highlight_id": made.public_id,
        "nomination_id": praise.public_id,
        "plan_item_id": planned.public_id,
        "file_id": file.public_id,
    }
    scene.kinds |= {"post": post.public_id, "comment": comment.public_id, "reply": answer.public_id}
    scene.hidden |= {
        "a draft post": {"post_id": begun.public_id, "kind": "post", "row_id": begun.public_id},
        "a held comment": {"comment_id": held.public_id, "kind": "comment", "row_id": held.public_id},
        "an unsent comment": {"comment_id": unsent.public_id, "kind": "comment", "row_id": unsent.public_id},
        "an unpublished file": {"file_id": unpublished.public_id},
    }


def _board(scene: Scene, course: Any) -> None:
    """One whose wall is open, with the poster's note in a group; and one that nobody sees into yet."""
    leader = scene.people["instructor"].id
    opened, closed = (
        boards.open_board(course, leader, title=title, prompts=[title], once=title)
        for title in ("What holds you back?", "And now?")
    )
    notes = {}
    for board in (opened, closed):
        for label in STUDENTS:
            person = scene.people[label]
            eyes = Actor(person.id, person.name, "", seats=seats_of(person.id))
            notes[board, label] = boards.write(eyes, board, 1, "I am shy.", once=label, holds=False)
    boards.reveal(opened)
    note, unseen = notes[opened, "poster"], notes[closed, "poster"]
    put_together(opened, [note.public_id], title="are shy")
    group = db.session.query(BoardGroup).filter_by(board_id=opened.id).one()
    scene.values |= {
        "board_id": opened.public_id,
        "note_id": note.public_id,
        "group_id": group.public_id,
    }
    scene.hidden["a note before the reveal"] = {"note_id": unseen.public_id}


def _ask(scene: Scene, place: Place, course: Any) -> None:
    """One request that is open to the class, with an answer; one that is held, and one for staff alone."""
    people = scene.people
    asked = ask(people["poster"].id, place, Asked("I want the menu to be found on a phone."))
    given = answer_request(asked, people["writer"].id, "What does the first screen show?", level=Level.HINT)
    held = ask(
        people["poster"].id, Place(course), Asked("Can someone just give me the answer to question 3?")
    )
    quiet = ask(people["poster"].id, Place(course), Asked("May I come late?", audience=Audience.STAFF))
    assert held.state is State.HELD
    scene.values |= {"help_id": asked.public_id, "answer_id": given.public_id}
    scene.kinds |= {"help": asked.public_id, "help_answer": given.public_id}
    for name, row in {"a held request": held, "a request for staff": quiet}.items():
        scene.hidden[name] = {"help_id": row.public_id, "kind": "help", "row_id": row.public_id}


def _revise(post: Any) -> None:
    """What can be compared."""
    second = Revision(
        course_id=post.course_id,
        post_id=post.id,
        number=2,
        title=post.title,
        source="The menu is on top now.",
        html="<p>The menu is on top now.</p>",
        text="The menu is on top now.",
        digest="1" * 64,
    )
    post.revision_number = 2
    db.session.add(second)


_numbers = itertools.count(1)


def _file(post: Any) -> PostFile:
    file = PostFile(
        course_id=post.course_id,
        post_id=post.id,
        name="maya-map.png",
        neutral_name=f"file-{next(_numbers)}.png",
        media_type="image/png",
        size=4,
        key=store().put(b"\x89PNG"),
        sha256="0" * 64,
    )
    db.session.add(file)
    db.session.flush()
    return file


def _sign_everyone_in(scene: Scene) -> None:
    for label, person in scene.people.items():
        scene.tokens[label] = start_session(person, "a test")
        session = db.session.query(Session).filter_by(person_id=person.id).one()
        passkey = Passkey(
            person_id=person.id,
            credential_id=f"key{person.public_id}",
            public_key="",
            sign_count=0,
            transports=[],
            name="Mine",
        )
        db.session.add(passkey)
        db.session.flush()
        undo = offer(person.id, "notices.mark_seen", "", back="/", at=now().isoformat(), read={})
        scene.own[label] = dict(zip(OWN, (session.public_id, passkey.public_id, undo), strict=True))
