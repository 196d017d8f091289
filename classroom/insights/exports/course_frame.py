"""The tables of a course's frame: its people, projects, materials, guidelines, and personal dates."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from classroom.access import Role
from classroom.accounts.models import Person
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.courses.models import AssistantSection, Membership
from classroom.courses.queries import sections_of
from classroom.guidelines.models import Acknowledgement, Clause, Example, GuidelineVersion
from classroom.insights.exports.bundle import Bundle, Sheet, fit, stream
from classroom.insights.exports.cast import Cast
from classroom.notices.models import Announcement, Tending
from classroom.projects.models import Extension, Material, Prompt


def frame_sheets(cast: Cast) -> list[Sheet]:
    return [
        _people(cast),
        _projects(cast),
        _materials(cast),
        _extensions(cast),
        _versions(cast),
        _clauses(cast),
        _rulings(cast),
        _acknowledgements(cast),
        _announcements(cast),
        _tendings(cast),
    ]


def _people(cast: Cast) -> Sheet:
    columns = {
        "id": _("the person's id in this course; other tables name people by it"),
        "name": _("their name"),
        "called": _("what to call them"),
        "pronouns": _("their pronouns"),
        "email": _("their address"),
        "number": _("their number at the school"),
        "role": _("instructor, assistant, student or observer"),
        "section": _("the section they are in"),
        "tends": _("the sections an assistant tends; none means all"),
        "joined_at": _("when they joined"),
        "left_at": _("when they left, if they did"),
    }
    return Sheet("people", _("Everyone who is or was in the course."), columns, _people_rows(cast))


def _people_rows(cast: Cast) -> Iterator[Sequence[Any]]:
    sections = {one.id: one.name for one in sections_of(cast.course.id)}
    tended: dict[int, list[str]] = {}
    for seat_id, section_id in db.session.execute(
        select(AssistantSection.membership_id, AssistantSection.section_id).where(
            AssistantSection.course_id == cast.course.id
        )
    ):
        tended.setdefault(seat_id, []).append(sections[section_id])
    asked = select(Membership, Person).join(Person, Person.id == Membership.person_id)
    for seat, person in stream(
        asked.where(Membership.course_id == cast.course.id).order_by(Membership.number)
    ):
        names = (seat.public_id, person.name, person.called, person.pronouns, person.email, seat.external_id)
        tends = tended.get(seat.id, []) if seat.role is Role.ASSISTANT else []
        yield (*names, seat.role, sections.get(seat.section_id), tends, seat.joined_at, seat.left_at)


def _projects(cast: Cast) -> Sheet:
    columns = {
        "id": _("the project's id"),
        "title": _("its title"),
        "state": _("draft or published"),
        "brief": _("what was asked, in Markdown"),
        "prompts": _("the questions that comments follow"),
        "anonymity": _("under which name students see one another"),
        "pairing": _("who is asked to comment on whom"),
        "comments_wanted": _("how many comments each student owes"),
        "post_first": _("whether one posts before one reads others' work"),
        "late": _("what happens to work after the date: closed, or taken and marked"),
        "floor_words": _("the fewest words that can count"),
        "needs": _("what the standard asks for besides"),
        "coach": _("whether tips are given while a comment is written"),
        "opens_at": _("when it opens"),
        "post_by": _("the date for posting"),
        "comment_by": _("the date for commenting"),
        "revise_by": _("the date for revising"),
        "published_at": _("when it was published"),
    }
    rows = _project_rows(cast)
    return Sheet("projects", _("What was asked of students, and by which rules."), columns, rows)


def _project_rows(cast: Cast) -> Iterator[Sequence[Any]]:
    asked: dict[int, list[str]] = {}
    for project_id, text in db.session.execute(
        select(Prompt.project_id, Prompt.text)
        .where(Prompt.course_id == cast.course.id, Prompt.position.is_not(None))
        .order_by(Prompt.project_id, Prompt.position)
    ):
        asked.setdefault(project_id, []).append(text)
    for one in cast.projects.values():
        rules = (one.anonymity, one.pairing, one.comments_wanted, one.post_first, one.late, one.floor_words)
        dates = (one.opens_at, one.post_by, one.comment_by, one.revise_by, one.published_at)
        prompts = asked.get(one.id, [])
        yield (one.public_id, one.title, one.state, one.brief, prompts, *rules, one.needs, one.coach, *dates)


def material_place(one: Material) -> str:
    return f"materials/{one.public_id}/{fit(one.file_name or 'file')}" if one.file_key else ""


def _materials(cast: Cast) -> Sheet:
    columns = {
        "id": _("the material's id"),
        "project": _("the id of the project"),
        "title": _("its title"),
        "text": _("its text, in Markdown"),
        "visible": _("whether students see it"),
        "answer_key": _("whether it is an answer key, which no student ever sees"),
        "file": _("where its file lies in this ZIP"),
        "removed_at": _("when it was taken away, if it was"),
    }
    asked = select(Material).where(Material.course_id == cast.course.id).order_by(Material.id)
    rows = (
        (
            one.public_id,
            cast.project(one.project_id),
            one.title,
            one.body,
            one.visible,
            one.is_answer_key,
            material_place(one),
            one.removed_at,
        )
        for (one,) in stream(asked)
    )
    return Sheet("materials", _("What was handed out, or kept by staff."), columns, rows)


def material_files(cast: Cast, bundle: Bundle) -> None:
    asked = select(Material).where(Material.course_id == cast.course.id, Material.file_key.is_not(None))
    for (one,) in stream(asked.order_by(Material.id)):
        bundle.file(material_place(one), one.file_key)


def _extensions(cast: Cast) -> Sheet:
    columns = {
        "project": _("the id of the project"),
        "student": _("the id of the student in people"),
        "post_by": _("their own date for posting"),
        "comment_by": _("their own date for commenting"),
        "revise_by": _("their own date for revising"),
        "reason": _("why"),
        "by": _("who gave it"),
        "at": _("when"),
    }
    asked = select(Extension).where(Extension.course_id == cast.course.id).order_by(Extension.id)
    rows = (
        (
            cast.project(one.project_id),
            cast.who(one.person_id),
            one.post_by,
            one.comment_by,
            one.revise_by,
            one.reason,
            cast.who(one.by_id),
            one.created_at,
        )
        for (one,) in stream(asked)
    )
    return Sheet("extensions", _("More time for single students."), columns, rows)


def _announcements(cast: Cast) -> Sheet:
    columns = {
        "id": _("the announcement's id"),
        "by": _("who said it"),
        "title": _("what it is about"),
        "body": _("what was said"),
        "to_all": _("whether the whole course was told"),
        "at": _("when"),
    }
    asked = select(Announcement).where(Announcement.course_id == cast.course.id).order_by(Announcement.id)
    rows = (
        (one.public_id, cast.who(one.by_id), one.title, one.body, one.to_all, one.at)
        for (one,) in stream(asked)
    )
    return Sheet("announcements", _("What staff told the course, or some of its students."), columns, rows)


def _tendings(cast: Cast) -> Sheet:
    columns = {
        "project": _("the id of the project; none if it was about the whole course"),
        "student": _("the id of the student in people"),
        "by": _("who turned to them"),
        "kind": _("reminded or talked"),
        "text": _("what was written to them, or what was noted of the talk"),
        "at": _("when"),
    }
    asked = select(Tending).where(Tending.course_id == cast.course.id).order_by(Tending.id)
    rows = (
        (
            cast.project(one.project_id),
            cast.who(one.person_id),
            cast.who(one.by_id),
            one.kind,
            one.text,
            one.at,
        )
        for (one,) in stream(asked)
    )
    return Sheet("tendings", _("Whom staff reminded by hand or talked with."), columns, rows)


def _versions(cast: Cast) -> Sheet:
    columns = {
        "number": _("the number of the version"),
        "title": _("its title"),
        "intro": _("its introduction"),
        "change_note": _("what it changes"),
        "major": _("whether everyone agreed anew"),
        "published_at": _("when it was published; a draft has not been"),
        "published_by": _("who published it"),
    }
    asked = select(GuidelineVersion).where(GuidelineVersion.course_id == cast.course.id)
    rows = (
        (
            one.number,
            one.title,
            one.intro,
            one.change_note,
            one.major,
            one.published_at,
            cast.who(one.published_by_id),
        )
        for (one,) in stream(asked.order_by(GuidelineVersion.number))
    )
    return Sheet("guideline_versions", _("The guidelines, version by version."), columns, rows)


def _clauses(cast: Cast) -> Sheet:
    columns = {
        "version": _("the number of the version"),
        "number": _("the number of the clause"),
        "title": _("its title"),
        "text": _("its text"),
    }
    asked = (
        select(GuidelineVersion.number, Clause.number, Clause.title, Clause.text)
        .join(GuidelineVersion, GuidelineVersion.id == Clause.version_id)
        .where(Clause.course_id == cast.course.id)
        .order_by(GuidelineVersion.number, Clause.number)
    )
    return Sheet("clauses", _("The clauses of each version."), columns, stream(asked))


def _rulings(cast: Cast) -> Sheet:
    columns = {
        "version": _("the number of the version, or none for a project's own example"),
        "project": _("the id of the project, for a project's own example"),
        "situation": _("what someone does"),
        "ruling": _("encouraged, fine (although it looks like cheating), ask_first or cheating"),
        "why": _("why"),
        "clause": _("the number of the clause it rests on"),
        "quiz": _("whether it is asked when students agree"),
        "explanation": _("what is said after the answer"),
        "tags": _("words that a search finds it by"),
    }
    asked = (
        select(Example, GuidelineVersion.number)
        .outerjoin(GuidelineVersion, GuidelineVersion.id == Example.version_id)
        .where(Example.course_id == cast.course.id)
        .order_by(Example.id)
    )
    rows = (
        (
            number,
            cast.project(one.project_id),
            one.situation,
            one.ruling,
            one.why,
            one.clause_number,
            one.quiz,
            one.explanation,
            one.tags,
        )
        for one, number in stream(asked)
    )
    return Sheet("rulings", _("Concrete examples, and what is said of them."), columns, rows)


def _acknowledgements(cast: Cast) -> Sheet:
    columns = {
        "version": _("the number of the version"),
        "person": _("the id of the person in people"),
        "at": _("when they agreed"),
        "answers": _("what they answered to the scenarios"),
    }
    asked = (
        select(GuidelineVersion.number, Acknowledgement)
        .join(GuidelineVersion, GuidelineVersion.id == Acknowledgement.version_id)
        .where(Acknowledgement.course_id == cast.course.id)
        .order_by(Acknowledgement.id)
    )
    rows = ((number, cast.who(one.person_id), one.at, one.answers) for number, one in stream(asked))
    return Sheet("acknowledgements", _("Who agreed to which version."), columns, rows)
