"""The demo: a class built through commands, the same for the same seed, with a door for everyone."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from classroom.app import create_app
from classroom.celebrations.models import Highlight, Nomination
from classroom.celebrations.rules_nominations import week_of
from classroom.cli.demo.build import build
from classroom.cli.demo.views import bp
from classroom.cli.schema import upgrade_in
from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.courses.models import Membership
from classroom.following.models import Interest, Stance
from classroom.moderation.models import Case
from classroom.posts.models import Post
from classroom.posts.states import State
from classroom.projects.models import Project

PRESENT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def made(settings, folder):
    app = create_app(
        replace(settings, instance=folder, database_url=f"sqlite:///{folder / 'demo.sqlite3'}", demo=True)
    )
    app.register_blueprint(bp)
    upgrade_in(app)
    with app.app_context(), app.test_request_context():
        build(PRESENT)
        db.session.remove()
    return app


@pytest.fixture(scope="module")
def demo(settings, tmp_path_factory):
    app = made(settings, tmp_path_factory.mktemp("demo"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def count(kind, *where):
    return db.session.scalar(select(func.count()).select_from(kind).where(*where))


def test_the_class_is_as_large_and_as_lively_as_promised(demo):
    with demo.app_context():
        assert count(Membership) == 26
        assert count(Project) == 3
        assert count(Comment, Comment.state != State.DRAFT) >= 145
        assert count(Case, Case.closed_at.is_(None)) >= 4
        assert count(Case, Case.closed_at.is_not(None)) >= 5
        assert count(Post, Post.state == State.DRAFT) >= 3
        assert {one.stance for one in db.session.scalars(select(Interest))} == set(Stance)
        monday, _end = week_of(PRESENT, ZoneInfo("Europe/Berlin"))
        assert count(Nomination, Nomination.at >= monday) == 4
        assert (
            count(Highlight, Highlight.consent_at >= monday) >= 2
        )  # the week of the demo has great comments


def test_the_same_seed_makes_the_same_class(demo, settings, tmp_path):
    def contents(app):
        with app.app_context():
            rows = db.session.execute(
                select(Comment.public_id, Comment.body, Comment.posted_at, Comment.standing)
            )
            secrets = db.session.scalars(select(Project.secret).order_by(Project.id)).all()
            return [tuple(row) for row in rows.all()], list(secrets)

    again = made(settings, tmp_path)
    assert contents(demo) == contents(again)
    with again.app_context():
        db.session.remove()
        db.engine.dispose()


def test_everyone_has_a_door_of_one_press(demo):
    client = demo.test_client()
    page = client.get("/demo").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    doors = re.findall(r'action="(/demo/sign-in/\w+)"', page)
    assert len(doors) == 26
    assert client.post(doors[0], data={"csrf_token": token}).location == "/"
    home = client.get("/").text
    assert "This is a demo class" in home
    assert "Ms Okafor" in home


def test_the_mail_can_be_read_and_the_doors_are_the_demos_alone(demo, app):
    assert "Classroom has written" in demo.test_client().get("/demo/mail").text
    assert app.test_client().get("/demo").status_code == 404
