"""The three projects of the made-up class and what students posted in them."""

from datetime import timedelta
from typing import Any

from classroom.core import clock
from classroom.courses.models import Course
from classroom.guidelines import commands as guidelines
from classroom.guidelines.models import Ruling
from classroom.posts.commands import publish_post, save_draft
from classroom.posts.rules import Typed
from classroom.projects.commands import create_project, publish_project
from classroom.projects.commands_materials import add_material
from classroom.projects.models import Anonymity, LatePolicy, PairingPolicy, Project, Wanted
from classroom.projects.setup import Setup
from classroom.sample.people import Cast
from classroom.sample.reading import read, spread

DATES = ("opens", "post_by", "comment_by", "revise_by")


def set_up(cast: Cast, number: int, instructor: str) -> Project:
    """One project, as its file says, published on the day before it opened."""
    told = read(f"project{number}")
    opens = cast.calendar.moment(told["opens"]["days"], told["opens"]["at"])
    with clock.at(opens - timedelta(hours=14)):
        project = create_project(cast.course, _setup(cast, told), by_id=cast.id_of(instructor))
        for one in told.get("materials", []):
            key = one.get("is_answer_key", False)
            add_material(project, one["title"], one["body"], visible=one["visible"], answer_key=key)
        publish_project(project)
        if number == 2:
            _own_example(cast.course, project)
    return project


def _setup(cast: Cast, told: dict[str, Any]) -> Setup:
    opens, post_by, comment_by, revise_by = (cast.calendar.date(told.get(name)) for name in DATES)
    return Setup(
        title=told["title"],
        brief=told["brief"],
        wants_text=Wanted(told["wants"]["text"]),
        wants_link=Wanted(told["wants"]["link"]),
        wants_files=Wanted(told["wants"]["files"]),
        prompts=tuple(told["prompts"]),
        opens_at=cast.calendar.moment(told["opens"]["days"], told["opens"]["at"]) if opens else None,
        post_by=post_by,
        comment_by=comment_by,
        revise_by=revise_by,
        late=LatePolicy(told["late"]),
        anonymity=Anonymity(told["anonymity"]),
        pairing=PairingPolicy(told["pairing"]),
        comments_wanted=told["comments_wanted"],
        post_first=told["post_first"],
        floor_words=told["floor_words"],
    )


def _own_example(course: Course, project: Project) -> None:
    guidelines.add_example(
        course.id,
        project_id=project.id,
        situation="copy a layout that you found, when the layout is the exercise",
        ruling=Ruling.CHEATING,
        why="Here the two columns are the exercise. Look things up, ask, and then write the lines yourself.",
        clause_number=2,
    )


def post_works(cast: Cast, number: int, project: Project) -> None:
    """Every student's post, one after the other before the date; drafts are saved and stay drafts."""
    rows = read(f"posts{number}")["posts"]
    start = project.opens_at or cast.calendar.moment(-3, "09:00")
    end = cast.calendar.before(project.post_by or cast.calendar.present)
    for place, one in enumerate(rows):
        typed = Typed(one["title"], one["body"].strip(), one.get("link", ""), one["help"])
        with clock.at(spread(start, end, place, len(rows))):
            if one.get("state") == "draft":
                save_draft(project, cast.id_of(one["by"]), typed)
            else:
                made = publish_post(project, cast.id_of(one["by"]), typed)
                cast.posts[number, one["by"]] = made.post


def revise_works(cast: Cast, number: int, project: Project) -> None:
    """Second revisions, where the file has one."""
    rows = [one for one in read(f"posts{number}")["posts"] if one.get("body2")]
    end = cast.calendar.before(project.revise_by or cast.calendar.present)
    start = cast.calendar.before((project.comment_by or end) - timedelta(days=1))
    for place, one in enumerate(rows):
        typed = Typed(one["title"], one["body2"].strip(), one.get("link", ""), one["help"])
        with clock.at(spread(start, end, place, len(rows))):
            publish_post(project, cast.id_of(one["by"]), typed)
