"""What the editor's page and its pieces are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor
from classroom.config import Settings
from classroom.core import richtext
from classroom.core.clock import now
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.moderation.queries import Entry, record_of
from classroom.plans.queries import beside_editor
from classroom.posts import commands_files, queries, rules, wording
from classroom.posts.commands import typed_in
from classroom.posts.forms import PostForm
from classroom.posts.models import Post, PostFile
from classroom.posts.queries import Desk
from classroom.posts.rules import Typed
from classroom.posts.states import State
from classroom.projects.models import Anonymity, Wanted
from classroom.undo.commands import offer
from classroom.web.forms import PlainForm
from classroom.web.unit_of_work import keep_despite_refusal


@dataclass(frozen=True)
class Both:
    """The text that is not in the form: another tab's, or (`mine`) the one typed here."""

    text: Typed
    version: int = 0
    mine: bool = False


@dataclass(frozen=True)
class Preview:
    """A text as the class will read it."""

    title: str
    html: str

    @classmethod
    def of(cls, typed: Typed) -> "Preview":
        html = richtext.render(typed.text, picture=_("picture"))
        title = rules.title_of(typed, richtext.text_of(html))
        return cls(title, rules.below_title(title, html))


@dataclass(frozen=True)
class Limits:
    """How many files, and how large."""

    each: int
    number: int


def limits() -> Limits:
    settings: Settings = current_app.extensions["classroom.settings"]
    return Limits(settings.max_file, settings.max_files)


def page(
    actor: Actor,
    desk: Desk,
    form: PostForm | None = None,
    *,
    both: Both | None = None,
    preview: Preview | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The whole editor; without a form it shows what is saved."""
    project, post = desk.project, desk.post
    form = form or saved_form(post)
    parts = takes(desk)
    files: Sequence[PostFile] = queries.draft_files_of(post.id) if post else []
    for part, wanted in parts.items():
        form[part].flags.required = wanted is Wanted.REQUIRED and not (part == "files" and files)
    deadline = rules.deadline_of(project, now(), desk.extension, posted_before=is_posted(post))
    shown = render_template(
        "posts/write.html",
        project=project,
        project_url=url_for("projects.show", project_id=project.public_id),
        post=post,
        form=form,
        plain=PlainForm(),
        both=both,
        preview=preview,
        deadline=deadline,
        deadline_soon=bool(deadline and deadline.soon(now())),
        posted=is_posted(post),
        state_words=wording.STATES.get(post.state) if post else None,
        said=_said_of(actor, post),
        who=wording.who_sees(project, wording.myself(actor, project.course_id)),
        own_names=names_given_away(actor, desk, form.typed),
        takes=parts,
        files=files,
        limits=limits(),
        changed=is_changed(post),
        plan=beside_editor(actor, post) if post is not None and is_posted(post) else [],
    )
    return shown, status


def _said_of(actor: Actor, post: Post | None) -> Entry | None:
    """What a person said when they held, returned or removed the post; only asked for then."""
    if post is None or post.state not in {State.HELD, State.RETURNED, State.REMOVED}:
        return None
    return next(reversed(record_of(actor, post)), None)


def saved_form(post: Post | None) -> PostForm:
    """What is saved, in a form."""
    if post is None:
        return PostForm()
    latest = queries.revision_of(post) if post.draft_version == 0 else None
    return PostForm.showing(typed_in(post, latest), post.draft_version)


def is_posted(post: Post | None) -> bool:
    return post is not None and post.revision_number > 0


def is_changed(post: Post | None) -> bool:
    """Is there a draft newer than what is published?"""
    if post is None or post.revised_at is None or post.draft_saved_at is None:
        return False
    return post.draft_saved_at > post.revised_at


def takes(desk: Desk) -> dict[str, Wanted]:
    """Which parts the project takes, without those it does not."""
    project = desk.project
    parts = {"text": project.wants_text, "link": project.wants_link, "files": project.wants_files}
    return {part: wanted for part, wanted in parts.items() if wanted is not Wanted.NO}


def names_given_away(actor: Actor, desk: Desk, typed: Typed) -> Sequence[str]:
    """In a project without names: the author's own names in their text."""
    if desk.project.anonymity is Anonymity.NAMED:
        return []
    return rules.names_in(f"{typed.title}\n{typed.text}\n{typed.help_wanted}", wording.own_names(actor))


def both_piece(both: Both) -> str:
    """For a page whose draft was saved elsewhere meanwhile."""
    return render_template("posts/_both.html", both=both)


def preview_piece(actor: Actor, desk: Desk, typed: Typed) -> str:
    return render_template(
        "posts/_preview.html",
        preview=Preview.of(typed),
        own_names=names_given_away(actor, desk, typed),
        who=wording.who_sees(desk.project, wording.myself(actor, desk.course_id)),
    )


def with_files(actor: Actor, desk: Desk, form: PostForm) -> tuple[int, Desk]:
    """The status of a refusal, or 0, and the desk with the files that came; they stay whatever follows."""
    if not request.files:
        return 0, desk
    refused = take_files(actor, desk, form)
    keep_despite_refusal()
    return refused, Desk(desk.project, desk.extension, queries.own_post(actor, desk.project.id))


def take_files(actor: Actor, desk: Desk, form: PostForm) -> int:
    """Each file that came with the form; what is refused is said beside the field, the others are kept.

    Answers 0, or the status of a page that refuses: 503 when files cannot be kept just now, 413 for too much.
    """
    settings: Settings = current_app.extensions["classroom.settings"]
    refused: set[int] = set()
    for sent in request.files.getlist("files"):
        if not sent.filename:
            continue
        given = commands_files.Given(sent.filename, sent.stream.read(settings.max_file + 1))
        sent.close()
        try:
            commands_files.add_file(
                desk.project,
                actor.person_id,
                given,
                max_bytes=settings.max_file,
                max_files=settings.max_files,
            )
        except RuleBroken as error:
            refused.add(error.status)
            named = f"{given.name}: {error.message}" if error.status == RuleBroken.status else error.message
            form.refuse(form.files, named)
    return next((status for status in (503, 413, 422) if status in refused), 0)


def take_out(actor: Actor, file: PostFile) -> str:
    """Take a file out of the draft; answers the token that puts it back."""
    commands_files.remove_file(file)
    back = url_for("posts.write", project_id=file.post.project.public_id, _anchor="files-part")
    most = limits().number
    return offer(actor.person_id, "posts.remove_file", file.public_id, back=back, most=most)


def files_piece(
    desk: Desk, form: PostForm, status: int = 200, *, taken_out: tuple[str, str] | None = None
) -> ResponseReturnValue:
    """The files of a draft with the field that adds more; `taken_out` is a name, and how it comes back."""
    files: Sequence[PostFile] = queries.draft_files_of(desk.post.id) if desk.post else []
    piece = render_template(
        "posts/_files.html",
        project=desk.project,
        form=form,
        files=files,
        limits=limits(),
        takes=takes(desk),
        taken_out=taken_out,
    )
    return piece, status
