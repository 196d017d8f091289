"""What the made-up class asked without a name, with nobody of the cast behind it, and said in confidence."""

from typing import Any

from classroom.core import clock
from classroom.core.ids import public_id, secret_token
from classroom.guidelines import commands_reports as reports
from classroom.guidelines import commands_situations as situations
from classroom.guidelines.models import Ruling
from classroom.guidelines.queries import current_version
from classroom.sample.people import Cast
from classroom.sample.reading import read

# In the demo one address is known to everybody, so that everybody can see what an asker sees.
DEMO_SECRET = "knwn2thcrwdnfthdm" + "2" * 23
# Examples by their place: how often they answered a question before it was sent, and how often not.
READ = ((9, 6, 1), (16, 4, 5), (22, 2, 0), (15, 3, 1))


def ask_without_a_name(cast: Cast, instructor: str, *, demo: bool) -> None:
    for number, told in enumerate(read("questions")["questions"]):
        secret = DEMO_SECRET if demo and number == 0 else secret_token()
        with clock.at(cast.calendar.moment(told["day"], "12:00")):
            one = situations.ask(cast.course, secret, told["text"])
        if "ruling" in told:
            _answer(cast, one, cast.id_of(instructor), told)
    _read_examples(cast.course.id)


def _read_examples(course_id: int) -> None:
    """How often examples answered a question before it was sent."""
    version = current_version(course_id)
    examples = version.examples if version else []
    for place, answered, passed in READ:
        for turn in range(answered + passed):
            situations.count_reading(examples[place], answered=turn < answered)


def _answer(cast: Cast, one: Any, by_id: int, told: dict[str, Any]) -> None:
    zone = cast.course.zone
    with clock.at(cast.calendar.moment(told["day"] + told["answered"], "18:00")):
        situations.answer(
            one,
            by_id,
            ruling=Ruling(told["ruling"]),
            why=told["why"],
            clause_number=told.get("clause"),
            zone=zone,
        )
        situations.thank(one, thanked=told.get("thanked", False))
        if "back" in told:
            situations.ask_back(one, told["back"], zone)


def tell_in_confidence(cast: Cast, instructor: str) -> None:
    """Two who said "I went too far"; one of them waits for an answer."""
    for told in read("questions")["confidence"]:
        person_id = cast.id_of(cast.students[told["student"]])
        day = cast.calendar.moment(told["about"], "12:00").date()
        with clock.at(cast.calendar.moment(*told["said"])):
            made = reports.report(cast.course, person_id, day=day, text=told["text"], once=public_id())
        if "answer" in told:
            with clock.at(cast.calendar.moment(*told["answered"])):
                reports.say(made, cast.id_of(instructor), told["answer"], once=public_id())
