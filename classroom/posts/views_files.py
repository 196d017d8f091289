"""Files of posts: handed out safely, taken out of a draft."""

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.core import storage
from classroom.core.errors import RuleBroken
from classroom.core.i18n import _
from classroom.core.serving import serving_headers
from classroom.posts import commands_files, queries
from classroom.posts.models import PostFile
from classroom.posts.showing import knows_names
from classroom.posts.views import bp
from classroom.web.forms import check_press


@bp.get("/files/<file_id>")
@allow("file:see", queries.file_for)
def file(actor: Actor, file: PostFile) -> ResponseReturnValue:
    """Under its own name for whoever knows the author, else under one that tells nothing."""
    named = knows_names(actor, file.post.project, file.post.author_id)
    name = file.name if named else file.neutral_name
    answer = Response(storage.store().stream(file.key))
    answer.headers.update(serving_headers(file.media_type, name, inline=file.inline))
    answer.headers["Content-Length"] = str(file.size)
    return answer


@bp.post("/files/<file_id>/removal")
@allow("file:remove", queries.file_for)
def remove_file(_actor: Actor, file: PostFile) -> ResponseReturnValue:
    check_press()
    project_id = file.post.project.public_id
    commands_files.remove_file(file)
    return redirect(url_for(".write", project_id=project_id, _anchor="files"), 303)
