"""What I follow: one private page in each course, and the one place where every press goes.

The address is the same whatever is pressed, so that no log of addresses tells what it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.errors import NotFound
from classroom.core.i18n import _
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.following import commands, queries
from classroom.following.forms import FORGET, ChoiceForm, WordForm
from classroom.following.models import Interest, Stance, Thing
from classroom.following.rules import CannotBeFollowed, NotAWord, clean_word
from classroom.help_requests.models import HelpKind
from classroom.help_requests.rules import kind_words
from classroom.posts.queries import post_for, titles_of
from classroom.projects.models import Anonymity
from classroom.projects.queries import project_for, projects_in
from classroom.web.forms import PlainForm
from classroom.web.saying import say
from classroom.web.sign_in import safe_path
from classroom.web.templating import in_course

bp = Blueprint("following", __name__)


@dataclass(frozen=True)
class Line:
    """One thing on the page, with the words for it and the press that takes it away."""

    label: str
    kind: str
    url: str | None
    until: datetime | None
    fields: dict[str, str]


@bp.get("/courses/<course_id>/following")
@allow("following:own", course_for)
def mine(actor: Actor, course: Course) -> ResponseReturnValue:
    return _page(actor, course, WordForm(), 200)


@bp.post("/courses/<course_id>/following")
@allow("following:own", course_for)
def choose(actor: Actor, course: Course) -> ResponseReturnValue:
    """A word comes with its form, everything else with a button."""
    typed = request.form.get("thing") == Thing.WORD.value
    form = WordForm.from_request() if typed else ChoiceForm.from_request()
    if not form.validate():
        if typed:
            return _page(actor, course, form, 422)
        raise CannotBeFollowed
    thing = Thing(form.thing.data)
    try:
        what = clean_word(form.what.data) if typed else _found(actor, course, thing, form)
    except NotAWord as error:
        form.refuse("what", error.message)
        return _page(actor, course, form, 422)
    if form.stance is None:
        commands.forget(course.id, actor.person_id, thing, what)
        say(_("Neither followed nor muted any more. Nobody is told."))
    else:
        commands.choose(course.id, actor.person_id, thing, what, form.stance, form.span)
        say(_said(form.stance))
    return redirect(safe_path(request.form.get("back")) or url_for(".mine", course_id=course.public_id), 303)


def _said(stance: Stance) -> str:
    if stance is Stance.FOLLOW:
        return _("You follow it now. Nobody is told.")
    return _("Muted. Nobody is told, and you can undo it under “What I follow”.")


def _found(actor: Actor, course: Course, thing: Thing, form: ChoiceForm) -> str:
    """What is kept of it: a person is named by a post of theirs, and only where the class sees names."""
    what = form.what.data or ""
    if form.way.data == FORGET and thing is not Thing.PERSON:
        return what
    if thing is Thing.PROJECT:
        project = project_for(actor, what)
        if project is None or project.course_id != course.id:
            raise NotFound
    elif thing is Thing.HELP and what not in set(HelpKind):
        raise CannotBeFollowed
    elif thing in {Thing.POST, Thing.PERSON}:
        return _of_post(actor, course, thing, what, forget=form.way.data == FORGET)
    return what


def _of_post(actor: Actor, course: Course, thing: Thing, what: str, *, forget: bool) -> str:
    if forget and what in queries.names_in(course.id, [what]):
        return what  # from the page, which knows the place
    post = post_for(actor, what)
    if post is None or post.course_id != course.id:
        raise NotFound
    if thing is Thing.POST:
        return what
    if post.project.anonymity is not Anonymity.NAMED or post.author_id == actor.person_id:
        raise CannotBeFollowed
    return queries.place_of(course.id, post.author_id)


def _page(actor: Actor, course: Course, form: WordForm, status: int) -> ResponseReturnValue:
    in_course(course.id)
    rows = queries.interests_in(actor, course.id)
    interests = queries.sorted_in((one.stance, one.thing, one.what) for one in rows)
    projects = {own.project.public_id: own.project.title for own in projects_in(actor, course.id)}
    lines = _lines(actor, course, [one for one in rows if one.thing is not Thing.REST], projects)
    page = render_template(
        "following/mine.html",
        course=course,
        form=form,
        plain=PlainForm(),
        followed=[line for stance, line in lines if stance is Stance.FOLLOW],
        muted=[line for stance, line in lines if stance is Stance.MUTE],
        only_owed=interests.only_owed,
        projects=[
            (key, title) for key, title in projects.items() if interests.said_of(Thing.PROJECT, key) is None
        ],
    )
    return page, status


def _lines(
    actor: Actor, course: Course, rows: Sequence[Interest], projects: Mapping[str, str]
) -> Iterable[tuple[Stance, Line]]:
    """How each thing is called, and where it is; what has gone meanwhile can still be taken away."""
    posts = titles_of(actor, [one.what for one in rows if one.thing is Thing.POST])
    people = queries.names_in(course.id, [one.what for one in rows if one.thing is Thing.PERSON])
    kinds = {kind.value: kind_words(kind) for kind in HelpKind}
    found = []
    for one in rows:
        url, label = None, one.what
        if one.thing is not Thing.WORD:
            names = {Thing.POST: posts, Thing.PERSON: people, Thing.PROJECT: projects, Thing.HELP: kinds}[
                one.thing
            ]
            label = names.get(one.what) or _("Something that is not there any more")
        if one.what in posts:
            url = url_for("comments.show", post_id=one.what)
        elif one.what in projects:
            url = url_for("projects.show", project_id=one.what)
        fields = {"thing": one.thing.value, "what": one.what, "way": FORGET}
        found.append((one.stance, Line(label, one.thing.value, url, one.until, fields)))
    return found
