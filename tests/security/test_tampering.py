"""Every route with requests that no page of ours makes: refused in the 400s, and never an error of ours."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import tests.access.walk as walk_module
from tests.access.walk import LABELS, NAMES_OF_TOKENS, SIGNED_ADDRESS, UNSAFE, may
from tests.security.names import NAMES

JUNK = {
    "nothing at all": "",
    "a null byte": "a\x00b",
    "half a pair": "\ud800",
    "more than anybody types": "long " * 3000,
    "a number beyond all": "9" * 40,
    "below nothing": "-1",
    "not a number": "NaN",
    "quotes": "' OR 1=1; --\"",
    "percents": "%s%n%(x)s{0}{{7*7}}",
    "a date of no year": "0000-00-00T25:61",
    "a date far away": "9999-12-31T23:59",
    "a template": "{{ config.SECRET_KEY }}${7*7}",
}
# Each round sends one value under every name that some page reads.
QUERY_NAMES = (
    "page", "q", "version", "from", "to", "ruling", "sort", "project", "move", "next", "preset", "show",
    "section", "revision", "before", "after", "number", "prompt", "tab", "%00",
)  # fmt: skip
QUERY_VALUES = {
    "less than nothing": "-1",
    "just more than it holds": str(2**31),
    "a null byte": "%00",
    "no text": "%ff%fe",
    "much": "x" * 400,
    "somewhere else": "//evil.example",
    "quotes": "'%3b--%22",
}
BODIES = {
    "JSON": ("application/json", json.dumps({"name": ["x"], "csrf_token": {"a": 1}})),
    "no such type": ("x/y; charset=nonsense", "name=x"),
    "form in no such charset": ("application/x-www-form-urlencoded; charset=utf-7", "name=%FF%FE"),
    "multipart without its boundary": ("multipart/form-data", "x"),
    "multipart that never ends": (
        "multipart/form-data; boundary=b",
        '--b\r\nContent-Disposition: form-data; name="a"',
    ),
    "multipart of bytes": ("multipart/form-data; boundary=b", b"\x00\xff" * 200),
}


def walk(walker, road, requests, *, everyone=False):
    """The answers that are errors of ours: each request as the next of those who are let in, or of all."""
    wrong, turn = [], 0
    for step in road:
        let_in = [one for one in LABELS if may(step, walker.scene.is_what(one, dict(step.filled)))]
        for what, kwargs_of in requests(step):
            label = (LABELS if everyone else let_in)[turn % len(LABELS if everyone else let_in)]
            turn += 1
            with walker.undone():
                answer = walker.go(step, label, **kwargs_of(label))
            if answer.status_code >= 500:
                wrong.append(f"{step} as {label}, {what}: {answer.status_code}")
    return "\n".join(wrong)


def test_junk_in_every_field(walker, road, monkeypatch):
    """Once, and as a list of three. The made-up class is begun without its projects and without whoever took
    its lesson: no field is of them."""
    monkeypatch.setattr("classroom.sample.commands.RUNNING", ())
    monkeypatch.setattr("classroom.sample.commands.take_lesson", lambda _cast: None)

    def with_token(typed):
        fields = encoded({f"{prefix}{name}": typed for prefix in ("", "new-") for name in NAMES})
        filled = form(fields)

        def sent(label):
            tokens = form(dict.fromkeys(NAMES_OF_TOKENS, walker.csrf[label]))
            return {"data": f"{filled}&{tokens}", "content_type": "application/x-www-form-urlencoded"}

        return sent

    sending = {what: with_token(text) for what, text in JUNK.items()}
    sending["three times"] = with_token(["x", "1", ""])

    def requests(step):
        if step.method in UNSAFE:
            yield from sending.items()

    assert walk(walker, road, requests) == ""


def form(values):
    """As a browser writes it; written once for all routes, since it is long."""
    return urlencode(values, doseq=True)


def encoded(values):
    """Lone surrogates travel as the bytes that they would be, which are not UTF-8."""

    def plain(text):
        return (
            text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            if isinstance(text, str)
            else text
        )

    return {
        name: [plain(one) for one in text] if isinstance(text, list) else plain(text)
        for name, text in values.items()
    }


def test_junk_in_the_query(walker, road):
    def asking(query):
        return lambda _label: {"query_string": query}

    def requests(step):
        for what, value in QUERY_VALUES.items() if step.method == "GET" else ():
            yield what, asking("&".join(f"{name}={value}" for name in QUERY_NAMES))
        yield "twice", asking("page=1&page=2&q=a&q=b&version=1&version=x")

    assert walk(walker, road, requests) == ""


def test_numbers_are_read_in_one_way():
    """`type=int` lets through what a database cannot hold: `classroom.web.numbers.whole` does not."""
    package = Path(walk_module.__file__).parents[2] / "classroom"
    assert [path.name for path in package.rglob("*.py") if re.search(r"type=int\b", path.read_text())] == []


def test_bodies_of_another_kind(walker, road):
    def sending(kind, body):
        return lambda _label: {"data": body, "content_type": kind, "with_token": False}

    def requests(step):
        if step.method in UNSAFE:
            for what, (kind, body) in BODIES.items():
                yield what, sending(kind, body)

    assert walk(walker, road, requests, everyone=True) == ""


def test_a_method_that_no_page_uses(app, walker, road):
    wrong, overridden = [], {"X-HTTP-Method-Override": "POST"}
    client = app.test_client()
    client.set_cookie("classroom", walker.cookies["instructor"])
    for step in {one.path: one for one in road}.values():
        for method in ("PUT", "DELETE", "LÖSCHE"):
            status = client.open(step.path, method=method, headers=overridden).status_code
            if status not in {400, 404, 405}:
                wrong.append(f"{method} {step}: {status}")
    assert "\n".join(wrong) == ""


STRANGE = (
    "%00",
    "..",
    "%2e%2e%2f",
    "x" * 3000,
    "日本",
    "%ff",
    "0",
    "-1",
    "' OR 1=1--",
    "%0d%0aSet-Cookie:a=b",
)


def test_an_address_with_a_strange_name_in_it(app, walker, road):
    wrong = []
    client = app.test_client()
    client.set_cookie("classroom", walker.cookies["instructor"])
    for step in road:
        named = [str(given) for name, given in step.filled if name.endswith(("_id", "code", "token"))]
        for value in STRANGE if named and step.method == "GET" else ():
            answer = client.get(step.path.replace(named[-1], value))
            if answer.status_code >= 500 or "a=b" in str(answer.headers.getlist("Set-Cookie")):
                wrong.append(f"{step} with {value[:20]}: {answer.status_code}")
    assert "\n".join(wrong) == ""


def test_the_token_of_another_person_changes_nothing(walker, road):
    """And one that is cut, too old, or of another browser of the same person."""
    before, wrong = walker.rows(), []
    foreign = walker.csrf["assistant"]
    for step in (step for step in road if step.method in UNSAFE and step.endpoint not in SIGNED_ADDRESS):
        for token in (foreign, foreign[:-1], "20000101000000##" + "0" * 40, "", "##"):
            with walker.undone():
                answer = walker.go(step, "instructor", data=dict.fromkeys(NAMES_OF_TOKENS, token))
                if walker.has_changed(before) or answer.status_code >= 500:
                    wrong.append(f"{step} with {token[:20]!r}: {answer.status_code}")
    assert "\n".join(wrong) == ""


class TestMassAssignment:
    """What the page does not offer is not taken, whoever sends it."""

    EXTRA = {
        "role": "instructor", "may_teach": "1", "is_admin": "1", "person_id": "1", "author_id": "1",
        "course_id": "1",
        "state": "visible", "standing": "accepted", "id": "1", "public_id": "zzz", "posted_at": "2020-01-01",
        "email_key": "x", "password_hash": "x", "version": "99", "disabled_at": "", "consent": "name",
    }  # fmt: skip

    def test_settings_take_names_only(self, walker, road, scene):
        (step,) = [one for one in road if one.endpoint == "accounts.settings" and one.method == "POST"]
        person = scene.people["classmate"]
        data = {
            "csrf_token": walker.csrf["classmate"],
            "name": "Noor H",
            "called": "",
            "pronouns": "",
            "zone": "",
        }
        with walker.undone():
            walker.go(step, "classmate", data=data | self.EXTRA)
            assert person.may_teach is False
            assert person.public_id == scene.people["classmate"].public_id
            assert person.password_hash is None

    def test_every_act_of_a_student_leaves_roles_and_people_alone(self, walker, road):
        wrong, before = [], walker.rows()
        for step in (step for step in road if step.method in UNSAFE):
            with walker.undone():
                tokens = dict.fromkeys(NAMES_OF_TOKENS, walker.csrf["classmate"])
                walker.go(step, "classmate", data=tokens | self.EXTRA)
                after = walker.rows()
                wrong += [
                    f"{step}: {table} changed"
                    for table in (
                        "memberships",
                        "courses",
                        "projects",
                        "highlights",
                        "moderation_log",
                        "cases",
                    )
                    if after[table] != before[table]
                ]
        assert "\n".join(wrong) == ""
