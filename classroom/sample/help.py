"""What the made-up students ask one another, and how far the help has come."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from classroom.core import clock
from classroom.help_requests.commands import ask, share
from classroom.help_requests.commands_answers import answer, mark_helped
from classroom.help_requests.models import Audience, HelpKind, HelpRequest, Level, Size
from classroom.help_requests.placing import Asked, Place
from classroom.posts.queries import revision_of
from classroom.projects.models import Project
from classroom.sample.people import Cast
from classroom.sample.reading import read


def help_one_another(cast: Cast, projects: Mapping[int, Project]) -> None:
    """Everything that was asked about these projects, and of the course."""
    for row in read("help")["requests"]:
        if row.get("project") is None or row["project"] in projects:
            made = _ask(cast, row, projects.get(row.get("project", 0)))
            for said in row.get("answers", ()):
                _answer(cast, made, said)
            if row.get("shared"):
                share(made, agreed=True)


def _ask(cast: Cast, row: dict[str, Any], project: Project | None) -> HelpRequest:
    post = cast.posts[row["project"], row["by"]] if row.get("on") else None
    place = Place(cast.course, project, post, revision_of(post) if post else None)
    words = {name: row[name] for name in ("trying", "tried", "breaks", "quote") if name in row}
    asked = Asked(
        kind=HelpKind(row["kind"]), size=Size(row["size"]), audience=Audience(row["audience"]), **words
    )
    with clock.at(cast.calendar.present - timedelta(hours=row["ago"])):
        return ask(cast.id_of(row["by"]), place, asked)


def _answer(cast: Cast, made: HelpRequest, said: dict[str, Any]) -> None:
    level = Level(said["level"]) if "level" in said else None
    with clock.at(cast.calendar.present - timedelta(hours=said["ago"])):
        given = answer(made, cast.id_of(said["by"]), said["body"], level=level)
        if said.get("helped"):
            mark_helped(given)
