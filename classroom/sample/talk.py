"""What the made-up students said about one another's posts, and what became of it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from classroom.celebrations.commands import answer, highlight
from classroom.celebrations.models import Consent
from classroom.comments.commands import Written, claim_fine, edit_comment, post_comment
from classroom.comments.commands_reading import mark_read
from classroom.comments.commands_threads import mark_acted_on, reply, thank
from classroom.comments.models import Comment, Standing, ThanksKind
from classroom.core import clock
from classroom.core.db import db
from classroom.moderation import commands as moderation
from classroom.moderation.models import Subject
from classroom.moderation.presets import preset_for
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project, Prompt
from classroom.sample.people import Cast
from classroom.sample.reading import read, spread
from classroom.sample.reasons import say_quietly


class Talk:
    """The comments of one project, in the order of its file."""

    def __init__(self, cast: Cast, number: int, project: Project, instructor: str) -> None:
        self.cast, self.number, self.project = cast, number, project
        self.staff_id = cast.id_of(instructor)
        self.rows: list[dict[str, Any]] = read(f"comments{number}")["comments"]
        self.prompts = db.session.scalars(
            select(Prompt).where(Prompt.project_id == project.id).order_by(Prompt.position)
        ).all()
        self.made: list[tuple[dict[str, Any], Comment, datetime]] = []

    def hold_it(self) -> None:
        """Everything that was said, each at its moment, with what became of it."""
        start = self.cast.calendar.before(self.project.post_by or self.cast.calendar.present)
        end = self.cast.calendar.before(self.project.comment_by or self.cast.calendar.present)
        for place, row in enumerate(self.rows):
            moment = spread(start, end, place * 7 % len(self.rows), len(self.rows))
            if "hours_ago" in row:
                moment = self.cast.calendar.present - timedelta(hours=row["hours_ago"])
            with clock.at(moment):
                comment = self._say(row)
            self.made.append((row, comment, moment))
            self._decide(row, comment, moment)

    def _post(self, row: dict[str, Any]) -> Post:
        return self.cast.posts[self.number, row["on"]]

    def _say(self, row: dict[str, Any]) -> Comment:
        prompt = self.prompts[row["prompt"]] if row.get("prompt") is not None else None
        words = Written(
            row["body"], quote=row.get("quote"), prompt_id=prompt.id if prompt else None, revision=1
        )
        return post_comment(self.cast.id_of(row["by"]), self._post(row), words)

    def _decide(self, row: dict[str, Any], comment: Comment, moment: datetime) -> None:
        later = self.cast.calendar.before(moment + timedelta(hours=2))
        with clock.at(max(moment, later)):
            if "flagged" in row:
                given = row["flagged"]
                by_id = self.cast.id_of(given["by"])
                moderation.flag(comment, by_id, reason=given["reason"], note=given["note"])
            if "claim" in row and comment.standing is Standing.NOT_YET:
                claim_fine(comment)
            fate = row.get("fate", "waiting")
            if fate != "waiting":
                self._end(row, comment, fate)

    def _end(self, row: dict[str, Any], comment: Comment, fate: str) -> None:
        """What a person decided; a comment that nobody held is taken up by the person all the same."""
        note, preset = row["note"].strip(), preset_for("snark", row.get("preset"))
        case = moderation.open_case_of(Subject.COMMENT, comment.id)
        if fate == "approved" and case is not None:
            moderation.approve(case, self.staff_id, note)
        elif fate == "removed":
            moderation.remove_row(comment, self.staff_id, note=note, clause_number=preset.clause)
        elif fate.startswith("returned"):
            reason, clause = preset.code, preset.clause
            moderation.return_row(comment, self.staff_id, reason=reason, note=note, clause_number=clause)
        if fate == "returned_and_rewritten":
            words = Written(row["rewrite"], quote=row.get("quote"), prompt_id=comment.prompt_id, revision=1)
            by_id = comment.author_id
            edit_comment(comment, self._post(row), words, version=comment.version, by_id=by_id)

    def answer_it(self) -> None:
        """Thanks, replies, 'I acted on this', and celebrations, some hours afterwards."""
        for row, comment, moment in self.made:
            if comment.state is not State.VISIBLE:
                continue
            with clock.at(self.cast.calendar.before(moment + timedelta(hours=5))):
                if comment.standing is Standing.NOT_YET:  # staff agree with the standard about it
                    moderation.say_standing(comment, self.staff_id, accepted=False)
                self._thank(row, comment)
                say_quietly(row, comment, self._post(row).author_id)
                if row.get("highlight"):
                    self._celebrate(row["highlight"], comment)

    def _thank(self, row: dict[str, Any], comment: Comment) -> None:
        post = self._post(row)
        if row.get("thanks") or row.get("acted_on"):
            mark_read(post.author_id, post)
        for kind in row.get("thanks", []):
            thank(comment, post.author_id, ThanksKind(kind))
        for one in row.get("replies", []):
            reply(comment, post, self.cast.id_of(one["by"]), one["body"])
        if row.get("acted_on"):
            mark_acted_on(comment, post.revision_number)

    def _celebrate(self, told: dict[str, Any], comment: Comment) -> None:
        made = highlight(comment, self.staff_id, why=told["why"], moves=told["moves"])
        if told["consent"] != Consent.ASKED.value:
            answer(made, Consent(told["consent"]))
