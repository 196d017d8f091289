"""A class of any size for the benchmark: made with the product's own commands wherever there is one."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from classroom.access import Actor
from classroom.accounts.commands import start_session
from classroom.accounts.models import Person
from classroom.boards import commands as boards
from classroom.boards.commands_groups import put_together
from classroom.celebrations.commands import answer, highlight
from classroom.celebrations.models import Consent
from classroom.comments.commands import Written, post_comment
from classroom.comments.commands_reasons import say
from classroom.comments.models import Comment, ReasonKind, Standing
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db, writing
from classroom.core.events import forget_waiting
from classroom.courses.queries import seats_of
from classroom.guidelines.commands import acknowledge, begin_draft, publish
from classroom.help_requests.commands import Asked, ask
from classroom.help_requests.commands_answers import answer as answer_request
from classroom.help_requests.models import Level
from classroom.help_requests.placing import Place
from classroom.helpfulness.commands import tell_writers
from classroom.moderation.commands import open_case
from classroom.moderation.models import Reason
from classroom.posts.models import Revision
from classroom.posts.states import State
from classroom.projects.models import PairingPolicy
from tests.factories import Make

BY_COMMAND = 300  # a larger class is given its comments as rows: the engine is not what is measured here
THREADS = (1, 10, 40)  # posts with so many comments, besides the ordinary ones
TOUCHES = (
    "the menu at the bottom", "Mr Aydin and his forty loaves", "the first bus", "the map on the second page",
    "the bakery on Linden Street", "the people who were never asleep", "the hour, half past three",
)  # fmt: skip
GOOD = (
    "I stayed with {touch} the longest, because it shows the place through one thing that I can see. "
    "Could you begin with it, so that reader number {number} knows at once where they are?"
)
RUDE = "Only an idiot would write about {touch} like this, number {number}."


@dataclass
class School:
    """A class to walk through: who is in it, and the address of each page."""

    size: int
    tokens: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)


def build(size: int) -> School:
    """A course of `size` students with four projects; one of them is full of posts and comments."""
    school, make = School(size), Make()
    with writing():
        instructor = make.person("Adaeze Okafor")
        course = make.course(instructor)
        section = make.section(course, "A")
        students = [make.student(course, f"Student {n}", section) for n in range(1, size + 1)]
        _draw_the_line(course, instructor, students)
        for number in (1, 2, 3):
            make.project(course, f"Project {number}", post_by=now() + timedelta(days=number))
        project = make.project(
            course, pairing=PairingPolicy.OPEN, comments_wanted=3, comment_by=now() + timedelta(days=5)
        )
        posts = [make.post(project, student, title=f"A bakery, {student.name}") for student in students]
        (_talk if size <= BY_COMMAND else _talk_at_once)(students, posts)
        _celebrate(students, posts, instructor)
        _say_quietly(posts)
        _ask(Place(course, project), students)
        school.places = {
            "course": {"course_id": course.public_id},
            "project": {"project_id": project.public_id},
            "member": {"member_id": make.seat(course, students[-1]).public_id},
            "board": {"board_id": _write_on_a_board(course, students, instructor)},
            **{f"post with {n}": {"post_id": _thread(n, students, posts)} for n in THREADS},
        }
        for who, person in (("student", students[-1]), ("staff", instructor)):
            school.tokens[who] = start_session(person, "a benchmark")
        forget_waiting()
        db.session.commit()
    db.session.remove()
    return school


def _draw_the_line(course: Any, instructor: Person, students: list[Person]) -> None:
    version = begin_draft(course, from_starter=True)
    db.session.refresh(version, ["clauses", "examples"])
    publish(version, instructor.id, major=True)
    for student in students:
        acknowledge(version, student.id, {})


def _write_on_a_board(course: Any, students: list[Person], instructor: Person) -> str:
    """A board with a note by everyone, every third of them in a group, and its wall open."""
    title = "What holds you back from helping one another?"
    board = boards.open_board(course, instructor.id, title=title, prompts=[title], once="board")
    notes = []
    for number, student in enumerate(students):
        eyes = Actor(student.id, student.name, "", seats=seats_of(student.id))
        words = f"I am afraid to say something wrong about {TOUCHES[number % len(TOUCHES)]}."
        notes.append(boards.write(eyes, board, 1, words, once=str(number), holds=False))
    boards.reveal(board)
    put_together(board, [one.public_id for one in notes[::3]], title="fear doing something wrong")
    return board.public_id


def _say(by: Person, post: Any, number: int, words: str = GOOD) -> Any:
    body = words.format(touch=TOUCHES[number % len(TOUCHES)], number=number)
    return post_comment(by.id, post, Written(body))


def _talk(students: list[Person], posts: list[Any]) -> None:
    """Three comments on each post, by the next three students; every tenth one is held."""
    for place, post in enumerate(posts):
        if place < len(THREADS):
            continue  # these get a thread of a given length
        for step in (1, 2, 3):
            by = students[(place + step) % len(students)]
            _say(by, post, place * 3 + step, RUDE if (place + step) % 10 == 0 else GOOD)


def _talk_at_once(students: list[Person], posts: list[Any]) -> None:
    """The same for a class of 2,000, as rows; what is held waits in the queue."""
    revisions = dict(db.session.execute(select(Revision.post_id, Revision.id)).tuples().all())
    rows = []
    for place, post in enumerate(posts[len(THREADS) :], start=len(THREADS)):
        for step in (1, 2, 3):
            held, number = (place + step) % 10 == 0, place * 3 + step
            words = (RUDE if held else GOOD).format(touch=TOUCHES[number % len(TOUCHES)], number=number)
            rows.append(
                Comment(
                    course_id=post.course_id,
                    project_id=post.project_id,
                    post_id=post.id,
                    revision_id=revisions[post.id],
                    author_id=students[(place + step) % len(students)].id,
                    state=State.HELD if held else State.VISIBLE,
                    standing=Standing.COUNTS,
                    body=words,
                    body_html=f"<p>{words}</p>",
                    posted_at=now(),
                )
            )
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        if row.state is State.HELD:
            open_case(row, Reason.SNARK)


def _celebrate(students: list[Person], posts: list[Any], instructor: Person) -> None:
    for number in range(3):
        comment = _say(students[number], posts[-1 - number], 900 + number)
        made = highlight(comment, instructor.id, why="It says where, and why.", moves=["suggestion"])
        answer(made, Consent.NAME)


def _say_quietly(posts: list[Any]) -> None:
    """Every receiver says how each comment helped, and the last student is told of theirs."""
    authors = {post.id: post.author_id for post in posts}
    comments = db.session.scalars(select(Comment).where(Comment.state == State.VISIBLE)).all()
    with clock.at(now() - timedelta(days=3)):
        for comment in comments:
            say(comment, authors[comment.post_id], ReasonKind.SHOWED_WHERE)
    tell_writers(now())


def _ask(place: Place, students: list[Person]) -> None:
    """One in five asks for help, and every second of them is answered."""
    for number, student in enumerate(students[::5]):
        asked = ask(student.id, place, Asked(f"I want reader number {number} to find the hours."))
        if number % 2:
            answer_request(asked, students[1].id, "What do they see first?", level=Level.HINT)


def _thread(wanted: int, students: list[Person], posts: list[Any]) -> str:
    """The post whose thread has exactly so many comments: its own, kept apart from the others."""
    post = posts[THREADS.index(wanted)]
    others = [student for student in students[:-1] if student.id != post.author_id]
    for number in range(wanted):
        _say(others[number % len(others)], post, 1000 * wanted + number)
    return str(post.public_id)
