"""create_app: the only place where the parts are joined."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import classroom.accounts.listeners
import classroom.accounts.policy
import classroom.accounts.undoing
import classroom.accounts.views
import classroom.accounts.views_passkeys
import classroom.accounts.views_settings
import classroom.boards.policy
import classroom.boards.undoing
import classroom.boards.views
import classroom.boards.views_groups
import classroom.boards.views_notes
import classroom.boards.views_wall
import classroom.calibration.policy
import classroom.calibration.undoing
import classroom.calibration.views
import classroom.calibration.views_copying
import classroom.calibration.views_samples
import classroom.celebrations.policy
import classroom.celebrations.undoing
import classroom.celebrations.views
import classroom.celebrations.views_nominations
import classroom.celebrations.views_promote
import classroom.celebrations.views_week
import classroom.comments.listeners
import classroom.comments.undoing
import classroom.comments.views
import classroom.comments.views_comments
import classroom.comments.views_coverage
import classroom.comments.views_kept
import classroom.comments.views_threads
import classroom.courses.listeners
import classroom.courses.policy
import classroom.courses.undoing
import classroom.courses.views
import classroom.courses.views_end
import classroom.courses.views_join
import classroom.courses.views_people
import classroom.courses.views_roster
import classroom.courses.views_sections
import classroom.courses.views_several
import classroom.courses.views_viewing
import classroom.following.policy
import classroom.following.views
import classroom.guidelines.policy
import classroom.guidelines.undoing
import classroom.guidelines.views
import classroom.guidelines.views_draft
import classroom.guidelines.views_reports
import classroom.guidelines.views_situations
import classroom.guidelines.views_situations_staff
import classroom.guidelines.views_unclear
import classroom.help_requests.undoing
import classroom.help_requests.views
import classroom.help_requests.views_answers
import classroom.help_requests.views_asking
import classroom.insights.views
import classroom.insights.views_announcing
import classroom.insights.views_asking
import classroom.insights.views_between
import classroom.insights.views_exports
import classroom.insights.views_matrix
import classroom.insights.views_more_time
import classroom.insights.views_participation
import classroom.insights.views_picture
import classroom.insights.views_reminders
import classroom.insights.views_student
import classroom.insights.views_tables
import classroom.insights.views_talks
import classroom.insights.views_today
import classroom.lessons.policy
import classroom.lessons.undoing
import classroom.lessons.views
import classroom.lessons.views_class
import classroom.lessons.views_edit
import classroom.lessons.views_items
import classroom.lessons.views_text
import classroom.moderation.listeners
import classroom.moderation.policy
import classroom.moderation.undoing
import classroom.moderation.views
import classroom.moderation.views_labels
import classroom.moderation.views_subjects
import classroom.notices.listeners
import classroom.notices.listeners_boards
import classroom.notices.listeners_help
import classroom.notices.listeners_plans
import classroom.notices.policy
import classroom.notices.undoing
import classroom.notices.views
import classroom.notices.views_calendar
import classroom.notices.views_mail
import classroom.plans.listeners
import classroom.plans.policy
import classroom.plans.undoing
import classroom.plans.views
import classroom.plans.views_items
import classroom.portfolio.policy
import classroom.portfolio.views
import classroom.posts.listeners
import classroom.posts.policy
import classroom.posts.undoing
import classroom.posts.views
import classroom.posts.views_files
import classroom.posts.views_read
import classroom.projects.listeners
import classroom.projects.undoing
import classroom.projects.views
import classroom.projects.views_duplicate
import classroom.projects.views_edit
import classroom.projects.views_extensions
import classroom.projects.views_materials
import classroom.projects.views_project
import classroom.projects.views_setup
import classroom.sample.views
import classroom.undo.views
import classroom.web.views
from classroom.access import Actor
from classroom.accounts.models import Session
from classroom.accounts.queries import session_with
from classroom.config import Settings, read_settings
from classroom.core import links, mail, signed, storage
from classroom.core.db import db, prepare_engine
from classroom.courses.queries import instructors_of, seats_of
from classroom.courses.queries_viewing import seen_by
from classroom.insights.frame import course_frame
from classroom.notices.queries import unseen_by
from classroom.web import errors, headers, limits, sign_in, templating, unit_of_work

MIGRATIONS = Path(__file__).parent / "migrations"
BLUEPRINTS = (
    classroom.web.views.bp,
    classroom.accounts.views.bp,
    classroom.courses.views.bp,
    classroom.boards.views.bp,
    classroom.calibration.views.bp,
    classroom.celebrations.views.bp,
    classroom.comments.views.bp,
    classroom.following.views.bp,
    classroom.guidelines.views.bp,
    classroom.help_requests.views.bp,
    classroom.insights.views.bp,
    classroom.insights.views_matrix.bp,
    classroom.insights.views_participation.bp,
    classroom.insights.views_today.bp,
    classroom.lessons.views.bp,
    classroom.moderation.views.bp,
    classroom.notices.views.bp,
    classroom.plans.views.bp,
    classroom.portfolio.views.bp,
    classroom.posts.views.bp,
    classroom.projects.views.bp,
    classroom.sample.views.bp,
    classroom.undo.views.bp,
)


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The application; `overrides` are Flask settings, for tests."""
    settings = settings or read_settings()
    app = Flask(__name__, instance_path=str(settings.instance))
    _configure(app, settings, overrides)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    Babel(app)
    headers.init_app(app)  # first, so that it sees each answer last: also one that the commit has changed
    limits.init_app(app)
    unit_of_work.init_app(app)
    errors.init_app(app)
    sign_in.init_app(app, load_actor, "accounts.sign_in", sign_in.Eyes(seen_by, "courses.stop_viewing"))
    templating.init_app(app, course_frame)
    app.extensions["classroom.instructors"] = instructors_of
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _configure(app: Flask, settings: Settings, overrides: dict[str, Any]) -> None:
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.old_secret_keys),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-classroom" if settings.secure_cookies else "classroom",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
        MAX_CONTENT_LENGTH=settings.max_request,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=settings.trusted_hosts,
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).parent / "translations"),
        DEMO=settings.demo,
    )
    app.config.update(overrides)
    app.extensions["classroom.settings"] = settings
    put_in_place(settings)
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )


def _engine_options(url: str) -> dict[str, Any]:
    """What people wrote stays out of logs; a database that was away is found again by the next request."""
    options: dict[str, Any] = {"hide_parameters": True, "pool_timeout": 10}
    if url.startswith("postgresql"):
        options |= {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
    return options


def put_in_place(settings: Settings) -> None:
    """Links, files and mail are the installation's, not the request's: one process serves one."""
    links.use(settings.base_url)
    signed.use(settings.secret_key, settings.old_secret_keys)
    storage.use(storage.Storage.open(settings.files_url))
    mail.use(
        mail.Post(
            sender=settings.mail.sender,
            folder=settings.instance / "mail",
            host=settings.mail.host,
            port=settings.mail.port,
            user=settings.mail.user,
            password=settings.mail.password,
            starttls=settings.mail.starttls,
        )
    )


def load_actor(token: str) -> Actor | None:
    """Who holds that session, with their seats: two statements."""
    found = session_with(token, unseen_by(Session.person_id))
    if found is None:
        return None
    person = found[0].person
    return Actor(
        person_id=person.id,
        name=person.name,
        called=person.friendly,
        zone=person.zone or "UTC",
        may_teach=person.may_teach,
        seats=seats_of(person.id),
        unseen=found[1],
    )
