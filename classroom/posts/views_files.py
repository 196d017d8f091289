"""Files of posts: handed out safely, added to a draft while it is written, taken out of it."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core import storage
from classroom.core.i18n import _
from classroom.core.serving import serving_headers
from classroom.posts import commands_files, queries
from classroom.posts.forms import PostForm
from classroom.posts.models import PostFile
from classroom.posts.queries import Desk
from classroom.posts.showing import knows_names
from classroom.posts.views import bp
from classroom.posts.views_editor import files_piece, take_out, with_files
from classroom.web.forms import EXPIRED, check_press
from classroom.web.limits import takes_files
from classroom.web.saying import say


@bp.get("/files/<file_id>")
@allow("file:see", queries.file_for)
def file(actor: Actor, file: PostFile) -> ResponseReturnValue:
    """Under its own name for whoever knows the author, else under one that tells nothing.

    No ETag: the fingerprint of a file would tell that two posts come from one hand.
    """
    project, author_id = file.post.project, file.post.author_id
    knows = knows_names(actor, project, author_id)
    name = file.name if knows else file.neutral_name
    headers = serving_headers(file.media_type, name, inline=file.inline)
    if file.cleaned or knows:
        return Response(
            storage.store().stream(file.key), headers={**headers, "Content-Length": str(file.size)}
        )
    return Response(commands_files.bytes_for_peers(file), headers=headers)


@bp.post("/projects/<project_id>/post/files")
@takes_files
@allow("post:write", queries.desk_for)
def add_files(actor: Actor, desk: Desk) -> ResponseReturnValue:
    """Files go into the draft as soon as they are chosen; their owner sees at once what was taken out."""
    form = PostForm.from_request()
    form.validate()
    if form.csrf_token.errors:
        form.refuse(form.files, EXPIRED)
        return files_piece(desk, form, 422)
    refused, desk = with_files(actor, desk, form)
    if request.headers.get("HX-Request"):
        return files_piece(desk, form, refused or 200)
    return redirect(url_for(".write", project_id=desk.project.public_id, _anchor="files-part"), 303)


@bp.post("/files/<file_id>/removal")
@allow("file:remove", queries.file_for)
def remove_file(actor: Actor, file: PostFile) -> ResponseReturnValue:
    check_press()
    post, undo = file.post, take_out(actor, file)
    if request.headers.get("HX-Request"):
        return files_piece(Desk(post.project, None, post), PostForm(), taken_out=(file.name, undo))
    say(_("“%(name)s” is out of your draft.", name=file.name), "info", undo=undo)
    return redirect(url_for(".write", project_id=post.project.public_id, _anchor="files-part"), 303)
