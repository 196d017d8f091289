"""How what was done to one's own post is taken back."""

from dataclasses import asdict

from classroom.access import Actor
from classroom.core.i18n import _
from classroom.posts import commands, commands_files, queries
from classroom.posts.models import Post, PostFile
from classroom.posts.rules import Typed
from classroom.posts.states import UNDONE, State
from classroom.undo.commands import Kept, TooLate, undoes


@undoes("posts.withdraw", "post:keep", queries.post_for)
def post_is_back(actor: Actor, post: Post, _kept: Kept) -> str:
    if post.state is not State.WITHDRAWN or post.withdrawn_from is None:
        raise TooLate
    commands.move_post(post, post.withdrawn_from, actor_id=actor.person_id, reason=UNDONE)
    return _("Your post is back as it was.")


def draft_of(post: Post) -> Kept:
    """What dropping a draft would lose. The version is the one it will have then."""
    files = [file.public_id for file in queries.draft_files_of(post.id)]
    return {"typed": asdict(commands.typed_in(post)), "files": files, "version": post.draft_version + 1}


@undoes("posts.drop_draft", "post:keep", queries.post_for)
def draft_is_back(_actor: Actor, post: Post, kept: Kept) -> str:
    commands_files.take_up_draft(post, Typed(**kept["typed"]), kept["files"], version=kept["version"])
    return _("Your changes are back in the draft.")


@undoes("posts.remove_file", "file:remove", queries.file_for)
def file_is_back(_actor: Actor, file: PostFile, kept: Kept) -> str:
    commands_files.put_back_file(file, max_files=kept["most"])
    return _("“%(name)s” is in your draft again.", name=file.name)
