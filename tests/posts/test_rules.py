"""What a project wants of a post, when it may still be changed, and what is a link."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.posts import rules
from classroom.posts.rules import Typed
from classroom.posts.states import NEXT_OF_POST, CannotMove, State, check_post_move, state_when_posted
from classroom.projects.models import Extension, LatePolicy, Project, ProjectState, Wanted
from classroom.projects.rules import GRACE

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def project(**values):
    wants = {"wants_text": Wanted.REQUIRED, "wants_link": Wanted.NO, "wants_files": Wanted.OPTIONAL}
    return Project(**{"state": ProjectState.PUBLISHED, "late": LatePolicy.MARKED, **wants, **values})


@pytest.mark.parametrize(("now", "wanted"), list(product(State, repeat=2)))
def test_a_post_takes_only_the_edges_of_its_state_machine(now, wanted):
    allowed = {
        (State.DRAFT, State.VISIBLE),
        (State.DRAFT, State.HELD),
        (State.DRAFT, State.WITHDRAWN),
        (State.VISIBLE, State.HELD),
        (State.VISIBLE, State.RETURNED),
        (State.VISIBLE, State.REMOVED),
        (State.VISIBLE, State.WITHDRAWN),
        (State.HELD, State.VISIBLE),
        (State.HELD, State.HELD),
        (State.HELD, State.RETURNED),
        (State.HELD, State.REMOVED),
        (State.HELD, State.WITHDRAWN),
        (State.RETURNED, State.VISIBLE),
        (State.RETURNED, State.HELD),
        (State.RETURNED, State.WITHDRAWN),
        (State.REMOVED, State.VISIBLE),
        (State.WITHDRAWN, State.VISIBLE),
        (State.WITHDRAWN, State.HELD),
    }
    if (now, wanted) in allowed:
        check_post_move(now, wanted)
    else:
        with pytest.raises(CannotMove):
            check_post_move(now, wanted)


def test_posting_never_frees_what_is_held_and_always_takes_an_edge_that_exists():
    for now, before in product(set(State) - {State.REMOVED}, [None, *State]):
        to = state_when_posted(now, before)
        assert to is now or to in NEXT_OF_POST[now]
        if State.HELD in {now, before if now is State.WITHDRAWN else None}:
            assert to is State.HELD


@pytest.mark.parametrize(
    ("wants", "typed", "files", "missing"),
    [
        ({}, Typed(text="A place."), 0, None),
        ({}, Typed(text="  \n "), 3, {"text"}),
        ({"wants_files": Wanted.REQUIRED}, Typed(text="A place."), 0, {"files"}),
        (
            {"wants_files": Wanted.REQUIRED, "wants_link": Wanted.REQUIRED},
            Typed(),
            0,
            {"text", "files", "link"},
        ),
        ({"wants_text": Wanted.OPTIONAL}, Typed(), 0, {"text"}),
        ({"wants_text": Wanted.OPTIONAL}, Typed(), 1, None),
        ({"wants_text": Wanted.NO, "wants_link": Wanted.OPTIONAL}, Typed(), 0, {"link"}),
        ({"wants_text": Wanted.NO, "wants_files": Wanted.NO}, Typed(), 0, {"text"}),
    ],
)
def test_what_is_missing_is_said_part_by_part(wants, typed, files, missing):
    if missing is None:
        rules.check_complete(project(**wants), typed, files)
        return
    with pytest.raises(rules.Incomplete) as refused:
        rules.check_complete(project(**wants), typed, files)
    assert set(refused.value.details["missing"]) == missing


def test_parts_that_are_not_wanted_are_left_out():
    typed, files = rules.wanted_parts(
        project(wants_files=Wanted.NO), Typed("T", "A place.", "https://example.org"), ["a"]
    )
    assert (typed.text, typed.link, list(files)) == ("A place.", "", [])


@pytest.mark.parametrize(
    ("late", "after", "posted_before", "answer"),
    [
        (LatePolicy.MARKED, -HOUR, False, False),
        (LatePolicy.MARKED, GRACE, False, False),
        (LatePolicy.MARKED, GRACE + timedelta(seconds=1), False, True),
        (LatePolicy.CLOSED, GRACE, False, False),
        (LatePolicy.CLOSED, GRACE + timedelta(seconds=1), False, rules.PostingClosed),
        (LatePolicy.CLOSED, 2 * HOUR, True, False),
        (LatePolicy.CLOSED, 26 * HOUR, True, rules.RevisingClosed),
        (LatePolicy.MARKED, 26 * HOUR, True, True),
    ],
)
def test_the_date_the_grace_and_the_policy_decide(late, after, posted_before, answer):
    made = project(late=late, post_by=NOON, revise_by=NOON + 24 * HOUR)
    ask = lambda: rules.check_in_time(made, NOON + after, None, posted_before=posted_before)  # noqa: E731
    if isinstance(answer, bool):
        assert ask() is answer
    else:
        with pytest.raises(answer):
            ask()


def test_until_the_date_for_posting_a_post_may_be_changed_whatever_the_date_for_revising_says():
    made = project(late=LatePolicy.CLOSED, post_by=NOON, revise_by=NOON - HOUR)
    assert rules.check_in_time(made, NOON, None, posted_before=True) is False


@given(
    base=st.one_of(st.none(), st.integers(-5000, 5000)),
    personal=st.one_of(st.none(), st.integers(-5000, 5000)),
    at=st.integers(-6000, 6000),
    posted_before=st.booleans(),
)
def test_an_extension_never_makes_anything_late(base, personal, at, posted_before):
    made = project(post_by=None if base is None else NOON + timedelta(minutes=base))
    extra = Extension(post_by=None if personal is None else NOON + timedelta(minutes=personal))
    moment = NOON + timedelta(minutes=at)
    without = rules.check_in_time(made, moment, None, posted_before=posted_before)
    if base is not None:
        assert rules.check_in_time(made, moment, extra, posted_before=posted_before) <= without


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("", ""),
        (" https://maya.example.org/page ", "https://maya.example.org/page"),
        ("maya.example.org/page?x=1#top", "https://maya.example.org/page?x=1#top"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("//example.org/x", "https://example.org/x"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
    ],
)
def test_a_link_is_an_address_of_a_page(typed, link):
    assert rules.clean_link(typed) == link


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "mailto:maya@example.org",
        "https://",
        "https://user:secret@example.org",
        "https://exa mple.org",
        'https://example.org/"onmouseover="x',
        "https://[::1",
        "https://example.org:port/",
        "my homepage",
        "word",
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(rules.BadLink):
        rules.clean_link(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_a_link_is_http_or_refused(typed):
    try:
        link = rules.clean_link(typed)
    except rules.BadLink:
        return
    assert link == "" or link.lower().startswith(("http://", "https://"))
    assert not set(link) & set(' "<>\\\n')


@pytest.mark.parametrize(
    ("typed", "plain", "title"),
    [
        (Typed("Named", "x"), "x", "Named"),
        (Typed("", "x"), "A bakery\nThe text goes on.", "A bakery"),
        (Typed("", "", "https://www.maya.example/x"), "", "maya.example"),
        (Typed(), "", "Untitled work"),
    ],
)
def test_the_title_comes_from_the_first_line(app, typed, plain, title):
    with app.test_request_context():
        assert rules.title_of(typed, plain) == title


def test_a_long_first_line_makes_a_short_title(app):
    with app.test_request_context():
        assert len(rules.title_of(Typed(), "word " * 100)) <= 80


@pytest.mark.parametrize(
    ("html", "below"),
    [
        ("<h3>A bakery</h3>\n<p>x</p>", "<p>x</p>"),
        ('<h3 dir="auto">A <em>bakery</em></h3>\n<p>x</p>', "<p>x</p>"),
        ("<h3>A bakery</h3>\n", "<h3>A bakery</h3>\n"),
        ("<h3>Another</h3>\n<p>x</p>", "<h3>Another</h3>\n<p>x</p>"),
        ("<p>A bakery</p>\n<p>x</p>", "<p>A bakery</p>\n<p>x</p>"),
        ("", ""),
    ],
)
def test_a_heading_that_says_the_title_again_is_left_out(html, below):
    assert rules.below_title("A bakery", html) == below


def test_the_digest_tells_any_change():
    same = rules.digest_of("T", Typed("T", "x", "", ""), ["1", "2"])
    assert same == rules.digest_of("T", Typed("T", "x", "", ""), ["1", "2"])
    others = [
        rules.digest_of("U", Typed("T", "x", "", ""), ["1", "2"]),
        rules.digest_of("T", Typed("T", "y", "", ""), ["1", "2"]),
        rules.digest_of("T", Typed("T", "x", "https://a.example", ""), ["1", "2"]),
        rules.digest_of("T", Typed("T", "x", "", "h"), ["1", "2"]),
        rules.digest_of("T", Typed("T", "x", "", ""), ["1"]),
    ]
    assert len({same, *others}) == 6


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My name is maya ramanathan.", ["Maya Ramanathan"]),
        ("Mayan pyramids", []),
        ("I am Maya, hello", ["Maya"]),
        ("李小龍 wrote this", ["李小龍"]),
        ("An elegy", []),
    ],
)
def test_ones_own_name_is_found_as_a_whole_word(text, found):
    assert rules.names_in(text, ["Maya Ramanathan", "Maya", "Le", "李小龍"]) == found
