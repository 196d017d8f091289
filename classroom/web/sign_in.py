"""Sign-in glue: Flask-Login carries a token of our own session table; no domain is known here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from classroom.access import Actor
from classroom.web.errors import SECRET, typed

login_manager = LoginManager()


@dataclass
class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login holds: the session's token and the actor behind it."""

    token: str
    actor: Actor

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask, load_actor: Callable[[str], Actor | None], page: str) -> None:
    """`load_actor(token)` answers who holds that session; `page` is the sign-in page's endpoint."""
    login_manager.init_app(app, add_context_processor=False)  # else an error page asks who is there
    login_manager.session_protection = None  # our own table revokes; addresses change on a train

    def load(token: str) -> SignedIn | None:
        actor = load_actor(token)
        return SignedIn(token, actor) if actor else None

    login_manager.user_loader(load)
    app.extensions["classroom.actor_loader"] = _actor
    app.extensions["classroom.sign_in_first"] = lambda instead=page: sign_in_first(instead)


def _actor() -> Actor | None:
    return cast("Actor", current_user.actor) if current_user.is_authenticated else None


def current_token() -> str | None:
    """The token of this request's session, if there is one."""
    return cast("str", current_user.token) if current_user.is_authenticated else None


def sign_in_first(page: str) -> ResponseReturnValue:
    """To the sign-in page, and then back to where the person was going; what was written is kept."""
    if request.headers.get("HX-Request") or request.accept_mimetypes.best == "application/json":
        return {"error": "signed_out"}, 401
    going = request.full_path.rstrip("?") if request.method == "GET" else request.referrer or ""
    door = url_for(page, next=safe_path(going))
    written = typed() if request.method == "POST" else []
    if not written:
        return redirect(door)
    again = [(name, text) for name, text in request.form.items(multi=True) if name not in SECRET - {"once"}]
    return render_template("layout/signed_out.html", door=door, written=written, again=again), 401


def safe_path(path: str | None) -> str | None:
    """A path on this site, or None: nobody is led elsewhere after signing in."""
    if not path:
        return None
    parts = urlsplit(path)
    if parts.netloc and parts.netloc != request.host:
        return None
    clean = parts.path + (f"?{parts.query}" if parts.query else "")
    if not clean.startswith("/") or clean.startswith(("//", "/\\")) or "\\" in clean or "\n" in clean:
        return None
    return clean


def begin(token: str, actor: Actor) -> None:
    """Start the session in this browser; what was there before is dropped (no fixed sessions)."""
    kept = {name: session[name] for name in ("theme", "keys") if name in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    login_user(SignedIn(token, actor))


def end() -> None:
    logout_user()
    session.clear()
