"""The house keeps its eight rules, and each check has been seen to fail on a planted breach."""

import re

import pytest

from classroom.access import RULES
from tests.architecture import checks
from tests.architecture.house import FLOORS, PACKAGE, TOP, Module, modules, templates

HOUSE = modules()
FILES = [
    (path.relative_to(TOP).as_posix(), path.read_text())
    for kind in ("py", "html", "css", "js")
    for path in sorted(PACKAGE.rglob(f"*.{kind}"))
]
BY_MODULE = [
    checks.rule_1_foundations,
    checks.rule_2_logic_below,
    checks.rule_3_no_foreign_views,
    checks.rule_5_request_stays_outside,
    checks.rule_6_one_commit,
    checks.rule_7_imports_on_top,
    checks.rule_8_functions,
    checks.rule_8_names,
    checks.no_circles,
]


@pytest.mark.parametrize("check", BY_MODULE, ids=lambda check: check.__name__)
def test_the_house_keeps_its_rules(check):
    assert check(HOUSE) == []


def test_files_stay_small():
    assert checks.rule_8_sizes(FILES) == []


def test_templates_write_no_forms_and_nothing_inline():
    assert checks.templates_write_no_forms(templates()) == []


def test_templates_decide_nothing():
    assert checks.templates_decide_nothing(templates()) == []


def test_rule_4_every_route_has_a_rule(app):
    views = {name: view for name, view in app.view_functions.items() if name != "static"}
    assert checks.routes_without_a_guard(views) == []
    actions = {view.__dict__["access"] for view in views.values()} - {"everyone"}
    assert actions - set(RULES) == set()


def test_rule_4_every_rule_says_whom_it_lets(app):
    assert [action for action, one in RULES.items() if not one.says or not one.who] == []


def test_every_place_of_the_house_is_known():
    rooms = {module.room for module in HOUSE} - {"__init__", "migrations"}
    assert rooms <= set().union(*FLOORS)


LONG = "def f():\n" + "    x = 1\n" * 60
PLANTED = [
    (checks.rule_1_foundations, "classroom/core/x.py", "from classroom.posts.models import Post"),
    (checks.rule_1_foundations, "classroom/meaning/x.py", "import flask"),
    (checks.rule_1_foundations, "classroom/pairing/x.py", "import numpy"),
    (checks.rule_1_foundations, "classroom/pairing/x.py", "from classroom.core.db import db"),
    (checks.rule_1_foundations, "classroom/access/x.py", "from classroom.web.forms import BaseForm"),
    (checks.rule_1_foundations, "classroom/web/x.py", "from classroom.accounts.models import Person"),
    (checks.rule_2_logic_below, "classroom/posts/commands.py", "from flask import g"),
    (
        checks.rule_2_logic_below,
        "classroom/posts/queries.py",
        "from classroom.comments.models import Comment",
    ),
    (
        checks.rule_2_logic_below,
        "classroom/guidelines/models.py",
        "from classroom.projects.models import Project",
    ),
    (checks.rule_2_logic_below, "classroom/posts/rules.py", "from classroom.web.forms import BaseForm"),
    (checks.rule_2_logic_below, "classroom/comments/policy.py", "from classroom.posts.forms import PostForm"),
    (checks.rule_3_no_foreign_views, "classroom/posts/views.py", "from classroom.comments.views import bp"),
    (checks.rule_5_request_stays_outside, "classroom/posts/forms.py", "from flask import request"),
    (
        checks.rule_5_request_stays_outside,
        "classroom/posts/queries.py",
        "from flask_login import current_user",
    ),
    (checks.rule_6_one_commit, "classroom/posts/commands.py", "def f(s):\n    s.commit()"),
    (checks.rule_6_one_commit, "classroom/posts/views.py", "def f(s):\n    s.rollback()"),
    (checks.rule_7_imports_on_top, "classroom/posts/rules.py", "def f():\n    import re"),
    (checks.rule_7_imports_on_top, "classroom/posts/rules.py", "from .models import Post"),
    (checks.rule_8_functions, "classroom/posts/rules.py", f'"""Says."""\n{LONG}'),
    (checks.rule_8_functions, "classroom/posts/rules.py", "x = 1"),
    (checks.rule_8_names, "classroom/posts/utils.py", '"""Says."""'),
    (checks.rule_8_names, "classroom/posts/rules.py", "x = 1  # TODO later"),
]


@pytest.mark.parametrize(("check", "path", "source"), PLANTED)
def test_a_planted_breach_is_found(check, path, source):
    assert check([Module(path, source)])


def test_a_planted_circle_is_found():
    one = Module("classroom/posts/a.py", "from classroom.posts.b import x")
    two = Module("classroom/posts/b.py", "from classroom.posts.a import y")
    assert checks.no_circles([one, two])


@pytest.mark.parametrize("kind", ["py", "html", "css", "js"])
def test_a_planted_long_file_is_found(kind):
    assert checks.rule_8_sizes([(f"classroom/x.{kind}", "\n" * 400)])


@pytest.mark.parametrize(
    "text",
    [
        "<form>",
        "<input name=x>",
        '<p style="color:red">',
        "<style>",
        "<script>x()</script>",
        '<p onclick="x()">',
    ],
)
def test_a_planted_form_or_inline_thing_is_found(text):
    assert checks.templates_write_no_forms({"posts/page.html": text})


def test_a_planted_decision_in_a_template_is_found():
    assert checks.templates_decide_nothing({"posts/page.html": "{% if actor.teaches(1) %}"})


def test_a_planted_open_door_is_found():
    assert checks.routes_without_a_guard({"x": lambda: ""}) == ["x"]


def test_nothing_committed_names_a_registry_or_a_machine():
    pinned = (TOP / "constraints.txt").read_text()
    assert not re.search(r"https?://|--index|/work/|/root/", pinned)
