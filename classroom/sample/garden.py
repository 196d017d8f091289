"""What the made-up students follow and mute, and the comments of this week that they find great."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from classroom.celebrations.commands import answer
from classroom.celebrations.commands_nominations import celebrate, nominate
from classroom.celebrations.models import Consent
from classroom.celebrations.rules_nominations import week_of
from classroom.comments.models import Comment
from classroom.core import clock
from classroom.core.db import db
from classroom.following.commands import choose
from classroom.following.models import Stance, Thing
from classroom.following.rules import Span
from classroom.projects.models import Project
from classroom.sample.people import Cast
from classroom.sample.reading import read

NUMBER = 2  # the project that the class is busy with
AGO = timedelta(hours=4)


def follow_and_praise(cast: Cast, project: Project, instructor: str) -> None:
    """Of the project that runs; some hours ago, and never last week: two nominations are for one week."""
    told, present = read("garden"), cast.calendar.present
    monday, _end = week_of(present, cast.calendar.zone)
    with clock.at(max(monday, present - AGO)):
        for row in told["interests"]:
            thing = Thing(row["thing"])
            span = Span(row.get("for", Span.GOOD))
            by_id, what = cast.id_of(row["by"]), _what(cast, project, thing, row.get("about", ""))
            choose(cast.course.id, by_id, thing, what, Stance(row["stance"]), span)
        for row in told["nominations"]:
            _praise(cast, row, cast.id_of(instructor))


def _what(cast: Cast, project: Project, thing: Thing, about: Any) -> str:
    if thing is Thing.POST:
        return cast.posts[NUMBER, about].public_id
    return project.public_id if thing is Thing.PROJECT else about


def _praise(cast: Cast, row: dict[str, Any], staff_id: int) -> None:
    comment = db.session.scalars(
        select(Comment).where(
            Comment.post_id == cast.posts[NUMBER, row["on"]].id,
            Comment.author_id == cast.id_of(row["writer"]),
        )
    ).one()
    made = nominate(comment, cast.id_of(row["by"]), row["why"])
    if "celebrated" in row:
        told = row["celebrated"]
        answer(celebrate(made, staff_id, told["moves"]), Consent(told["consent"]))
