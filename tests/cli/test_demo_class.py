"""The demo class is all there: everything refers to what exists, and quotes stand in the posts."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

CLASSROOM = Path(__file__).parents[2] / "classroom"
KINDS = {
    *("great", "good", "short_good", "generic", "praise_only", "fits_any", "restates", "copied"),
    *("blunt", "snark", "attack", "leak", "in_other_language"),
}
DOES_NOT_COUNT = {"generic", "praise_only", "fits_any", "restates", "copied"}
FATES = {"waiting", "approved", "returned", "returned_and_rewritten", "removed"}
THANKS = {"useful", "kind", "made_me_think", "will_use"}
MOVES = {"praise", "problem", "suggestion", "question", "specific", "reason"}
CONSENTS = {"name", "pseudonym", "asked", "declined"}


def read(path: str) -> dict[str, Any]:
    return tomllib.loads((CLASSROOM / path).read_text(encoding="utf-8"))


def plain(markdown: str) -> str:
    return re.sub(r"[*`]|\[|\]\([^)]*\)", "", markdown)


PEOPLE = read("sample/people.toml")
STUDENTS = {student["key"]: student for student in PEOPLE["students"]}
PROJECTS = {number: read(f"sample/project{number}.toml") for number in (1, 2, 3)}
POSTS = {number: read(f"sample/posts{number}.toml")["posts"] for number in (1, 2, 3)}
COMMENTS = {number: read(f"sample/comments{number}.toml")["comments"] for number in (1, 2)}
PRESETS = {preset["code"] for preset in read("moderation/presets/en.toml")["presets"]}
ALL_COMMENTS = [
    pytest.param(number, comment, id=f"{number}-{comment['by']}-on-{comment['on']}")
    for number, comments in COMMENTS.items()
    for comment in comments
]
ALL_POSTS = [
    pytest.param(post, id=f"{number}-{post['by']}") for number, posts in POSTS.items() for post in posts
]
UP = [post for number in (1, 2) for post in POSTS[number]]


def post_of(number: int, key: str) -> dict[str, Any]:
    return next(post for post in POSTS[number] if post["by"] == key)


def test_twenty_four_students_in_two_equal_sections() -> None:
    assert len(STUDENTS) == 24
    assert Counter(student["section"] for student in STUDENTS.values()) == {"A": 12, "B": 12}
    addresses = [person["email"] for person in PEOPLE["students"] + PEOPLE["staff"]]
    assert len(set(addresses)) == 26
    assert all(address.endswith("@example.edu") for address in addresses)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_project_explains_itself(number: int) -> None:
    project = PROJECTS[number]
    assert 100 <= len(project["brief"].split()) <= 200
    assert 2 <= len(project["prompts"]) <= 4
    days = [project[date]["days"] for date in ("opens", "post_by", "comment_by", "revise_by")]
    assert days == sorted(days)


def test_one_project_keeps_an_answer_key_from_students() -> None:
    keys = [
        material
        for project in PROJECTS.values()
        for material in project.get("materials", ())
        if material.get("is_answer_key")
    ]
    assert [material["visible"] for material in keys] == [False]


@pytest.mark.parametrize("post", ALL_POSTS)
def test_a_post_is_somebodys(post: dict[str, Any]) -> None:
    assert post["by"] in STUDENTS
    assert post["title"]
    assert "help" in post
    assert "\r" not in post["body"]


@pytest.mark.parametrize("body", [post[key] for post in UP for key in ("body", "body2") if key in post])
def test_a_post_can_be_read_in_a_minute(body: str) -> None:
    assert 90 <= len(body.split()) <= 220


def test_nobody_posts_twice_in_a_project() -> None:
    counts = [len(posts) for posts in POSTS.values()]
    assert counts == [len({post["by"] for post in posts}) for posts in POSTS.values()]
    assert counts[:2] == [24, 22]


@pytest.mark.parametrize(("number", "comment"), ALL_COMMENTS)
def test_a_comment_refers_to_what_is_there(number: int, comment: dict[str, Any]) -> None:
    assert comment["by"] in STUDENTS
    assert comment["by"] != comment["on"]
    assert comment["kind"] in KINDS
    assert comment.get("quote", "") in plain(post_of(number, comment["on"])["body"])
    assert comment.get("prompt", 0) < len(PROJECTS[number]["prompts"])
    assert set(comment.get("thanks", ())) <= THANKS
    assert {reply["by"] for reply in comment.get("replies", ())} <= set(STUDENTS)


@pytest.mark.parametrize(("number", "comment"), ALL_COMMENTS)
def test_a_held_comment_tells_its_story(number: int, comment: dict[str, Any]) -> None:
    fate = comment.get("fate")
    assert fate is None or fate in FATES
    assert ("note" in comment) == (fate not in {None, "waiting"})
    assert ("rewrite" in comment) == (fate == "returned_and_rewritten")
    assert ("hours_ago" in comment) == (fate == "waiting")
    assert comment.get("preset", "sarcasm") in PRESETS
    assert comment.get("flagged", {"by": "maya"})["by"] in STUDENTS


def test_the_queue_waits_for_different_reasons() -> None:
    waiting = [comment for comment in COMMENTS[2] if comment.get("fate") == "waiting"]
    why = {"flag" if "flagged" in c else "claim" if "claim" in c else c["kind"] for c in waiting}
    assert why == {"snark", "attack", "leak", "flag", "claim"}
    assert 8 <= sum("fate" in comment for comments in COMMENTS.values() for comment in comments) <= 12


def test_there_are_many_comments_and_some_do_not_count() -> None:
    kinds = Counter(comment["kind"] for comments in COMMENTS.values() for comment in comments)
    assert kinds.total() >= 150
    assert set(kinds) == KINDS
    assert 8 <= sum(kinds[kind] for kind in DOES_NOT_COUNT) <= 14


@pytest.mark.parametrize("number", [1, 2])
def test_nobody_comments_twice_on_one_post(number: int) -> None:
    pairs = Counter((comment["by"], comment["on"]) for comment in COMMENTS[number])
    assert max(pairs.values()) == 1


def test_in_the_finished_round_everyone_gave_and_got_three_that_count() -> None:
    good = [c for c in COMMENTS[1] if c["kind"] not in DOES_NOT_COUNT and c.get("fate") != "removed"]
    given = Counter(comment["by"] for comment in good)
    received = Counter(comment["on"] for comment in good)
    assert set(given) == set(received) == set(STUDENTS)
    assert min(given.values()) >= 3
    assert min(received.values()) >= 3
    assert max(received.values()) <= 5


def test_in_the_running_round_people_are_at_every_stage() -> None:
    given = Counter(comment["by"] for comment in COMMENTS[2])
    assert {given[key] for key in STUDENTS} == {0, 1, 2, 3}


def test_highlights_say_why_and_were_seen_in_every_state_of_consent() -> None:
    highlights = [c["highlight"] for comments in COMMENTS.values() for c in comments if "highlight" in c]
    assert len(highlights) == 8
    assert {highlight["consent"] for highlight in highlights} == CONSENTS
    assert all(set(highlight["moves"]) <= MOVES and highlight["why"] for highlight in highlights)


def test_acted_on_in_the_finished_round_means_a_revision() -> None:
    acted = {comment["on"] for comment in COMMENTS[1] if comment.get("acted_on")}
    revised = {post["by"] for post in POSTS[1] if "body2" in post}
    assert acted == revised
    assert all("note2" in post for post in UP if "body2" in post)


def test_pseudonymous_posts_and_comments_name_no_writer() -> None:
    texts = [post["title"] + post["body"] + post["help"] + post["link"] for post in POSTS[2]]
    texts += [comment["body"] for comment in COMMENTS[2]]
    named = [key for key in STUDENTS for text in texts if re.search(rf"\b{key}\b", text, re.IGNORECASE)]
    assert named == []
