"""Sign-in glue: Flask-Login carries a token of our own session table; no domain is known here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from classroom.access import Actor
from classroom.core.errors import OnlyLooking
from classroom.core.i18n import _
from classroom.web.errors import SECRET, typed

login_manager = LoginManager()
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass
class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login holds: the session's token and the actor behind it."""

    token: str
    actor: Actor

    def get_id(self) -> str:
        return self.token


@dataclass(frozen=True)
class Eyes:
    """How one looks through another's: `seen_by(viewer, key)` answers whom one sees; `stop`: an endpoint."""

    seen_by: Callable[[Actor, str], Actor | None]
    stop: str


def init_app(app: Flask, load_actor: Callable[[str], Actor | None], page: str, eyes: Eyes) -> None:
    """`load_actor(token)` answers who holds that session; `page` is the sign-in page's endpoint."""
    app.before_request(lambda: _look(eyes))
    login_manager.init_app(app, add_context_processor=False)  # else an error page asks who is there
    login_manager.session_protection = None  # our own table revokes; addresses change on a train

    def load(token: str) -> SignedIn | None:
        actor = load_actor(token)
        return SignedIn(token, actor) if actor else None

    login_manager.user_loader(load)
    app.extensions["classroom.actor_loader"] = _actor
    app.extensions["classroom.sign_in_first"] = lambda instead=page: sign_in_first(instead)


def _actor() -> Actor | None:
    return seen_now() or _self()


def _self() -> Actor | None:
    return cast("Actor", current_user.actor) if current_user.is_authenticated else None


def seen_now() -> Actor | None:
    """Through whose eyes this request looks, if through another's."""
    return cast("Actor | None", g.get("seen_now"))


def _look(eyes: Eyes) -> None:
    """While staff look through a student's eyes, nothing is changed but that they stop."""
    begun: dict[str, Any] | None = session.get("viewing")
    if begun is None or request.endpoint == "static":
        return
    own = _self()
    g.seen_now = eyes.seen_by(own, begun["key"]) if own else None
    if g.seen_now is None:
        look_no_more()
        flash(_("You see this as yourself again."), "info")
    if request.method not in SAFE and request.endpoint != eyes.stop:
        raise OnlyLooking


def look_through(key: str, back: str) -> None:
    """From the next page on; no form of a page that was open before works in between."""
    session["viewing"] = {"key": key, "back": back}
    session.pop("csrf", None)


def look_no_more() -> tuple[str, str]:
    """The key of the viewing, and the page it was begun from; both empty when there was none."""
    begun = session.pop("viewing", {})
    session.pop("csrf", None)
    return begun.get("key", ""), begun.get("back", "")


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
