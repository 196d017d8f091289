"""Headers of every answer: pages, refusals, files and what is served as it is."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from classroom.app import create_app
from classroom.core.db import db
from classroom.web.headers import POLICY

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Where the address itself is a secret, no other page may learn it.
SECRET_ADDRESS = {**ALWAYS, "Referrer-Policy": "no-referrer"}
SECRET = {"guidelines.situation_asked", "guidelines.ask_back"}


def wrong_headers(answer, always=ALWAYS):
    """What is missing or weak, by header."""
    found = {
        name: answer.headers.get(name) for name, value in always.items() if answer.headers.get(name) != value
    }
    policy = answer.headers.get("Content-Security-Policy", "")
    if ("default-src 'none'" not in policy and "sandbox" not in policy) or "unsafe-inline" in policy.split(
        "style-src"
    )[0]:
        found["Content-Security-Policy"] = policy
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found["Permissions-Policy"] = answer.headers.get("Permissions-Policy")
    return found


def test_every_page_for_everyone(walker, road):
    wrong = []
    for step in road:
        for label in ("visitor", "classmate", "instructor"):
            with walker.undone():
                answer = walker.go(step, label)
            always = SECRET_ADDRESS if step.endpoint in SECRET else ALWAYS
            if found := wrong_headers(answer, always):
                wrong.append(f"{step} as {label} ({answer.status_code}): {found}")
            cache = answer.headers.get("Cache-Control", "")
            if "no-store" not in cache and "private" not in cache:
                wrong.append(f"{step} as {label}: kept by anyone, {cache!r}")
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/posts/zzzzzzzzzzzz", 302),
        ("DELETE", "/help", 405),
        ("POST", "/sign-in", 422),
        ("GET", "/static/nowhere.css", 404),
        ("GET", "/static/../config.py", 404),
        ("GET", "/static/%2e%2e/config.py", 404),
        ("GET", "/static/..%2fconfig.py", 404),
    ],
)
def test_refusals_too(visitor, method, path, status):
    answer = visitor.open(path, method=method)
    assert answer.status_code == status
    assert wrong_headers(answer) == {}


def test_what_has_not_changed_too(visitor):
    with visitor.get("/static/css/tokens.css") as first:
        tag = first.headers["ETag"]
    with visitor.get("/static/css/tokens.css", headers={"If-None-Match": tag}) as answer:
        assert answer.status_code == 304
        assert wrong_headers(answer) == {}


def test_a_page_of_people_has_no_fingerprint(walker, road):
    """An ETag would tell that two answers, or two files, are the same."""
    told = []
    for step in road:
        with walker.undone():
            answer = walker.go(step, "classmate")
        told += [str(step) for name in ("ETag", "Last-Modified") if name in answer.headers]
    assert told == []


def test_too_large_too(visitor):
    answer = visitor.post("/sign-in", data={"email": "x" * 300_000})
    assert answer.status_code == 413
    assert wrong_headers(answer) == {}


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(IntegrityError("x", None, Exception()), 409), (OperationalError("x", None, Exception()), 503)],
)
def test_what_fails_at_its_commit_too(walker, road, monkeypatch, trouble, status):
    """The answer was made already, and another one takes its place."""

    def fail():
        raise trouble

    (step,) = [one for one in road if one.endpoint == "accounts.settings" and one.method == "POST"]
    data = {"csrf_token": walker.csrf["classmate"], "name": "Noor", "called": "", "pronouns": "", "zone": ""}
    with walker.undone():
        session = SimpleNamespace(commit=fail, rollback=db.session.rollback)
        monkeypatch.setattr("classroom.web.unit_of_work.db", SimpleNamespace(session=session))
        answer = walker.go(step, "classmate", data=data)
    assert answer.status_code == status
    assert wrong_headers(answer) == {}
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_our_own_mistake_too(app, visitor, monkeypatch):
    def fail():
        raise RuntimeError("a secret detail")

    monkeypatch.setitem(app.view_functions, "web.help_page", fail)
    answer = visitor.get("/help")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert wrong_headers(answer) == {}


def test_static_files_are_kept_and_nothing_else_is(visitor):
    with visitor.get("/static/css/tokens.css") as style:
        assert "immutable" in style.headers["Cache-Control"]
    assert visitor.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert "Cookie" in visitor.get("/sign-in").headers["Vary"]


def test_the_policy_lets_nothing_in_from_elsewhere():
    allowed = {source for part in POLICY.split(";") for source in part.split()[1:]}
    assert allowed <= {"'none'", "'self'", "data:"}
    assert "data:" not in POLICY.split("script-src")[1].split(";")[0]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example"]
)
def test_a_forged_host_gets_no_page_and_no_link(visitor, host):
    for path in ("/", "/sign-in", "/help", "/nowhere"):
        answer = visitor.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "evil.example" not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-Url"]
)
def test_a_forwarded_host_is_believed_from_nobody(visitor, name):
    answer = visitor.get("/projects/zzzzzzzzzzzz", headers={name: "evil.example"})
    assert answer.status_code == 302
    assert "evil.example" not in answer.text + str(answer.headers)


def test_over_tls_the_cookie_is_for_this_host_alone(settings, tmp_path):
    app = create_app(
        replace(
            settings,
            instance=tmp_path,
            database_url=f"sqlite:///{tmp_path / 'tls.sqlite3'}",
            base_url="https://localhost",
            secure_cookies=True,
        )
    )
    page = app.test_client().get("/sign-in", base_url="https://localhost")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-classroom=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_without_tls_the_cookie_still_is_not_read_by_scripts(visitor):
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
