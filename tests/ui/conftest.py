"""A small app around one page that has everything on it, served to a real browser."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, jsonify, redirect, render_template, request
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server
from wtforms import HiddenField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from classroom.access.guard import open_to_everyone
from classroom.app import create_app
from classroom.config import Settings
from classroom.core.db import db
from classroom.web.forms import BaseForm

DESK = """
{% extends "layout/course.html" %}
{% from "ui/forms.html" import form as form_tag, field %}
{% from "ui/parts.html" import pen, quoting, coach, head, more %}
{% block title %}A bakery{% endblock %}
{% block content %}{{ head('A bakery that opens before the buses') }}
<div class="desk"><article class="desk-work" id="desk-work"><div class="work" data-anchorable>
<p>The bakery on Linden Street opens at half past three. Mr Aydın has <em>already</em> sold forty loaves.</p>
<p>I wanted the page to feel like that hour. The menu is at the bottom. On the second page there is a map.</p>
</div>
<ul class="rows"><li data-item tabindex="-1">one</li><li data-item tabindex="-1">two
{% call more('Return', key='r') %}{{ field(form.note) }}{% endcall %}</li></ul></article>
{% call pen('Your comment') %}
{% call form_tag('/desk', form, 'Post comment', autosave='/desk/draft') %}
{{ quoting(form.quote, form.quote_start, form.quote_before, form.quote_after) }}
{{ field(form.version) }}{{ field(form.title) }}{{ field(form.body, counter=200) }}
{{ field(form.secret, autocomplete='off') }}
{% endcall %}{% endcall %}</div>{% endblock %}
"""


class DeskForm(BaseForm):
    """A form with one field of each kind that the scripts look after."""

    title = StringField("Title", [DataRequired("Give it a name.")])
    body = TextAreaField("Your comment", [DataRequired("Write something first.")])
    secret = PasswordField("Password")
    note = StringField("Note")
    quote = StringField("Quote")
    quote_start = IntegerField("Start", [Optional()])
    quote_before = StringField("Before")
    quote_after = StringField("After")
    version = HiddenField(default="1")


@dataclass
class Site:
    """Where the app answers, what it was sent, and how it answers a draft."""

    url: str = ""
    draft: str = "ok"
    drafts: list[dict[str, str]] = field(default_factory=list)
    posts: list[dict[str, str]] = field(default_factory=list)


def _add_desk(app: Flask, site: Site) -> None:
    @app.route("/desk", methods=["GET", "POST"])
    @open_to_everyone
    def desk() -> Any:
        form = DeskForm.from_request()
        if request.method == "POST":
            site.posts.append(request.form.to_dict())
            if form.validate():
                return redirect("/help", 303)
        return render_template(
            "desk.html", form=form, page_has_errors=form.has_errors
        ), 422 if form.errors else 200

    @app.post("/desk/draft")
    @open_to_everyone
    def draft() -> Any:
        site.drafts.append(request.form.to_dict())
        if site.draft == "both":
            return "<div class='kept'><p>Both texts</p></div>", 409
        if site.draft == "out":
            return "", 401
        return jsonify(saved="14:02", version=len(site.drafts) + 1)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("look")
    site = Site()
    settings = Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'look.sqlite3'}",
        secret_key="for the look only, long enough",
        demo=True,
    )
    app = create_app(settings)
    app.jinja_loader = ChoiceLoader([app.jinja_loader, DictLoader({"desk.html": DESK})])  # type: ignore[list-item]
    _add_desk(app, site)
    with app.app_context():
        db.create_all()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(served: Site) -> Site:
    served.draft = "ok"
    served.drafts.clear()
    served.posts.clear()
    return served


@pytest.fixture
def look(chromium: Browser, site: Site) -> Iterator[Any]:
    """Open a path in a fresh browser; what the page complains about fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(path: str, *, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if "Security Policy" in message.text else None,
        )
        page.goto(site.url + path)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-awake]")
        return page

    yield visit
    for context in opened:
        context.close()
    assert complaints == []
