"""Asking others: pairings that nobody has begun go to someone else, from the side of students or of posts."""

from collections.abc import Iterable

from flask import request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.comments.commands_asking import Asking, Ids, ask_others, plan_asking
from classroom.core.errors import NotFound, RuleBroken
from classroom.core.i18n import _, _n
from classroom.courses.queries import members_of
from classroom.insights.views_participation import bp, ticked
from classroom.posts.queries import tended_posts
from classroom.projects.models import Project
from classroom.projects.naming import shown_to
from classroom.projects.queries import project_for
from classroom.web.forms import check_press
from classroom.web.preview import Act, Lines, Part, back_with, confirming, pressed, preview, seal

Kept = list[tuple[str, str]]


@bp.post("/projects/<project_id>/people/others")
@allow("project:tend", project_for)
def others(actor: Actor, project: Project) -> ResponseReturnValue:
    """What these students were asked for and have not begun."""
    check_press()
    people, kept = ticked(actor, project)
    commenters = [one.member.person_id for one in people]
    back = url_for(".people", project_id=project.public_id)
    act = Act(url_for(".others", project_id=project.public_id), _("Ask them"), back, kept)
    return _ask(actor, project, act, commenters, [])


@bp.post("/projects/<project_id>/coverage/others")
@allow("coverage:see", project_for)
def cover(actor: Actor, project: Project) -> ResponseReturnValue:
    """What these posts lack; one that the actor does not tend among them, and nothing is found."""
    check_press()
    wanted = set(request.form.getlist("post"))
    if not wanted:
        raise RuleBroken(_("Tick at least one post first."))
    posts = {
        post_id: key
        for post_id, (key, _title, _author) in tended_posts(actor, project.id).items()
        if key in wanted
    }
    if len(posts) != len(wanted):
        raise NotFound
    back = url_for("projects.coverage", project_id=project.public_id)
    kept = [("post", key) for key in sorted(wanted)]
    act = Act(url_for(".cover", project_id=project.public_id), _("Ask them"), back, kept)
    return _ask(actor, project, act, [], list(posts))


def _ask(
    actor: Actor, project: Project, act: Act, commenters: list[int], posts: list[int]
) -> ResponseReturnValue:
    found = plan_asking(project, commenters=commenters, posts=posts)
    key = seal(found.freed, found.asked)
    if confirming(key) and found.asked:
        ask_others(project, commenters=commenters, posts=posts)
        return back_with(_says(found), act.back)
    if pressed() and not found.asked:
        return back_with(_says(found), act.back, "info")
    notes = [
        _("What somebody has begun stays theirs. Whoever is let off owes as many as before, and chooses."),
        _("Whoever is asked gets a notice and a mail. Those who are done owe nothing more."),
    ]
    return preview(_("Ask others?"), _says(found), _parts(actor, project, found), act, key, notes)


def _says(found: Asking) -> str:
    if not found.asked:
        return _("There is nothing that others could be asked for.")
    return _n(
        "%(num)s comment is asked of others.", "%(num)s comments are asked of others.", len(found.asked)
    )


def _parts(actor: Actor, project: Project, found: Asking) -> list[Part]:
    people = members_of(project.course_id, {who for who, _post in (*found.freed, *found.asked, *found.kept)})
    posts = tended_posts(actor, project.id)

    def titled(post: int) -> str:
        if post not in posts:
            return _("a post of another section")
        return posts[post][1] or _("Untitled")

    def named(rows: Iterable[Ids]) -> Lines:
        return sorted((shown_to(actor, project, people[who]).name, titled(post)) for who, post in rows)

    lacks = [
        (titled(post), _n("%(num)s comment is missing", "%(num)s comments are missing", count))
        for post, count in found.short.items()
    ]
    more = [pair for pair in found.asked if pair in found.more]
    return [
        Part(_("Asked instead"), named(set(found.asked) - found.more), "leaf", acts=True),
        Part(_("Done already, and asked for one more"), named(more), "leaf", acts=True),
        Part(_("Not asked for this any more"), named(found.freed)),
        Part(_("Stay asked, since nobody else is free"), named(found.kept), aside=True),
        Part(_("Nobody is left to ask: a comment of yours would help"), lacks, "clay"),
    ]
