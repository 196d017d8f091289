"""Helping: levels, what gives the answer away, the lease, what helped, material, and what waits for long."""

import re
from datetime import timedelta

import pytest

from classroom.celebrations.commands import highlight
from classroom.comments.commands import Written, post_comment
from classroom.core import clock
from classroom.core.db import db
from classroom.courses.queries import seat_of
from classroom.following.models import Thing
from classroom.following.rules import Interests, clean_word
from classroom.help_requests import commands, commands_answers, queries_lists, rules
from classroom.help_requests.models import Audience, HelpAnswer, HelpKind, Level, Size
from classroom.help_requests.rules import HelpState, standing
from classroom.moderation.models import Case, Reason
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.states import State

HINT = "What does the first screen show on your own phone?"
KEY = "The bakery sells exactly 4,217 loaves before the first bus arrives."
LEAK = "Good start. It sells exactly 4,217 loaves before the first bus arrives. Check the table again."


def help_with(row, person, words=HINT, **values):
    made = commands_answers.answer(row, person.id, words, level=values.pop("level", Level.HINT), **values)
    db.session.commit()
    return made


def kinds_told(person):
    return [one.kind for one in db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)]


def test_who_may_help(world, client_of, send):
    row = world.ask()
    url = f"/help-requests/{row.public_id}"
    assert send(client_of(world.mina), url, f"{url}/answers", body=HINT, level="pointer").status_code == 303
    assert send(client_of(world.staff), url, f"{url}/answers", body="Ask Mina.").status_code == 303
    assert send(client_of(world.aylin), url, f"{url}/answers", body="It shows the map.").status_code == 303
    observer = client_of(world.observer)
    assert observer.get(url).status_code == 200
    assert 'id="answer"' not in observer.get(url).text
    assert client_of(world.stranger).get(url).status_code == 404
    made = db.session.query(HelpAnswer).order_by(HelpAnswer.id).all()
    assert [one.level for one in made] == [Level.POINTER, Level.HINT, None]
    assert kinds_told(world.aylin) == [NoticeKind.HELP_ANSWERED] * 2
    assert kinds_told(world.mina) == [NoticeKind.HELP_ANSWERED]


def test_an_empty_answer_is_refused_beside_its_field(world, client_of, send):
    url = f"/help-requests/{world.ask().public_id}"
    answer = send(client_of(world.mina), url, f"{url}/answers", body="  ", level="example")
    assert answer.status_code == 422
    assert "Write your answer first." in answer.text
    assert re.search(r'value="example" checked', answer.text)


def test_what_gives_the_answer_away_is_held_and_turned_into_a_hint(world, client_of, send):
    world.key(KEY)
    row = world.ask()
    url, client = f"/help-requests/{row.public_id}", client_of(world.mina)
    sent = send(client, url, f"{url}/answers", body=LEAK)
    made = db.session.query(HelpAnswer).one()
    case = db.session.query(Case).one()
    assert (made.state, case.reason) == (State.HELD, Reason.LEAK)
    assert LEAK not in client_of(world.aylin).get(url).text
    page = client.get(sent.headers["Location"]).text
    assert "4,217" in page
    hint = client.get(sent.headers["Location"] + "?hint=1").text
    assert "4,217" not in re.search(r"<textarea[^>]*>(.*?)</textarea>", hint, re.DOTALL)[1]
    edit = sent.headers["Location"]
    assert send(client, edit, body="What do you count?", version=str(made.version)).status_code == 303
    db.session.refresh(made)
    assert (made.state, made.level) == (State.VISIBLE, Level.HINT)
    assert kinds_told(world.aylin) == [NoticeKind.HELP_ANSWERED]


def test_staff_may_say_what_students_may_not(world):
    world.key(KEY)
    made = help_with(world.ask(), world.staff, LEAK, staff=True)
    assert made.state is State.VISIBLE


def test_the_same_press_twice_answers_once(world):
    row = world.ask()
    first, second = (help_with(row, world.mina, once="key") for _ in range(2))
    assert first.id == second.id


def test_the_lease_tells_others_and_lapses_quietly(world, monday):
    row = world.ask()
    commands.take(row, world.mina.id)
    assert standing(row, monday) is HelpState.TAKEN
    with pytest.raises(rules.TakenByAnother):
        commands.take(row, world.jonas.id)
    with clock.at(monday + timedelta(minutes=31)):
        commands.take(row, world.jonas.id)
        assert row.taken_by_id == world.jonas.id
        commands.let_go(row, world.mina.id)
        assert row.taken_by_id == world.jonas.id
        commands.let_go(row, world.jonas.id)
    assert (row.taken_by_id, standing(row, monday)) == (None, HelpState.OPEN)


def test_one_does_not_take_ones_own(world, client_of, send):
    url = f"/help-requests/{world.ask().public_id}"
    assert send(client_of(world.aylin), url, f"{url}/lease").status_code == 403
    assert send(client_of(world.mina), url, f"{url}/lease").status_code == 303
    assert "Mina Park" in client_of(world.aylin).get(url).text
    other = client_of(world.jonas).get(url).text
    assert "Somebody is on it" in other
    assert "Mina" not in other


def test_the_asker_marks_what_helped(world, client_of, send):
    row = world.ask()
    made, own = help_with(row, world.mina), help_with(row, world.aylin, "One more thing.", level=None)
    url, place = f"/help-requests/{row.public_id}", f"/help-answers/{made.public_id}/helped"
    assert send(client_of(world.jonas), url, place).status_code == 403
    assert send(client_of(world.aylin), url, place).status_code == 303
    assert send(client_of(world.aylin), url, place).status_code == 303
    db.session.refresh(row)
    assert standing(row, clock.now()) is HelpState.ANSWERED
    assert kinds_told(world.mina).count(NoticeKind.HELP_HELPED) == 1
    with pytest.raises(rules.NotHelped):
        commands_answers.mark_helped(own)
    assert client_of(world.mina).get(url).status_code == 200
    assert client_of(world.jonas).get(url).status_code == 404
    send(client_of(world.aylin), url, f"{url}/settling", open="1")
    assert client_of(world.jonas).get(url).status_code == 200


def test_an_answer_is_taken_back_and_the_undo_brings_it_back(world, client_of, send):
    row = world.ask()
    made = help_with(row, world.mina)
    client, url = client_of(world.mina), f"/help-requests/{row.public_id}"
    page = send(client, url, f"/help-answers/{made.public_id}/withdrawal")
    assert HINT not in client_of(world.aylin).get(url).text
    undo = re.search(r'action="(/undo/\w+)"', client.get(page.headers["Location"]).text)[1]
    send(client, url, undo)
    assert HINT in client_of(world.aylin).get(url).text


def test_a_pseudonym_hides_the_helper_too(blind, client_of):
    row = blind.ask(audience=Audience.PEER_NAME)
    help_with(row, blind.mina)
    page = client_of(blind.aylin).get(f"/help-requests/{row.public_id}").text
    assert HINT in page
    assert "Mina" not in page
    assert "Mina Park" in client_of(blind.staff).get(f"/help-requests/{row.public_id}").text


def test_small_ones_stand_on_top_then_what_fits_then_what_waits(world, make, actor_of, monday):
    make.post(world.project, world.mina)
    other = make.project(world.course, "Another one", post_first=False)
    place = type(world.on_project)(world.course, other)
    asked = []
    for days, (words, where, size) in enumerate(
        [
            ("late and far", place, Size.TEN_MINUTES),
            ("early and far", place, Size.REAL_THINK),
            ("fits", world.on_project, Size.TEN_MINUTES),
            ("small", place, Size.TWO_MINUTES),
            ("taken", world.on_project, Size.TWO_MINUTES),
        ]
    ):
        with clock.at(monday - timedelta(days={0: 1, 1: 3}.get(days, 2))):
            asked.append(world.ask(words, place=where, size=size))
    commands.take(asked[-1], world.jonas.id)
    found = queries_lists.could_help(actor_of(world.mina), world.course, (), 1)
    assert [one.title for one in found.rows] == ["small", "fits", "early and far", "late and far", "taken"]
    assert [one.fits for one in found.rows][:2] == [(), ("project",)]


def test_what_a_helper_mutes_is_left_out_and_what_they_follow_fits(world, actor_of, monday):
    asked = {
        "project": world.ask("About the project", place=world.on_project, by=world.jonas),
        "post": world.ask("About the post"),
        "word": world.ask("Of the whole COURSE", place=world.on_course),
    }

    def shown(*muted, followed=()):
        said = Interests(frozenset(followed), frozenset(muted))
        found = queries_lists.could_help(actor_of(world.mina), world.course, (), 1, said)
        return {one.title: one.fits for one in found.rows}

    everything = dict.fromkeys((one.trying for one in asked.values()), ())
    project, post = (Thing.PROJECT, world.project.public_id), (Thing.POST, world.post.public_id)
    person = (Thing.PERSON, seat_of(world.course.id, world.aylin.id).public_id)
    assert shown() == everything
    assert set(shown(project)) == {"Of the whole COURSE"}
    assert set(shown(project, followed=[post])) == {"Of the whole COURSE", "About the post"}
    assert set(shown((Thing.WORD, "course"))) == {"About the project", "About the post"}
    assert set(shown(person)) == {"About the project"}
    assert shown(followed=[(Thing.WORD, "course")])["Of the whole COURSE"] == ("follows",)


@pytest.mark.parametrize(("typed", "asked"), [("ÜBER", "Was über dem Bild?"), ("über", "ÜBER DEM BILD")])
@pytest.mark.parametrize("stance", ["followed", "muted"])
def test_a_word_is_found_whatever_its_letters_are_and_however_large(world, actor_of, typed, asked, stance):
    world.ask(asked)
    said = Interests(**{stance: frozenset({(Thing.WORD, clean_word(typed))})})
    found = queries_lists.could_help(actor_of(world.mina), world.course, (), 1, said)
    assert [one.fits for one in found.rows] == {"followed": [("follows",)], "muted": []}[stance]


def test_muting_a_person_does_not_tell_who_hides_behind_a_pseudonym(blind, actor_of):
    row = blind.ask(audience=Audience.PEER_NAME)
    person = (Thing.PERSON, seat_of(blind.course.id, blind.aylin.id).public_id)
    for said in (Interests(muted=frozenset({person})), Interests(followed=frozenset({person}))):
        found = queries_lists.could_help(actor_of(blind.mina), blind.course, (), 1, said)
        assert [(one.id, one.fits) for one in found.rows] == [(row.public_id, ())]


def test_what_was_celebrated_makes_a_kind_fit(world, client_of):
    comment = post_comment(world.mina.id, world.post, Written("Could the menu stand above the picture?"))
    highlight(comment, world.staff.id, why="It offers a step.", moves=["suggestion"])
    world.ask(kind=HelpKind.HINT)
    url = f"/courses/{world.course.public_id}/help-requests"
    assert "you were celebrated for this" in client_of(world.mina).get(url).text
    assert "you were celebrated for this" not in client_of(world.jonas).get(url).text


def test_it_becomes_material_after_the_project_with_consent_only(world, client_of, send, monday):
    world.project.comment_by = monday + timedelta(days=7)
    row = world.ask()
    help_with(row, world.mina)
    url = f"/help-requests/{row.public_id}"
    learn = f"/courses/{world.course.public_id}/help-requests?show=material"
    with pytest.raises(rules.NotToShare):
        commands.share(row, agreed=True)
    commands.settle(row)
    db.session.commit()

    def seen():
        client = client_of(world.jonas)
        return row.public_id in client.get(learn).text, client.get(url).status_code

    assert seen() == (False, 404)
    assert send(client_of(world.aylin), url, f"{url}/sharing", agreed="1").status_code == 303
    assert seen() == (False, 404)
    with clock.at(monday + timedelta(days=8)):
        assert seen() == (True, 200)
        assert send(client_of(world.aylin), url, f"{url}/sharing").status_code == 303
        assert seen() == (False, 404)


def test_what_staff_alone_were_asked_is_never_material(world):
    row = world.ask(audience=Audience.STAFF)
    commands.settle(row)
    with pytest.raises(rules.NotToShare):
        commands.share(row, agreed=True)


def test_what_waits_for_long_reaches_staff(world, client_of, make, monday):
    world.course.help_hours = 5
    with clock.at(monday - timedelta(hours=6)):
        waits, answered, small = world.ask("Waits"), world.ask("Answered"), world.ask("Is done")
        help_with(answered, world.mina)
        commands.settle(small)
    with clock.at(monday - timedelta(hours=4)):
        world.ask("Came lately")
    db.session.commit()
    page = client_of(world.staff).get(f"/courses/{world.course.public_id}/help-requests?show=long").text
    assert re.findall(r'class="what"><a [^>]*>([^<]+)<', page) == ["Waits"]
    assert "1 request for help waits for long" in client_of(world.staff).get("/").text
    assert "waits for long" not in client_of(world.mina).get("/").text
    assert waits.answered_at is None


def test_a_long_thread_costs_the_same(world, make, client_of, count_queries):
    row, client, counts = world.ask(), client_of(world.jonas), []
    for _round in range(2):
        help_with(row, make.student(world.course))
        with count_queries() as seen:
            assert client.get(f"/help-requests/{row.public_id}").status_code == 200
        counts.append(len(seen))
        for _ in range(4):
            help_with(row, make.student(world.course))
    assert counts[0] == counts[1] <= 8


class TestBesideThePost:
    """Whoever reads a post with an open request sees it there, if they may answer it."""

    ASKED = "I want the menu to be found on a phone."

    def page(self, world, client_of, person):
        return client_of(person).get(f"/posts/{world.post.public_id}").text

    def test_a_classmate_sees_what_is_asked_and_how_small_it_is(self, world, client_of):
        row = world.ask(kind=HelpKind.CHECK, size=Size.TWO_MINUTES)
        page = self.page(world, client_of, world.jonas)
        assert "The author asks for help" in page
        assert f"/help-requests/{row.public_id}" in page
        assert self.ASKED in page
        assert "two minutes" in page

    def test_the_author_and_staff_see_it_too_and_a_stranger_sees_no_page(self, world, client_of):
        world.ask()
        assert "You ask for help" in self.page(world, client_of, world.aylin)
        assert "The author asks for help" in self.page(world, client_of, world.staff)
        assert client_of(world.stranger).get(f"/posts/{world.post.public_id}").status_code == 404

    def test_what_is_for_staff_only_or_answered_is_not_there(self, world, client_of):
        world.ask(audience=Audience.STAFF)
        answered = world.ask("What is a landmark?")
        answered.answered_at = clock.now()
        db.session.commit()
        page = self.page(world, client_of, world.jonas)
        assert "asks for help" not in page
        staff = self.page(world, client_of, world.staff)
        assert self.ASKED in staff
        assert "What is a landmark?" not in staff

    def test_in_a_blind_project_it_says_no_name(self, blind, client_of):
        blind.ask(audience=Audience.PEER_NAME)
        page = self.page(blind, client_of, blind.jonas)
        assert "The author asks for help" in page
        assert "Aylin" not in page

    def test_small_asks_come_first(self, world, client_of):
        world.ask("A long one, about everything.", size=Size.REAL_THINK)
        world.ask("A short one, about the menu.", size=Size.TWO_MINUTES)
        page = self.page(world, client_of, world.jonas)
        assert page.index("A short one") < page.index("A long one")

    def test_it_costs_no_statement(self, world, client_of, count_queries):
        client = client_of(world.jonas)

        def spent():
            with count_queries() as statements:
                client.get(f"/posts/{world.post.public_id}")
            return len(statements)

        spent()
        before = spent()
        world.ask()
        world.ask("Another one, about the map.")
        assert spent() == before
