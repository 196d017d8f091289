"""Every route as every kind of person, compared with the table that `classroom access` prints."""

import re
from dataclasses import replace

import pytest

from classroom.access import RULES, Kind
from tests.access import scene as scenes
from tests.access.walk import LABELS, SIGNED_ADDRESS, UNSAFE, breach, may, steps

# Who may begin a course of their own is not a question of this course.
MAY_TEACH_ANYWHERE = {
    ("courses.create", "elsewhere's instructor"),
    ("sample.begin", "elsewhere's instructor"),
}
# Whoever was taken off does not come back by the join code alone.
# They answer about what was sent and write nothing; whoever is in a course already is led into it.
SAYS_NOTHING = {"calibration.coaching", "comments.coaching", "posts.preview", "courses.join"}
TAKEN_OFF = {("courses.join", "who left")}


def breaches(walker, road, labels=LABELS):
    found = []
    for step in road:
        for label in labels:
            if (step.endpoint, label) in MAY_TEACH_ANYWHERE | TAKEN_OFF:
                continue
            with walker.undone():
                answer = walker.go(step, label)
            found.append(breach(step, label, walker.scene.is_what(label, dict(step.filled)), answer))
    return [one for one in found if one]


def test_every_page_opens_for_those_whom_the_table_lets(walker, road):
    assert "\n".join(breaches(walker, [step for step in road if step.method == "GET"])) == ""


def test_every_act_is_open_to_those_whom_the_table_lets(walker, road):
    assert "\n".join(breaches(walker, [step for step in road if step.method in UNSAFE])) == ""


def test_without_the_pages_token_nothing_changes(walker, road):
    """As whoever is allowed to: refused, and every table is what it was."""
    changed, before = [], walker.rows()
    for step in (step for step in road if step.method in UNSAFE and step.endpoint not in SIGNED_ADDRESS):
        label = next(one for one in LABELS if may(step, walker.scene.is_what(one, dict(step.filled))))
        with walker.undone():
            answer = walker.go(step, label, with_token=False, data={"name": "Mallory", "body": scenes.GOOD})
            if walker.has_changed(before):
                changed.append(f"{step} as {label}: {answer.status_code}, and rows have changed")
        if not 400 <= answer.status_code < 500 and step.endpoint not in SAYS_NOTHING:
            changed.append(f"{step} as {label}: {answer.status_code}")
    assert "\n".join(changed) == ""


STAFF_OF_A = {"assistant", "assistant of all", "instructor"}
HIDDEN = {
    "a note before the reveal": {"poster"},
    "a draft project": STAFF_OF_A | {"other assistant"},
    "an answer key": STAFF_OF_A | {"other assistant"},
    "a draft post": {"writer"},
    "a held comment": STAFF_OF_A | {"writer"},
    "a held request": STAFF_OF_A | {"poster"},
    "a request for staff": STAFF_OF_A | {"poster"},
    "an unsent comment": {"classmate"},
    "an unpublished file": {"poster"},
    "a sample without a comment": STAFF_OF_A | {"other assistant"},
}


@pytest.mark.parametrize("what", HIDDEN)
def test_what_is_hidden_is_not_there_for_anyone_else(app, walker, scene, what):
    """404 as for a thing that does not exist: not 403, which would tell that it does."""
    scene.values = scene.hidden[what]
    scene.kinds = {scene.values["kind"]: scene.values["row_id"]} if "kind" in scene.values else {}
    told = []
    for rule in app.url_map.iter_rules():
        if not rule.arguments or not set(rule.arguments) <= set(scene.values):
            continue
        scene_step = next(iter(steps_of(app, rule, scene)))
        if scene_step.action == "everyone":
            continue
        for label in set(LABELS) - HIDDEN[what] - {"visitor", "disabled"}:
            with walker.undone():
                status = walker.go(scene_step, label).status_code
            if status != 404:
                told.append(f"{scene_step} as {label}: {status}")
    assert "\n".join(told) == ""


def steps_of(app, rule, scene):
    only = {name: scene.values[name] for name in rule.arguments}
    yield from steps(_OneRule(app, rule), replace(scene, values=only))


class _OneRule:
    """An application as if it had this one route."""

    def __init__(self, app, rule):
        self.url_map, self.view_functions = self, app.view_functions
        self.test_request_context, self.rule = app.test_request_context, rule

    def iter_rules(self):
        return [self.rule]


def test_the_same_answer_for_what_is_not_ours_and_what_is_not(walker, scene, road):
    """A stranger cannot tell a post of another course from an id that was never given out."""
    for step in road:
        filled = {name: str(value) for name, value in step.filled if name not in scenes.OWN}
        values = [value for name, value in filled.items() if name.endswith("_id")]
        if step.method != "GET" or not values or step.action == "everyone":
            continue
        nowhere = replace(step, path=step.path.replace(values[-1], "zzzzzzzzzzzz"))
        theirs, none = (walker.go(one, "elsewhere's student") for one in (step, nowhere))
        assert theirs.status_code == none.status_code == 404, step
        assert without_tokens(theirs.text) == without_tokens(none.text), step


def without_tokens(page):
    return re.sub(r'value="[^"]*##[^"]*"|zzzzzzzzzzzz', "", page)


class TestTheWalkItself:
    """It fails when the table and the code part ways."""

    def test_a_table_that_promises_too_much(self, walker, road, monkeypatch):
        rule = RULES["course:edit"]
        monkeypatch.setitem(RULES, "course:edit", replace(rule, who=rule.who | {Kind.OBSERVER}))
        settings = [step for step in road if step.endpoint == "courses.settings"]
        assert breaches(walker, settings, ["observer"])

    def test_code_that_lets_in_too_many(self, walker, road, monkeypatch):
        rule = RULES["course:edit"]
        monkeypatch.setitem(RULES, "course:edit", replace(rule, may=lambda *_: True))
        settings = [step for step in road if step.endpoint == "courses.settings"]
        assert breaches(walker, settings, ["classmate"])

    def test_a_route_without_a_place_in_the_scene(self, app, scene):
        del scene.values["project_id"]
        with pytest.raises(KeyError, match="the scene has no place for 'project_id'"):
            list(steps(app, scene))
