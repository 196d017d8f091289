"""One person's data in one ZIP, for that person: names in it are the ones that their pages show."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

from sqlalchemy import select

from classroom.access import Actor
from classroom.accounts.models import Passkey, Person, Session
from classroom.accounts.queries import person as person_numbered
from classroom.comments.models import LastRead
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.courses.models import Course, Membership, Section, Viewing
from classroom.courses.queries import members_of
from classroom.following.models import Interest
from classroom.guidelines.models import Acknowledgement, GuidelineVersion
from classroom.insights.exports.boards import own_board_sheets
from classroom.insights.exports.bundle import Bundle, Sheet, stream
from classroom.insights.exports.help import own_help_sheets
from classroom.insights.exports.lesson import own_lesson_sheets
from classroom.insights.exports.person_plans import plan_sheets
from classroom.insights.exports.person_practice import practice_sheets
from classroom.insights.exports.person_told import told_sheets
from classroom.insights.exports.person_work import work_files, work_sheets
from classroom.insights.exports.person_world import World
from classroom.insights.exports.questions import own_confidence_sheets
from classroom.insights.exports.reasons import own_reason_sheets
from classroom.posts.models import Post
from classroom.projects.models import Extension, Project


def write_person(actor: Actor, out: IO[bytes]) -> Bundle:
    """Through borrowed eyes (staff take it out for a student) without drafts, settings, and other courses."""
    person, world = person_numbered(actor.person_id), world_of(actor)
    sheets = [_profile(actor, person), _courses(world), _agreements(world), _extensions(world)]
    sheets += [*work_sheets(world), *own_reason_sheets(world), *plan_sheets(world)]
    sheets += [*practice_sheets(world), *own_lesson_sheets(world)]
    sheets += [*own_board_sheets(world), *told_sheets(world), _viewings(world)]
    sheets += [*own_help_sheets(world), *own_confidence_sheets(world)]
    if not actor.borrowed:
        sheets += [_read(world), _interests(world), _sessions(person), _passkeys(person)]
    with Bundle(out) as bundle:
        for sheet in sheets:
            bundle.sheet(sheet)
        work_files(world, bundle)
        bundle.explain(person.name, _notes(actor))
    return bundle


def world_of(actor: Actor) -> World:
    """Their courses with everyone in them, whose names are then shown or hidden by the pages' own rule."""
    courses = db.session.scalars(select(Course).where(Course.id.in_(actor.courses()))).all()
    projects = db.session.scalars(select(Project).where(Project.course_id.in_(actor.courses())))
    return World(
        actor,
        {one.id: one for one in courses},
        {one.id: one for one in projects},
        {one.id: members_of(one.id) for one in courses},
    )


def _notes(actor: Actor) -> list[str]:
    notes = [
        _("This is what Classroom holds of you and your work."),
        _("Other people are named as your pages name them: where you saw a pseudonym, it stays one."),
    ]
    if actor.borrowed:
        notes.append(
            _("Your staff took it out for you, from one course. Drafts and settings are yours alone: they "
              "are in what you download yourself, under Your settings.")
        )  # fmt: skip
    return notes


def _profile(actor: Actor, person: Person) -> Sheet:
    columns = {
        "name": _("your name"),
        "called": _("what to call you"),
        "pronouns": _("your pronouns"),
        "email": _("your address"),
        "since": _("since when you have an account"),
    }
    row: list[Any] = [person.name, person.called, person.pronouns, person.email, person.created_at]
    if not actor.borrowed:
        columns |= {
            "confirmed_at": _("when you proved your address"),
            "zone": _("your time zone"),
            "may_teach": _("whether you may begin courses"),
            "password": _("whether you have a password; nobody can read it"),
        }
        row += [person.confirmed_at, person.zone, person.may_teach, person.password_hash is not None]
    return Sheet("profile", _("Who you are here."), columns, [row])


def _courses(world: World) -> Sheet:
    columns = {
        "course": _("the course"),
        "term": _("its term"),
        "role": _("what you are in it"),
        "section": _("your section"),
        "number": _("your number at the school"),
        "joined_at": _("when you joined"),
        "left_at": _("when you left, if you did"),
    }
    asked = (
        select(Membership, Section.name)
        .outerjoin(Section, Section.id == Membership.section_id)
        .where(Membership.person_id == world.me, Membership.course_id.in_(world.courses))
        .order_by(Membership.id)
    )
    rows = (
        (
            world.courses[seat.course_id].title,
            world.courses[seat.course_id].term,
            seat.role,
            section,
            seat.external_id,
            seat.joined_at,
            seat.left_at,
        )
        for seat, section in stream(asked)
    )
    return Sheet("courses", _("Your courses."), columns, rows)


def _agreements(world: World) -> Sheet:
    columns = {
        "course": _("the course"),
        "version": _("the number of the guidelines' version"),
        "at": _("when you agreed"),
        "answers": _("what you answered to the scenarios"),
    }
    asked = (
        select(Acknowledgement, GuidelineVersion.number)
        .join(GuidelineVersion, GuidelineVersion.id == Acknowledgement.version_id)
        .where(Acknowledgement.person_id == world.me, Acknowledgement.course_id.in_(world.courses))
        .order_by(Acknowledgement.id)
    )
    rows = ((world.course(one.course_id), number, one.at, one.answers) for one, number in stream(asked))
    return Sheet("agreements", _("The guidelines that you agreed to."), columns, rows)


def _extensions(world: World) -> Sheet:
    columns = {
        "project": _("the project"),
        "post_by": _("your own date for posting"),
        "comment_by": _("your own date for commenting"),
        "revise_by": _("your own date for revising"),
        "reason": _("why"),
        "at": _("when it was given"),
    }
    asked = (
        select(Extension)
        .where(Extension.person_id == world.me, Extension.course_id.in_(world.courses))
        .order_by(Extension.id)
    )
    rows = (
        (
            world.project(one.project_id),
            one.post_by,
            one.comment_by,
            one.revise_by,
            one.reason,
            one.created_at,
        )
        for (one,) in stream(asked)
    )
    return Sheet("extensions", _("More time that you were given."), columns, rows)


def _viewings(world: World) -> Sheet:
    columns = {
        "course": _("the course"),
        "step": _("started, stopped, or exported: your data was taken out"),
        "by": _("who looked"),
        "at": _("when"),
    }
    asked = (
        select(Viewing)
        .where(Viewing.student_id == world.me, Viewing.course_id.in_(world.courses))
        .order_by(Viewing.id)
    )
    rows = (
        (world.course(one.course_id), one.step, world.staff_name(one.course_id, one.by_id), one.at)
        for (one,) in stream(asked)
    )
    return Sheet("viewings", _("Which staff looked through your eyes."), columns, rows)


def _read(world: World) -> Sheet:
    columns = {"post": _("the id of the post"), "until": _("until when you have read its comments")}
    asked = (
        select(Post.public_id, LastRead.read_at)
        .join(Post, Post.id == LastRead.post_id)
        .where(LastRead.person_id == world.me, LastRead.course_id.in_(world.courses))
        .order_by(LastRead.id)
    )
    return Sheet("read", _("What you have read; nobody else is told."), columns, stream(asked))


def _interests(world: World) -> Sheet:
    columns = {
        "course": _("the course"),
        "thing": _("project, post, person, word, or the rest: everything but what you owe"),
        "what": _("its id, or the word"),
        "stance": _("follow or mute"),
        "until": _("until when, if not for good"),
    }
    asked = (
        select(Interest)
        .where(Interest.person_id == world.me, Interest.course_id.in_(world.courses))
        .order_by(Interest.id)
    )
    rows = (
        (world.course(one.course_id), one.thing, one.what, one.stance, one.until) for (one,) in stream(asked)
    )
    return Sheet("follows", _("What you follow and mute; nobody else is told."), columns, rows)


def _passkeys(person: Person) -> Sheet:
    columns = {
        "name": _("what you call it"),
        "since": _("when you added it"),
        "used_at": _("when you signed in with it last"),
    }
    asked = select(Passkey.name, Passkey.created_at, Passkey.used_at).where(Passkey.person_id == person.id)
    return Sheet("passkeys", _("Your passkeys."), columns, stream(asked.order_by(Passkey.id)))


def _sessions(person: Person) -> Sheet:
    columns = {
        "browser": _("the browser"),
        "since": _("since when you were signed in"),
        "seen_at": _("when it was seen last"),
        "ended_at": _("when it was ended, if it was"),
    }
    return Sheet("sessions", _("Where you signed in."), columns, _session_rows(person))


def _session_rows(person: Person) -> Iterator[Sequence[Any]]:
    asked = select(Session.browser, Session.created_at, Session.seen_at, Session.ended_at)
    yield from stream(asked.where(Session.person_id == person.id).order_by(Session.id))
