"""How the made-up instructor tends the class: a reminder by hand, a talk, and what the students did then."""

from datetime import timedelta

from classroom.access import Actor
from classroom.comments.queries_participation import participants
from classroom.core import clock
from classroom.courses.queries import seats_of
from classroom.notices.commands_reminders import remind
from classroom.notices.commands_tending import note_talk
from classroom.projects.models import Project
from classroom.sample.people import Cast

REMINDED = ("gio", "wulan", "omar", "leon", "thabo", "tenzin")
WORDS = (
    "I saw that the home page is still open for you. Your first comment need not be perfect: "
    "one thing that you noticed, and one question. If something holds you back, tell me."
)
TALKED_WITH, TALK = (
    "gio",
    "His phone is broken. He writes in the library on Thursday, and I read it with him.",
)


def remind_some(cast: Cast, project: Project, instructor: str) -> None:
    """Some hours after the date for posting, when the talk has not begun."""
    leader, told = cast.people[instructor], {cast.id_of(key) for key in REMINDED}
    due = project.post_by or cast.calendar.present
    with clock.at(cast.calendar.before(due + timedelta(hours=12))):
        eyes = Actor(leader.id, leader.name, leader.friendly, seats=seats_of(leader.id))
        people = [one for one in participants(eyes, project) if one.member.person_id in told]
        remind(project, people, WORDS, by_id=leader.id)


def talk_with_one(cast: Cast, instructor: str) -> None:
    """Yesterday, after the reminder had changed nothing."""
    with clock.at(cast.calendar.present - timedelta(hours=20)):
        by_id = cast.id_of(instructor)
        note_talk(cast.course.id, cast.id_of(TALKED_WITH), TALK, by_id=by_id, once="talk")
