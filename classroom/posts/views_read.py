"""After publishing: the receipt, what changed between revisions, and taking a post back."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core.clock import now
from classroom.core.errors import NotFound
from classroom.core.i18n import _
from classroom.posts import commands, queries, rules, wording
from classroom.posts.differences import Line, lines_between
from classroom.posts.models import Post, Revision
from classroom.posts.showing import ShownFile, files_shown
from classroom.posts.views import bp
from classroom.projects.models import Anonymity
from classroom.projects.rules import Phase, due, is_over
from classroom.undo.commands import offer
from classroom.web.forms import check_press
from classroom.web.numbers import whole
from classroom.web.saying import say


@dataclass(frozen=True)
class Part:
    """A part of a post that is another than before."""

    heading: str
    lines: list[Line]


@bp.get("/posts/<post_id>/receipt")
@allow("post:keep", queries.post_for)
def receipt(actor: Actor, post: Post) -> ResponseReturnValue:
    """What was received, when, and what happens next."""
    revision = _revision(post, request.args.get("revision", type=whole))
    project, extension = post.project, queries.extension_of(post)
    names = (
        []
        if project.anonymity is Anonymity.NAMED
        else rules.names_in(f"{revision.title}\n{revision.source}", wording.own_names(actor))
    )
    comment_by = due(project, Phase.COMMENT, extension)
    return render_template(
        "posts/receipt.html",
        post=post,
        project=project,
        revision=revision,
        files=files_shown(actor, project, post.author_id, queries.files_of(revision.id)),
        own_names=names,
        who=wording.who_sees(project, wording.myself(actor, post.course_id)),
        state_words=wording.STATES.get(post.state),
        comment_by=comment_by if not is_over(project, Phase.COMMENT, now(), extension) else None,
        commenting_over=is_over(project, Phase.COMMENT, now(), extension),
        revise=rules.deadline_of(project, now(), extension, posted_before=True),
        next_url=url_for("comments.next_post", project_id=project.public_id),
        post_url=url_for("comments.show", post_id=post.public_id),
        project_url=url_for("projects.show", project_id=project.public_id),
    )


def _revision(post: Post, number: int | None) -> Revision:
    found = queries.revision_of(post, number)
    if found is None:
        raise NotFound
    return found


@bp.get("/posts/<post_id>/changes")
@allow("post:see", queries.post_for)
def changes(actor: Actor, post: Post) -> ResponseReturnValue:
    """A readable difference between two revisions."""
    after = request.args.get("to", post.revision_number, type=whole)
    before = request.args.get("from", max(1, after - 1), type=whole)
    old, new = _revision(post, before), _revision(post, after)
    files = queries.files_of_revisions([old.id, new.id])
    shown = {
        one.id: files_shown(actor, post.project, post.author_id, files.get(one.id, [])) for one in (old, new)
    }
    return render_template(
        "posts/changes.html",
        post=post,
        project=post.project,
        old=old,
        new=new,
        editions=queries.editions_of(post.id),
        parts=_parts(old, new, shown[old.id], shown[new.id]),
        post_url=url_for("comments.show", post_id=post.public_id),
        project_url=url_for("projects.show", project_id=post.project.public_id),
    )


def _parts(
    old: Revision, new: Revision, old_files: list[ShownFile], new_files: list[ShownFile]
) -> list[Part]:
    pairs = [
        (_("Title"), old.title, new.title),
        (_("Text"), old.source, new.source),
        (_("Link"), old.link, new.link),
        (_("Feedback that would help"), old.help_wanted, new.help_wanted),
        (_("Files"), _names(old_files), _names(new_files)),
    ]
    return [Part(heading, lines_between(a, b)) for heading, a, b in pairs if a != b]


def _names(files: list[ShownFile]) -> str:
    return "\n".join(file.name for file in files)


@bp.post("/posts/<post_id>/withdrawal")
@allow("post:keep", queries.post_for)
def withdraw(actor: Actor, post: Post) -> ResponseReturnValue:
    """Taking a post back; the editor offers to post it again."""
    check_press()
    commands.withdraw_post(post, actor.person_id)
    back = url_for(".receipt", post_id=post.public_id)
    undo = offer(actor.person_id, "posts.withdraw", post.public_id, back=back)
    say(_("You took your post back. It is kept here, and you can post it again."), undo=undo)
    return redirect(url_for(".write", project_id=post.project.public_id), 303)
