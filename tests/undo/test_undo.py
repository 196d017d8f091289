"""One press takes back what was just done: once, for two minutes, by whoever did it, and without a script."""

import io
import re
from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.accounts.models import Passkey
from classroom.celebrations.commands import highlight
from classroom.celebrations.models import Consent
from classroom.comments.commands import Written, claim_fine, edit_comment, post_comment
from classroom.comments.commands_reading import begin_reading
from classroom.comments.commands_threads import reply
from classroom.comments.models import Comment, LastRead, Standing
from classroom.core import clock, storage
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.events import tell_waiting
from classroom.courses.commands_roster import hand_in
from classroom.courses.models import Membership, RosterImport, Section
from classroom.courses.roster import pasted
from classroom.guidelines import commands as guidelines
from classroom.guidelines.models import Ruling
from classroom.guidelines.queries import draft_version, project_examples
from classroom.moderation import commands as moderation
from classroom.moderation.models import Case, LogEntry
from classroom.notices.models import Notice, NoticeKind
from classroom.posts.models import Post, PostFile
from classroom.posts.states import State
from classroom.projects.commands_extensions import give_extension
from classroom.projects.commands_materials import Kept, add_material
from classroom.projects.models import Extension, Material, Project, ProjectState, Prompt
from classroom.projects.rules import Phase
from classroom.undo.models import Undo

GOOD = (
    "The menu is at the bottom, so on my phone I scrolled past three pictures. Could it stand above the map?"
)
SNARK = "Did you even try the menu on a phone before posting? The hours are unreadable at the bottom."
VAGUE = "Nice work, I really liked reading this, keep going like that and it will be great."
BUTTON = re.compile(r'action="(/undo/[^"]+)"><input type="hidden" name="csrf_token" value="([^"]+)"')


@pytest.fixture
def scene(make, client_of):
    class Scene:
        course = make.course(make.person("Adaeze Okafor"))
        staff = make.member(course, Role.INSTRUCTOR, "Ruth Aboagye")
        project = make.project(course, post_first=False)
        aylin = make.student(course, "Aylin Kaya")
        jonas = make.student(course, "Jonas Weber")
        post = make.post(project, aylin)

        def say(self, text=GOOD):
            return post_comment(self.jonas.id, self.post, Written(text))

        def case(self):
            return db.session.query(Case).one()

    return Scene()


@pytest.fixture
def act(client_of, send):
    """Press something as someone; answers how to press the Undo on the page that follows."""

    def press(person, url, page="/settings", **values):
        client = client_of(person)
        answer = send(client, page, url, **values)
        assert answer.status_code == 303, (url, answer.status_code)
        shown = client.get(answer.headers["Location"], follow_redirects=True)
        found = BUTTON.search(shown.text)
        assert found, f"no Undo after {url}"
        db.session.expire_all()

        def undo(by=None):
            done = (by or client).post(found[1], data={"csrf_token": found[2]})
            db.session.expire_all()
            return done

        return undo

    return press


def log_of(row):
    entries = db.session.query(LogEntry).filter_by(subject_id=row.id).order_by(LogEntry.id)
    return [(one.before, one.after, one.reason) for one in entries]


class TestThePress:
    def test_it_works_once_and_leads_back(self, scene, act):
        comment = scene.say()
        undo = act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")
        assert comment.state is State.WITHDRAWN
        answer = undo()
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith(f"/comments/{comment.public_id}")
        assert comment.state is State.VISIBLE
        assert undo().status_code == 303
        assert log_of(comment)[-2:] == [
            (State.VISIBLE, State.WITHDRAWN, "withdrawn"),
            (State.WITHDRAWN, State.VISIBLE, "undone"),
        ]

    def test_ten_seconds_and_more_but_not_for_ever(self, scene, act):
        comment = scene.say()
        undo = act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")
        with clock.at(now() + timedelta(minutes=3)):
            assert undo().status_code == 409
        assert comment.state is State.WITHDRAWN

    def test_just_in_time(self, scene, act):
        comment = scene.say()
        undo = act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")
        with clock.at(now() + timedelta(seconds=110)):
            assert undo().status_code == 303
        assert comment.state is State.VISIBLE

    def test_nobody_else_has_it(self, scene, act, client_of):
        comment = scene.say()
        undo = act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")
        for other in (scene.aylin, scene.staff):
            assert undo(client_of(other)).status_code == 404
        assert comment.state is State.WITHDRAWN

    def test_without_the_token_of_the_page_nothing_happens(self, scene, act, client_of):
        comment = scene.say()
        act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")
        path = f"/undo/{db.session.query(Undo).one().public_id}"
        assert client_of(scene.jonas).post(path).status_code == 422
        assert comment.state is State.WITHDRAWN

    def test_whoever_lost_the_right_meanwhile_undoes_nothing(self, make, scene, act):
        undo = act(scene.staff, f"/members/{make.seat(scene.course, scene.jonas).public_id}/removal")
        make.seat(scene.course, scene.staff).role = Role.ASSISTANT
        db.session.flush()
        assert undo().status_code == 403
        assert make.seat(scene.course, scene.jonas).left_at is not None

    def test_what_is_kept_goes_with_the_press_and_with_time(self, make, scene, act):
        section = make.section(scene.course, "Friday")
        act(scene.staff, f"/sections/{section.public_id}/removal")()
        assert db.session.query(Undo).one().kept == {}
        with clock.at(now() + timedelta(minutes=3)):
            act(scene.staff, f"/courses/{scene.course.public_id}/join-link/reset")
        assert [one.act for one in db.session.query(Undo)] == ["courses.reset_join_link"]


class TestWhatStudentsDo:
    def test_a_comment_comes_back_and_its_copy_leaves_the_pen(self, scene, act):
        comment = scene.say()
        act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")()
        assert db.session.query(Comment).all() == [comment]

    def test_what_was_written_on_meanwhile_stays_in_the_pen(self, scene, act):
        comment = scene.say()
        undo = act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")
        db.session.query(Comment).filter_by(state=State.DRAFT).one().body = "Other words by now"
        db.session.flush()
        undo()
        assert {one.body for one in db.session.query(Comment)} == {GOOD, "Other words by now"}

    def test_a_held_comment_waits_again_for_the_same_reason(self, scene, act):
        comment = scene.say(SNARK)
        case, reason = scene.case(), comment.hold_reason
        opened, words = case.opened_at, case.words
        undo = act(scene.jonas, f"/comments/{comment.public_id}/withdrawal")
        assert case.closed_at is not None
        undo()
        assert (comment.state, comment.hold_reason) == (State.HELD, reason)
        assert (case.closed_at, case.decision) == (None, None)
        assert (case.opened_at, case.words) == (opened, words)

    def test_a_reply(self, scene, act):
        row = reply(scene.say(), scene.post, scene.aylin.id, "Thank you, I will move it up.")
        undo = act(scene.aylin, f"/replies/{row.public_id}/withdrawal")
        assert row.state is State.WITHDRAWN
        undo()
        assert row.state is State.VISIBLE

    def test_a_post_stands_where_it_stood(self, scene, act):
        moderation.move(scene.post, State.HELD, moderation.Told(scene.staff.id, "flagged"))
        undo = act(scene.aylin, f"/posts/{scene.post.public_id}/withdrawal")
        assert scene.post.state is State.WITHDRAWN
        undo()
        assert scene.post.state is State.HELD
        assert scene.case().closed_at is None

    def test_a_dropped_draft_with_its_files(self, scene, act, client_of, send):
        page, client = f"/projects/{scene.project.public_id}/post", client_of(scene.aylin)
        send(
            client,
            page,
            title="A bakery",
            text="Other words",
            then="save",
            files=[(io.BytesIO(b"1"), "a.txt")],
        )
        undo = act(scene.aylin, f"/posts/{scene.post.public_id}/draft/dropping")
        assert scene.post.draft_text != "Other words"
        undo()
        assert scene.post.draft_text == "Other words"
        assert [file.in_draft for file in db.session.query(PostFile)] == [True]

    def test_a_dropped_draft_does_not_come_over_a_newer_one(self, scene, act, client_of, send):
        page, client = f"/projects/{scene.project.public_id}/post", client_of(scene.aylin)
        send(client, page, text="Other words", then="save")
        undo = act(scene.aylin, f"/posts/{scene.post.public_id}/draft/dropping")
        send(client, page, text="Newer words", version=str(scene.post.draft_version), then="save")
        assert undo().status_code == 409
        assert db.session.query(Post).filter_by(id=scene.post.id).one().draft_text == "Newer words"

    def test_a_file_with_its_bytes(self, scene, act, client_of, send):
        page, client = f"/projects/{scene.project.public_id}/post", client_of(scene.aylin)
        send(client, page, text="Words", then="save", files=[(io.BytesIO(b"one"), "a.txt")])
        file = db.session.query(PostFile).one()
        undo = act(scene.aylin, f"/files/{file.public_id}/removal")
        assert not file.in_draft
        undo()
        assert file.in_draft
        assert storage.store().get(file.key) == b"one"

    def test_a_file_while_one_writes_leaves_the_rest_of_the_page_alone(self, scene, client_of, send):
        page, client = f"/projects/{scene.project.public_id}/post", client_of(scene.aylin)
        send(client, page, text="Words", then="save", files=[(io.BytesIO(b"one"), "a.txt")])
        file = db.session.query(PostFile).one()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)[1]
        piece = client.post(
            f"/files/{file.public_id}/removal", data={"csrf_token": token}, headers={"HX-Request": "true"}
        )
        address = re.search(r'hx-post="(/undo/[^"]+)"', piece.text)[1]
        assert "<form" not in piece.text
        assert client.post(address, data={"csrf_token": token}).status_code == 303
        db.session.expire_all()
        assert file.in_draft

    def test_a_word_about_the_wall(self, scene, act):
        made = highlight(scene.say(), scene.staff.id, why="It says where.", moves=["specific"])
        undo = act(scene.jonas, f"/highlights/{made.public_id}", consent="declined")
        assert made.consent is Consent.DECLINED
        undo()
        assert made.consent is Consent.ASKED

    def test_a_passkey(self, scene, act):
        values = {"credential_id": "one", "public_key": "its half", "sign_count": 2**32 - 1, "name": "Phone"}
        passkey = Passkey(person_id=scene.aylin.id, transports=["usb"], **values)
        db.session.add(passkey)
        db.session.flush()
        undo = act(scene.aylin, f"/settings/passkeys/{passkey.public_id}/removal")
        assert db.session.query(Passkey).count() == 0
        undo()
        back = db.session.query(Passkey).one()
        assert {name: getattr(back, name) for name in values} == values
        assert (back.person_id, back.transports) == (scene.aylin.id, ["usb"])

    def test_news_that_was_put_away(self, scene, act):
        scene.say()
        undo = act(scene.aylin, "/news/seen")
        assert db.session.query(LastRead).filter_by(person_id=scene.aylin.id).count() == 1
        assert all(one.seen_at for one in db.session.query(Notice).filter_by(person_id=scene.aylin.id))
        undo()
        (told,) = db.session.query(Notice).filter_by(person_id=scene.aylin.id)
        assert told.seen_at is None
        assert db.session.query(LastRead).filter_by(person_id=scene.aylin.id).count() == 0

    def test_what_was_read_before_is_read_until_then_again(self, scene, act):
        before = now() - timedelta(hours=1)
        row = begin_reading(scene.aylin.id, scene.post, before)
        undo = act(scene.aylin, "/news/seen")
        assert row.read_at > before
        undo()
        assert row.read_at == before


def told(person):
    return {one.kind for one in db.session.query(Notice).filter_by(person_id=person.id)}


class TestWhatStaffDecide:
    @pytest.mark.parametrize("act_", ["approval", "removal", "return"])
    def test_a_case_waits_again_with_its_age(self, scene, act, act_):
        comment = scene.say(SNARK)
        case = scene.case()
        opened, reason = case.opened_at, comment.hold_reason
        note = {f"{case.public_id}-note": "Say it kindly.", f"{case.public_id}-reason": "returned"}
        page = f"/cases/{case.public_id}"
        undo = act(scene.staff, f"{page}/{act_}", page, **note)
        assert comment.state is not State.HELD
        assert undo().status_code == 303
        assert (comment.state, comment.hold_reason) == (State.HELD, reason)
        assert (case.closed_at, case.decision, case.decided_by_id) == (None, None, None)
        assert case.opened_at == opened
        assert log_of(comment)[-1][1:] == (State.HELD, "undone")
        assert db.session.query(Case).count() == 1

    @pytest.mark.parametrize("act_", ["removal", "return"])
    def test_without_a_case(self, scene, act, act_):
        comment = scene.say()
        page = f"/moderation/comment/{comment.public_id}"
        undo = act(scene.staff, f"{page}/{act_}", page, note="Say it kindly.", reason="returned")
        assert comment.state in {State.REMOVED, State.RETURNED}
        undo()
        assert (comment.state, comment.hold_reason) == (State.VISIBLE, None)

    def test_a_removed_post(self, scene, act):
        page = f"/moderation/post/{scene.post.public_id}"
        undo = act(scene.staff, f"{page}/removal", page)
        assert scene.post.state is State.REMOVED
        undo()
        assert scene.post.state is State.VISIBLE

    def test_a_claim_that_was_declined_or_accepted_waits_again(self, scene, act):
        comment = scene.say(VAGUE)
        claim_fine(comment)
        page = f"/cases/{scene.case().public_id}"
        act(scene.staff, f"{page}/approval", page)()
        assert (comment.standing, scene.case().closed_at) == (Standing.CLAIMED, None)
        note = {f"{scene.case().public_id}-note": "Say what exactly."}
        act(scene.staff, f"{page}/return", page, **note)()
        assert (comment.standing, scene.case().closed_at) == (Standing.CLAIMED, None)
        assert not told(scene.jonas) & {NoticeKind.COUNTED, NoticeKind.NOT_COUNTED}

    def test_not_once_the_writer_has_rewritten_it(self, scene, act):
        comment = scene.say(SNARK)
        page = f"/cases/{scene.case().public_id}"
        note = {f"{scene.case().public_id}-note": "Say it kindly."}
        undo = act(scene.staff, f"{page}/return", page, **note)
        edit_comment(comment, scene.post, Written(GOOD), version=comment.version, by_id=scene.jonas.id)
        assert undo().status_code == 409
        assert comment.state is State.VISIBLE

    def test_not_once_a_classmate_has_reported_it_again(self, scene, act):
        comment = scene.say(SNARK)
        page = f"/cases/{scene.case().public_id}"
        undo = act(scene.staff, f"{page}/approval", page)
        moderation.flag(comment, scene.aylin.id, reason="hurts")
        assert undo().status_code == 409
        assert db.session.query(Case).filter(Case.closed_at.is_(None)).count() == 1

    def test_several_at_once(self, make, scene, act):
        comments = [scene.say(SNARK)]
        mina = make.student(scene.course, "Mina Park")
        comments.append(post_comment(mina.id, scene.post, Written(SNARK)))
        cases = db.session.query(Case).all()
        queue = f"/courses/{scene.course.public_id}/queue"
        undo = act(scene.staff, f"{queue}/approvals", queue, case=[one.public_id for one in cases])
        edit_comment(comments[1], scene.post, Written(GOOD), version=comments[1].version, by_id=mina.id)
        undo()
        assert [one.state for one in comments] == [State.HELD, State.VISIBLE]
        assert [one.closed_at is None for one in cases] == [True, False]

    def test_a_celebration(self, scene, act):
        made = highlight(scene.say(), scene.staff.id, why="It says where.", moves=["specific"])
        undo = act(scene.staff, f"/highlights/{made.public_id}/taking-back")
        assert made.withdrawn_at is not None
        undo()
        assert made.withdrawn_at is None


class TestWhatPeopleWereTold:
    def test_what_was_neither_seen_nor_sent_was_never_said(self, scene, act):
        scene.say(SNARK)
        page = f"/cases/{scene.case().public_id}"
        undo = act(scene.staff, f"{page}/approval", page)
        assert NoticeKind.APPROVED in told(scene.jonas)
        assert NoticeKind.COMMENT_RECEIVED in told(scene.aylin)
        undo()
        assert told(scene.jonas) == {NoticeKind.HELD}
        assert told(scene.aylin) == set()

    def test_whoever_has_seen_it_is_told_that_it_was_undone(self, scene, act):
        scene.say(SNARK)
        page = f"/cases/{scene.case().public_id}"
        undo = act(scene.staff, f"{page}/approval", page)
        for one in db.session.query(Notice):
            one.seen_at = now()
        db.session.flush()
        undo()
        (last,) = db.session.query(Notice).filter_by(kind=NoticeKind.UNDONE)
        assert (last.person_id, last.by_mail) == (scene.jonas.id, False)

    def test_whoever_got_a_letter_gets_a_second_one(self, scene, act, mailbox):
        scene.say(SNARK)
        page = f"/cases/{scene.case().public_id}"
        undo = act(scene.staff, f"{page}/removal", page)
        for one in db.session.query(Notice).filter_by(kind=NoticeKind.REMOVED):
            one.sent_at = now()
        db.session.flush()
        undo()
        (last,) = db.session.query(Notice).filter_by(kind=NoticeKind.UNDONE)
        assert (last.person_id, last.by_mail) == (scene.jonas.id, True)


class TestWhatInstructorsTakeAway:
    def test_a_person(self, make, scene, act):
        seat = make.seat(scene.course, scene.jonas)
        undo = act(scene.staff, f"/members/{seat.public_id}/removal")
        assert seat.left_at is not None
        undo()
        assert seat.left_at is None

    def test_nobody_gets_a_press_that_they_could_not_use(self, make, scene, client_of, send):
        client = client_of(scene.staff)
        answer = send(
            client, "/settings", f"/members/{make.seat(scene.course, scene.staff).public_id}/removal"
        )
        assert "/undo/" not in client.get(answer.headers["Location"]).text

    def press_twice(self, scene, client_of, send, url, **values):
        """The press, and the one that confirms what it would do; answers the page after it."""
        client = client_of(scene.staff)
        shown = send(client, "/settings", url, **values)
        key = re.search(r'name="confirmed" value="([^"]+)"', shown.text)[1]
        done = send(client, "/settings", url, confirmed=key, **values)
        assert done.status_code == 303
        path, token = BUTTON.search(client.get(done.headers["Location"]).text).groups()
        db.session.expire_all()
        return lambda: (client.post(path, data={"csrf_token": token}), db.session.expire_all())[0]

    def test_several_people(self, make, scene, client_of, send):
        seats = [make.seat(scene.course, one) for one in (scene.aylin, scene.jonas)]
        url = f"/courses/{scene.course.public_id}/people/removals"
        undo = self.press_twice(scene, client_of, send, url, who=[one.public_id for one in seats])
        assert all(one.left_at for one in seats)
        assert undo().status_code == 303
        assert not any(one.left_at for one in seats)

    def test_several_who_were_moved_go_each_to_their_own_section(self, make, scene, client_of, send):
        friday, monday = make.section(scene.course, "Friday"), make.section(scene.course, "Monday")
        seats = [make.seat(scene.course, one) for one in (scene.aylin, scene.jonas)]
        seats[0].section_id = friday.id
        db.session.flush()
        url, who = f"/courses/{scene.course.public_id}/people/moves", [one.public_id for one in seats]
        undo = self.press_twice(scene, client_of, send, url, who=who, to=monday.public_id)
        assert {one.section_id for one in seats} == {monday.id}
        assert undo().status_code == 303
        assert [one.section_id for one in seats] == [friday.id, None]

    def test_a_section_with_those_who_had_left_it(self, make, scene, act):
        section = make.section(scene.course, "Friday")
        name, address = section.name, section.public_id
        left = make.seat(scene.course, make.student(scene.course, section=section))
        left.left_at = now()
        db.session.flush()
        undo = act(scene.staff, f"/sections/{address}/removal")
        assert db.session.query(Section).count() == 0
        undo()
        back = db.session.query(Section).one()
        assert (back.name, back.public_id) == (name, address)
        assert db.session.get_one(Membership, left.id).section_id == back.id

    def test_a_section_whose_name_was_given_again(self, make, scene, act):
        undo = act(scene.staff, f"/sections/{make.section(scene.course, 'Friday').public_id}/removal")
        make.section(scene.course, "Friday")
        assert undo().status_code == 422

    def test_a_join_link(self, scene, act):
        old = scene.course.join_code
        undo = act(scene.staff, f"/courses/{scene.course.public_id}/join-link/reset")
        assert scene.course.join_code != old
        undo()
        assert scene.course.join_code == old

    def test_a_roster(self, scene, act):
        roster = hand_in(
            scene.course,
            pasted("Name,E-mail\nMaya,maya@example.edu\n", max_bytes=999),
            filename="",
            by_id=scene.staff.id,
        )
        text, address = roster.text, f"/rosters/{roster.public_id}"
        undo = act(scene.staff, f"{address}/removal")
        assert db.session.query(RosterImport).count() == 0
        assert undo().headers["Location"].endswith(address)
        assert db.session.query(RosterImport).one().text == text

    def test_a_draft_project_with_everything_in_it(self, make, scene, act):
        draft = make.project(scene.course, "Maps", state=ProjectState.DRAFT, published_at=None)
        key = storage.store().put(b"a map")
        add_material(draft, "A map", file=Kept(key, "map.txt", "text/plain", 5))
        guidelines.add_example(
            scene.course.id, project_id=draft.id, situation="Copy it", ruling=Ruling.CHEATING, why="No."
        )
        address = draft.public_id
        undo = act(scene.staff, f"/projects/{address}/removal")
        tell_waiting()
        assert db.session.query(Project).filter_by(public_id=address).count() == 0
        assert undo().status_code == 303
        back = db.session.query(Project).filter_by(public_id=address).one()
        assert (back.title, back.state) == ("Maps", ProjectState.DRAFT)
        assert [one.text for one in db.session.query(Prompt).filter_by(project_id=back.id)] == [
            "What works, and why?"
        ]
        material = db.session.query(Material).filter_by(project_id=back.id).one()
        assert storage.store().get(material.file_key) == b"a map"
        assert [one.situation for one in project_examples(scene.course.id, back.id)] == ["Copy it"]

    def test_a_material(self, scene, act):
        material = add_material(scene.project, "A map", "Here", visible=True)
        undo = act(scene.staff, f"/materials/{material.public_id}/removal")
        assert material.removed_at is not None
        undo()
        assert material.removed_at is None

    def test_personal_dates(self, scene, act):
        later = now() + timedelta(days=3)
        given = give_extension(
            scene.project, scene.jonas.id, {Phase.POST: later}, by_id=scene.staff.id, reason="ill"
        )
        undo = act(scene.staff, f"/extensions/{given.public_id}/removal")
        assert db.session.query(Extension).count() == 0
        undo()
        back = db.session.query(Extension).one()
        assert (back.post_by, back.reason, back.person_id) == (later, "ill", scene.jonas.id)


class TestADraftOfTheGuidelines:
    @pytest.fixture
    def draft(self, scene):
        return guidelines.begin_draft(scene.course, from_starter=True)

    def picture(self, scene):
        draft = draft_version(scene.course.id)
        return (
            [(one.number, one.title, one.text) for one in draft.clauses],
            sorted((one.public_id, one.clause_number) for one in draft.examples),
        )

    @pytest.mark.parametrize("number", [1, 3, 5])
    def test_a_clause_at_its_place_with_the_examples_that_rest_on_it(self, scene, draft, act, number):
        before = self.picture(scene)
        url = f"/courses/{scene.course.public_id}/guidelines/draft/clauses/{number}/removal"
        undo = act(scene.staff, url)
        assert self.picture(scene) != before
        undo()
        assert self.picture(scene) == before

    def test_an_example(self, scene, draft, act):
        before = self.picture(scene)
        undo = act(scene.staff, f"/examples/{draft.examples[0].public_id}/removal")
        assert self.picture(scene) != before
        undo()
        assert self.picture(scene) == before

    def test_the_whole_draft(self, scene, draft, act):
        before, url = self.picture(scene), f"/courses/{scene.course.public_id}/guidelines/draft/removal"
        undo = act(scene.staff, url)
        assert draft_version(scene.course.id) is None
        undo()
        assert self.picture(scene) == before

    def test_not_over_a_new_one(self, scene, draft, act):
        undo = act(scene.staff, f"/courses/{scene.course.public_id}/guidelines/draft/removal")
        guidelines.begin_draft(scene.course)
        assert undo().status_code == 409
        assert draft_version(scene.course.id).clauses == []
