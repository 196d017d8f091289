"""Following and muting: what comes first, what is left out, what is told, and what always comes."""

from datetime import timedelta

import pytest

from classroom.celebrations.commands import highlight
from classroom.comments.commands import Written, post_comment
from classroom.comments.commands_threads import reply
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.following.commands import choose, forget
from classroom.following.models import Interest, Stance, Thing
from classroom.following.queries import interests_of
from classroom.following.rules import CannotBeFollowed, Interests, NotAWord, Span, TooMuch, clean_word
from classroom.help_requests.models import Audience, HelpKind, HelpRequest, Size
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.commands import publish_post, withdraw_post
from classroom.posts.rules import Typed
from classroom.posts.states import State
from classroom.projects.models import Anonymity
from tests.comments.conftest import GOOD

FOLLOW, MUTE = Stance.FOLLOW, Stance.MUTE


@pytest.fixture
def room(make, monday):
    """Noor looks; Aylin, Jonas and Maya have posted. Students are named."""

    class Room:
        course = make.course(make.person("Adaeze Okafor"))
        project = make.project(course, anonymity=Anonymity.NAMED, post_first=False, comments_wanted=1)
        noor, aylin = make.student(course, "Noor Haddad"), make.student(course, "Aylin Kaya")
        jonas, maya = make.student(course, "Jonas Weber"), make.student(course, "Maya Adler")
        bakery = make.post(project, aylin, title="A bakery before the buses")
        ferry = make.post(project, jonas, title="The last ferry")
        library = make.post(project, maya, title="A library at night")

        def says(self, thing, what, stance=MUTE, span=Span.GOOD, who=None):
            choose(self.course.id, (who or self.noor).id, thing, what, stance, span)
            db.session.commit()

        def place(self, person):
            return make.seat(self.course, person).public_id

    made = Room()
    db.session.commit()
    return made


def told(person):
    """What stands on somebody's home and on their page of news, by kind."""
    return [one.kind for one in db.session.query(Notice).filter_by(person_id=person.id)]


def titles(page):
    names = ("A bakery before the buses", "The last ferry", "A library at night")
    return sorted((name for name in names if f"{name}</a>" in page), key=page.index)


@pytest.fixture
def more_of(room, client_of):
    """The titles that the project's page shows Noor, once she has nothing more to do there."""
    post_comment(room.noor.id, room.bakery, Written(GOOD))
    db.session.commit()
    client = client_of(room.noor)
    return lambda show="": titles(client.get(f"/projects/{room.project.public_id}?show={show}").text)


class TestLists:
    def test_what_is_followed_comes_first_and_what_is_muted_is_left_out(self, room, more_of):
        post_comment(room.noor.id, room.ferry, Written(GOOD))
        post_comment(room.noor.id, room.library, Written(GOOD))
        assert more_of() == ["A bakery before the buses", "The last ferry", "A library at night"]
        room.says(Thing.POST, room.library.public_id, FOLLOW)
        room.says(Thing.POST, room.bakery.public_id)
        assert more_of() == ["A library at night", "The last ferry"]
        assert more_of("muted") == ["A bakery before the buses"]
        assert more_of("followed") == ["A library at night"]
        assert more_of("nonsense") == ["A library at night", "The last ferry"]

    @pytest.mark.parametrize(
        ("anonymity", "left"), [(Anonymity.NAMED, 0), (Anonymity.PSEUDONYMOUS, 1), (Anonymity.ANONYMOUS, 1)]
    )
    def test_a_muted_person_is_left_out_only_where_names_are_seen(self, room, more_of, anonymity, left):
        room.project.anonymity = anonymity
        room.says(Thing.PERSON, room.place(room.aylin))
        assert more_of().count("A bakery before the buses") == left

    def test_a_word_is_found_in_capital_letters_too(self, room, more_of):
        room.says(Thing.WORD, "bakery")
        assert "A bakery before the buses" not in more_of()

    def test_a_mute_ends_by_itself(self, room, more_of, monday):
        room.says(Thing.POST, room.bakery.public_id, span=Span.DAY)
        assert "A bakery before the buses" not in more_of()
        with clock.at(monday + timedelta(hours=25)):
            assert "A bakery before the buses" in more_of()

    def test_what_is_asked_of_someone_cannot_be_muted(self, room, client_of):
        for post in (room.bakery, room.ferry, room.library):
            room.says(Thing.POST, post.public_id)
        room.says(Thing.REST, "")
        page = client_of(room.noor).get(f"/projects/{room.project.public_id}").text
        assert "Posts that wait for you" in page
        assert (
            "post</a>" in client_of(room.noor).get("/").text
            or "/posts/" in client_of(room.noor).get("/").text
        )

    def test_a_muted_project_leaves_the_list_and_stands_under_muted(self, room, client_of):
        client, page = client_of(room.noor), f"/courses/{room.course.public_id}/projects"
        assert "All but muted" not in client.get(page).text
        room.says(Thing.PROJECT, room.project.public_id)
        assert room.project.title not in client.get(page).text
        assert room.project.title in client.get(f"{page}?show=muted").text
        assert room.project.title in client.get(page).text  # the browser remembers which filter it was
        assert room.project.title not in client.get(f"{page}?show=").text

    def test_a_followed_post_is_shown_whatever_else_is_muted(self):
        said = Interests(
            frozenset({(Thing.POST, "p")}), frozenset({(Thing.PERSON, "a"), (Thing.WORD, "bus")})
        )
        assert said.of_post("p", "The Bus", person="a") is FOLLOW
        assert said.of_post("q", "The Bus") is MUTE
        assert said.of_post("q", "Soup", person="a") is MUTE
        assert said.of_post("q", "Soup") is None


class TestNews:
    @pytest.fixture
    def news_of(self, room, client_of):
        def read(person, show=""):
            return client_of(person).get(f"/news?show={show}").text, client_of(person).get("/").text

        return read

    @pytest.mark.parametrize("thing", ["post", "project", "word", "rest", "person"])
    def test_a_muted_comment_is_told_nowhere_and_comes_back(self, room, news_of, letters, monday, thing):
        what = {
            "post": room.bakery.public_id,
            "project": room.project.public_id,
            "word": "bakery",
            "rest": "",
            "person": room.place(room.jonas),
        }[thing]
        room.says(Thing(thing), what, who=room.aylin)
        post_comment(room.jonas.id, room.bakery, Written(GOOD))
        db.session.commit()
        said = "A new comment on “A bakery before the buses”"
        assert [said in page for page in news_of(room.aylin)] == [False, False]
        assert said in news_of(room.aylin, "muted")[0]
        forget(room.course.id, room.aylin.id, Thing(thing), what)
        assert [said in page for page in news_of(room.aylin)] == [True, True]
        room.says(Thing(thing), what, who=room.aylin)
        with clock.at(monday + timedelta(days=1)):
            assert [one["To"] for one in letters() if one["To"] == room.aylin.email] == []

    def test_a_muted_person_is_heard_where_names_are_hidden(self, room, news_of):
        room.project.anonymity = Anonymity.PSEUDONYMOUS
        room.says(Thing.PERSON, room.place(room.jonas), who=room.aylin)
        post_comment(room.jonas.id, room.bakery, Written(GOOD))
        db.session.commit()
        assert "A new comment on" in news_of(room.aylin)[0]

    def test_a_muted_persons_reply_is_not_told_and_others_are(self, room, news_of):
        made = post_comment(room.noor.id, room.bakery, Written(GOOD))
        room.says(Thing.PERSON, room.place(room.jonas))
        reply(made, room.bakery, room.jonas.id, "I saw that on my phone too.")
        db.session.commit()
        assert "Someone answered" not in news_of(room.noor)[0]
        reply(made, room.bakery, room.maya.id, "And I on mine.")
        db.session.commit()
        assert "Someone answered" in news_of(room.noor)[0]

    def test_what_came_back_is_told_all_the_same(self, room, news_of):
        for thing, what in ((Thing.REST, ""), (Thing.POST, room.bakery.public_id)):
            room.says(thing, what, who=room.jonas)
        made = post_comment(room.jonas.id, room.bakery, Written(GOOD))
        db.session.add(
            Notice(
                course_id=room.course.id,
                person_id=room.jonas.id,
                kind=NoticeKind.RETURNED,
                key="back",
                details={
                    "post": room.bakery.public_id,
                    "comment": made.public_id,
                    "note": "Once more.",
                    "title": room.bakery.title,
                    "project": room.project.public_id,
                    "project_title": room.project.title,
                },
            )
        )
        highlight(made, room.maya.id, why="It says where.", moves=["specific"])
        db.session.commit()
        news = news_of(room.jonas)[0]
        assert "A comment came back to you" in news
        assert "celebrated" not in news

    def test_a_new_post_is_told_to_who_follows_it_and_may_read_it(self, room, make):
        follows = {
            room.noor: (Thing.PROJECT, room.project.public_id),
            room.aylin: (Thing.PERSON, room.place(room.jonas)),
            room.maya: (Thing.WORD, "harbour"),
        }
        for who, (thing, what) in follows.items():
            room.says(thing, what, FOLLOW, who=who)
        room.project.post_first = True
        withdraw_post(room.ferry, room.jonas.id)
        publish_post(room.project, room.jonas.id, Typed(text="# The harbour\n\nIt is cold there."))
        assert NoticeKind.FOLLOWED_POST not in told(room.noor)  # has not posted, and so may not read
        assert told(room.aylin).count(NoticeKind.FOLLOWED_POST) == 1
        assert told(room.maya).count(NoticeKind.FOLLOWED_POST) == 1
        assert NoticeKind.FOLLOWED_POST not in told(room.jonas)

    def test_who_follows_a_person_hears_nothing_where_names_are_hidden(self, room):
        room.project.anonymity = Anonymity.PSEUDONYMOUS
        room.says(Thing.PERSON, room.place(room.jonas), FOLLOW)
        withdraw_post(room.ferry, room.jonas.id)
        publish_post(room.project, room.jonas.id, Typed(text="# The harbour\n\nIt is cold there."))
        assert NoticeKind.FOLLOWED_POST not in told(room.noor)

    def test_a_comment_on_a_followed_post_is_told_and_untold(self, room):
        room.says(Thing.POST, room.bakery.public_id, FOLLOW)
        room.says(Thing.POST, room.bakery.public_id, FOLLOW, who=room.jonas)
        made = post_comment(room.jonas.id, room.bakery, Written(GOOD))
        assert told(room.noor) == [NoticeKind.FOLLOWED_TALK]
        assert NoticeKind.FOLLOWED_TALK not in told(room.jonas)
        assert NoticeKind.FOLLOWED_TALK not in told(room.aylin)
        assert made.state is State.VISIBLE


class TestPage:
    @pytest.fixture
    def page(self, room):
        return f"/courses/{room.course.public_id}/following"

    def test_a_post_a_person_and_a_project_by_a_press(self, room, client_of, send, page):
        client, post = client_of(room.noor), f"/posts/{room.bakery.public_id}"
        for thing in ("post", "person"):
            answer = send(
                client, post, page, thing=thing, what=room.bakery.public_id, way="mute:week", back=post
            )
            assert (answer.status_code, answer.headers["Location"]) == (303, post)
        send(client, page, thing="project", what=room.project.public_id, way="follow:good")
        shown = client.get(page).text
        assert "Aylin Kaya" in shown
        assert "A bakery before the buses" in shown
        assert shown.count(">Monday 30 November") == 2
        for thing, what in (
            ("post", room.bakery.public_id),
            ("person", room.place(room.aylin)),
            ("project", room.project.public_id),
        ):
            send(client, page, thing=thing, what=what, way="neither")
        assert db.session.query(Interest).count() == 0

    def test_pressed_twice_and_changed_it_is_one_row(self, room, client_of, send, page):
        client = client_of(room.noor)
        for way in ("follow:good", "follow:good", "mute:day"):
            send(client, page, thing="post", what=room.bakery.public_id, way=way)
        assert [(one.stance, one.until is None) for one in db.session.query(Interest)] == [(MUTE, False)]

    def test_a_word_that_is_none_is_said_beside_its_field(self, room, client_of, send, page):
        answer = send(client_of(room.noor), page, thing="word", what="100 %", way="mute:good")
        assert answer.status_code == 422
        assert "Write one word or a name" in answer.text
        assert 'value="100 %"' in answer.text

    @pytest.mark.parametrize(
        ("values", "status"),
        [
            ({"thing": "post", "what": "nowhere", "way": "mute:good"}, 404),
            ({"thing": "project", "what": "nowhere", "way": "mute:good"}, 404),
            ({"thing": "person", "what": "nowhere", "way": "mute:good"}, 404),
            ({"thing": "rest", "what": "", "way": "follow:good"}, 422),
            ({"thing": "rest", "what": "x", "way": "mute:good"}, 422),
            ({"thing": "help", "what": "money", "way": "mute:good"}, 422),
            ({"thing": "moon", "what": "", "way": "mute:good"}, 422),
            ({"thing": "post", "what": "x", "way": "mute:century"}, 422),
            ({}, 422),
        ],
    )
    def test_what_there_is_not_is_refused(self, room, client_of, send, page, values, status):
        assert send(client_of(room.noor), page, **values).status_code == status
        assert db.session.query(Interest).count() == 0

    def test_a_person_behind_a_pseudonym_is_refused_and_not_offered(self, room, client_of, send, page):
        room.project.anonymity = Anonymity.PSEUDONYMOUS
        client = client_of(room.noor)
        post = f"/posts/{room.bakery.public_id}"
        assert 'value="person"' not in client.get(post).text
        assert (
            send(client, post, page, thing="person", what=room.bakery.public_id, way="mute:good").status_code
            == 422
        )

    def test_nobody_follows_in_anothers_name_or_course(self, room, make, client_of, send, page):
        stranger = make.student(make.course(make.person()))
        assert client_of(stranger).get(page).status_code == 404
        elsewhere = make.post(make.project(make.course(make.person())), stranger)
        db.session.commit()
        answer = send(client_of(room.noor), page, thing="post", what=elsewhere.public_id, way="mute:good")
        assert answer.status_code == 404

    def test_a_kind_of_help_that_is_muted_is_not_asked_of_one(self, room, client_of, send, page):
        for who in (room.aylin, room.jonas):
            kind = HelpKind.HINT if who is room.aylin else HelpKind.CHECK
            db.session.add(
                HelpRequest(
                    course_id=room.course.id,
                    author_id=who.id,
                    state=State.VISIBLE,
                    audience=Audience.NAME,
                    kind=kind,
                    size=Size.TEN_MINUTES,
                    trying=f"Where the {kind.value} goes",
                    once=kind.value,
                    posted_at=now(),
                    shown_at=now(),
                )
            )
        db.session.commit()
        client, listing = client_of(room.noor), f"/courses/{room.course.public_id}/help-requests"
        assert "Where the hint goes" in client.get(listing).text
        send(client, page, thing="help", what="hint", way="mute:good")
        assert "a hint" in client.get(page).text
        assert "Where the hint goes" not in client.get(listing).text
        assert "Where the check goes" in client.get(listing).text

    def test_only_what_i_owe_is_one_press_and_one_back(self, room, client_of, send, page, actor_of):
        client = client_of(room.noor)
        send(client, page, thing="rest", what="", way="mute:good")
        assert interests_of(actor_of(room.noor), room.course.id).only_owed
        assert "Turn it off" in client.get(page).text
        send(client, page, thing="rest", what="", way="neither")
        assert not interests_of(actor_of(room.noor), room.course.id).only_owed

    @pytest.mark.parametrize("n", [1, 30])
    def test_many_cost_as_many_statements_as_one(self, room, make, client_of, count_queries, page, n):
        for number in range(n):
            room.says(Thing.WORD, f"word {number}")
        client = client_of(room.noor)
        with count_queries() as seen:
            client.get(page)
        assert len(seen) == 7, seen


def test_words_and_bounds(room):
    assert clean_word("  The   Ferry ") == "the ferry"
    for bad in ("", "x", "a" * 41, "a_b", "50%"):
        with pytest.raises(NotAWord):
            clean_word(bad)
    with pytest.raises(CannotBeFollowed):
        choose(room.course.id, room.noor.id, Thing.POST, "", MUTE)
    for number in range(200):
        choose(room.course.id, room.noor.id, Thing.WORD, f"w{number}", MUTE)
    with pytest.raises(TooMuch):
        choose(room.course.id, room.noor.id, Thing.WORD, "one more", MUTE)
