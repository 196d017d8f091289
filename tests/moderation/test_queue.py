"""Holding, deciding, flagging and the record: nothing is silent, and two people do not act at once."""

from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.comments.commands import Written, claim_fine, edit_comment, post_comment
from classroom.comments.models import Comment, Standing
from classroom.core import clock
from classroom.core.clock import now
from classroom.core.db import db
from classroom.guidelines import commands as guidelines
from classroom.moderation import commands, queries, rules
from classroom.moderation.models import Case, Decision, Flag, LogEntry, Reason
from classroom.moderation.presets import FOR_REASON, load, preset_for
from classroom.posts.states import State

SNARK = "Did you even try the menu on a phone before posting? The hours are unreadable at the bottom."
FINE = (
    "The menu is at the bottom, so on my phone I scrolled past three pictures. Could it stand above the map?"
)
VAGUE = "Nice work, I really liked reading this, keep going like that and it will be great."


@pytest.fixture
def scene(make):
    """A course with guidelines, a project, Aylin's post, and Jonas who comments on it."""

    class Scene:
        course = make.course(make.person("Adaeze Okafor"))
        staff = db.session.get(type(make.person()), next(iter(queries.members_of(course.id))))
        project = make.project(course)
        aylin = make.student(course, "Aylin Kaya")
        jonas = make.student(course, "Jonas Weber")
        mina = make.student(course, "Mina Park")
        post = make.post(project, aylin)
        for person in (jonas, mina):
            make.post(project, person)

        def say(self, text, who=None):
            return post_comment((who or self.jonas).id, self.post, Written(text))

    made = Scene()
    draft = guidelines.begin_draft(made.course, from_starter=True)
    guidelines.publish(draft, made.staff.id, major=False)
    for person in (made.aylin, made.jonas, made.mina):
        guidelines.acknowledge(draft, person.id, {})
    db.session.commit()
    return made


def open_cases():
    return db.session.query(Case).filter(Case.closed_at.is_(None)).all()


def log():
    return [(one.before, one.after, one.reason) for one in db.session.query(LogEntry).order_by(LogEntry.id)]


class TestHolding:
    def test_snark_is_held_with_its_words_and_its_clause(self, scene):
        comment = scene.say(SNARK)
        assert comment.state is State.HELD
        (case,) = open_cases()
        assert case.reason in {Reason.SNARK, Reason.ATTACK}
        assert any("did you even" in word.casefold() for word in case.words)
        assert case.clause_number == 4
        assert log() == [(State.DRAFT, State.HELD, case.reason.value)]
        assert db.session.query(LogEntry).one().guideline_version == 1

    def test_a_rewrite_by_the_writer_ends_the_case(self, scene):
        comment = scene.say(SNARK)
        edit_comment(comment, scene.post, Written(FINE), version=comment.version, by_id=scene.jonas.id)
        assert comment.state is State.VISIBLE
        assert open_cases() == []
        assert db.session.query(Case).one().decision is Decision.REWRITTEN
        assert log()[-1] == (State.HELD, State.VISIBLE, "rewritten")

    def test_a_rewrite_that_is_held_again_keeps_its_place(self, scene):
        comment = scene.say(SNARK)
        before = open_cases()[0].opened_at
        edit_comment(
            comment, scene.post, Written(SNARK + " Wow."), version=comment.version, by_id=scene.jonas.id
        )
        (case,) = open_cases()
        assert case.opened_at == before

    def test_a_claim_waits_and_counts_until_decided(self, scene):
        comment = scene.say(VAGUE)
        assert comment.standing is Standing.NOT_YET
        claim_fine(comment)
        (case,) = open_cases()
        assert case.reason is Reason.CLAIMED
        assert comment.state is State.VISIBLE
        commands.decline_claim(case, scene.staff.id, "Say what works, and why.")
        assert comment.standing is Standing.DECLINED
        assert comment.state is State.VISIBLE
        assert log()[-1][2] == "does_not_count"


class TestDeciding:
    def test_approve(self, scene):
        comment = scene.say(SNARK)
        commands.approve(open_cases()[0], scene.staff.id)
        assert comment.state is State.VISIBLE
        assert log()[-1] == (State.HELD, State.VISIBLE, "approved")

    def test_return_and_rewrite(self, scene):
        comment = scene.say(SNARK)
        case = open_cases()[0]
        commands.return_case(
            case, scene.staff.id, reason="sarcasm", note="Say it about the page.", clause_number=4
        )
        assert comment.state is State.RETURNED
        edit_comment(comment, scene.post, Written(FINE), version=comment.version, by_id=scene.jonas.id)
        assert comment.state is State.VISIBLE
        assert comment.standing is Standing.COUNTS
        assert [edge[:2] for edge in log()] == [
            (State.DRAFT, State.HELD),
            (State.HELD, State.RETURNED),
            (State.RETURNED, State.VISIBLE),
        ]

    def test_nothing_comes_back_without_a_word(self, scene):
        scene.say(SNARK)
        with pytest.raises(rules.NoteMissing):
            commands.return_case(open_cases()[0], scene.staff.id, reason="x", note="  ", clause_number=None)

    def test_remove_and_restore(self, scene):
        comment = scene.say(SNARK)
        commands.remove_case(open_cases()[0], scene.staff.id, note="", clause_number=4)
        assert comment.state is State.REMOVED
        commands.restore(comment, scene.staff.id)
        assert comment.state is State.VISIBLE

    def test_whoever_is_first_decides(self, scene):
        scene.say(SNARK)
        case = open_cases()[0]
        commands.approve(case, scene.staff.id)
        with pytest.raises(rules.Decided):
            commands.return_case(case, scene.staff.id, reason="x", note="Late.", clause_number=None)

    def test_two_do_not_act_at_once_and_a_claim_lapses(self, scene, make):
        other = make.member(scene.course, Role.ASSISTANT, "Tomas")
        scene.say(SNARK)
        case = open_cases()[0]
        commands.claim(case, other.id)
        with pytest.raises(rules.TakenByAnother):
            commands.approve(case, scene.staff.id)
        with clock.at(now() + rules.CLAIM_LIFE + timedelta(seconds=1)):
            commands.approve(case, scene.staff.id)


class TestFlags:
    def test_what_is_flagged_waits_and_the_flagger_is_protected(self, scene, client_of):
        comment = scene.say(FINE)
        commands.flag(comment, scene.aylin.id, reason="hurts", note="It is about me.")
        assert comment.state is State.HELD
        record = f"/moderation/comment/{comment.public_id}"
        seen = client_of(scene.jonas).get(record).text
        assert "asked for a person" in seen
        assert "Aylin" not in seen.split("<main")[1]
        assert "It is about me." not in seen
        assert "It is about me." in client_of(scene.staff).get(record).text

    def test_once_per_person(self, scene):
        comment = scene.say(FINE)
        first = commands.flag(comment, scene.aylin.id, reason="hurts")
        commands.approve(open_cases()[0], scene.staff.id)
        assert commands.flag(comment, scene.aylin.id, reason="hurts").id == first.id
        assert open_cases() == []

    def test_what_a_person_approved_is_not_hidden_again_by_a_report(self, scene):
        comment = scene.say(FINE)
        commands.flag(comment, scene.aylin.id, reason="hurts")
        commands.approve(open_cases()[0], scene.staff.id)
        commands.flag(comment, scene.mina.id, reason="other")
        assert comment.state is State.VISIBLE
        assert len(open_cases()) == 1

    def test_nobody_reports_themselves(self, scene):
        with pytest.raises(rules.NothingToFlag):
            commands.flag(scene.say(FINE), scene.jonas.id, reason="other")


class TestPages:
    def queue(self, scene):
        return f"/courses/{scene.course.public_id}/queue"

    def test_find_and_return_takes_one_page_two_presses_one_field(self, scene, client_of, send):
        comment = scene.say(SNARK)
        case = open_cases()[0]
        page = client_of(scene.staff).get(self.queue(scene))
        assert "Did you even" in page.text
        assert '<mark class="held">' in page.text
        answer = send(
            client_of(scene.staff),
            self.queue(scene),
            f"/cases/{case.public_id}/return",
            **{f"{case.public_id}-note": "Say it about the page.", f"{case.public_id}-reason": "sarcasm"},
        )
        assert answer.status_code == 303
        assert db.session.get(Comment, comment.id).state is State.RETURNED

    def test_an_empty_note_keeps_the_page(self, scene, client_of, send):
        scene.say(SNARK)
        case = open_cases()[0]
        answer = send(client_of(scene.staff), self.queue(scene), f"/cases/{case.public_id}/return")
        assert answer.status_code == 422
        assert "Write a sentence" in answer.text

    @pytest.mark.parametrize("clause", ["99", "four", "4; drop"])
    def test_a_clause_that_is_not_in_force_is_refused(self, scene, client_of, send, clause):
        scene.say(SNARK)
        (case,) = open_cases()
        code = case.public_id
        sent = {f"{code}-note": "Say it about the page.", f"{code}-clause_number": clause}
        answer = send(client_of(scene.staff), self.queue(scene), f"/cases/{code}/return", **sent)
        assert answer.status_code == 422
        assert "Say it about the page." in answer.text
        assert open_cases() == [case]

    def test_a_chosen_note_lies_ready_with_its_clause(self, scene, client_of):
        scene.say(SNARK)
        (case,) = open_cases()
        page = client_of(scene.staff).get(f"/cases/{case.public_id}?preset=copied").text
        preset = preset_for("snark", "copied")
        assert f'<option value="{preset.clause}" selected>' in page
        assert 'aria-current="true">Copied words' in page

    def test_an_empty_queue_says_why(self, scene, client_of):
        assert "Nothing waits" in client_of(scene.staff).get(self.queue(scene)).text

    def test_what_was_rewritten_since_is_not_approved_with_what_was_read(
        self, scene, client_of, send, actor_of
    ):
        """Nor in bulk: the ticks name the wording that stood on the page."""
        row = scene.say(SNARK)
        who, case = actor_of(scene.staff), open_cases()[0]
        (shown,) = queries.waiting(who, scene.course, queries.queue(who, scene.course), "", 1).rows
        edit_comment(
            row, scene.post, Written(f"{SNARK} You idiot."), version=row.version, by_id=scene.jonas.id
        )
        db.session.commit()
        client = client_of(scene.staff)
        for url, values in (
            (f"/cases/{case.public_id}/approval", {"read": shown.edition}),
            (f"{self.queue(scene)}/approvals", {"case": f"{case.public_id} {shown.edition}"}),
        ):
            answer = send(client, self.queue(scene), url, **values)
            assert answer.status_code == 409
            assert "has rewritten it since" in answer.text
        db.session.refresh(row)
        assert row.state is State.HELD

    def test_bulk_approval_is_all_or_nothing(self, scene, make, client_of, send):
        mine, other = scene.say(SNARK), None
        elsewhere = make.course(make.person())
        project = make.project(elsewhere)
        author, writer = make.student(elsewhere), make.student(elsewhere)
        other = post_comment(writer.id, make.post(project, author), Written(SNARK))
        ids = [case.public_id for case in open_cases()]
        client, url = client_of(scene.staff), f"{self.queue(scene)}/approvals"
        assert send(client, self.queue(scene), url, case=ids).status_code == 404
        assert db.session.get(Comment, mine.id).state is State.HELD
        own = [c.public_id for c in open_cases() if c.course_id == scene.course.id]
        assert send(client, self.queue(scene), url, case=own).status_code == 303
        assert db.session.get(Comment, mine.id).state is State.VISIBLE
        assert db.session.get(Comment, other.id).state is State.HELD

    @pytest.mark.parametrize("n", [1, 8])
    def test_it_costs_the_same_however_many_wait(self, scene, make, client_of, count_queries, n):
        for number in range(n):
            scene.say(SNARK, make.student(scene.course, f"Student {number}"))
        client = client_of(scene.staff)
        with count_queries() as seen:
            assert client.get(self.queue(scene)).status_code == 200
        assert len(seen) <= 12, seen

    @pytest.mark.parametrize(
        ("path", "method", "expected"),
        [
            (
                "{queue}",
                "GET",
                {"staff": 200, "assistant": 200, "author": 403, "receiver": 403, "classmate": 403},
            ),
            (
                "/cases/{case}",
                "GET",
                {"staff": 200, "assistant": 200, "author": 404, "receiver": 404, "classmate": 404},
            ),
            (
                "/cases/{case}/approval",
                "POST",
                {"staff": 422, "author": 404, "receiver": 404, "classmate": 404},
            ),
            (
                "/cases/{case}/return",
                "POST",
                {"staff": 422, "author": 404, "receiver": 404, "classmate": 404},
            ),
            (
                "/cases/{case}/removal",
                "POST",
                {"staff": 422, "author": 404, "receiver": 404, "classmate": 404},
            ),
            ("{place}", "GET", {"staff": 200, "author": 200, "receiver": 404, "classmate": 404}),
            ("{place}/flag", "GET", {"staff": 403, "author": 403, "receiver": 404, "classmate": 404}),
            ("{place}/return", "POST", {"staff": 422, "author": 403, "receiver": 404, "classmate": 404}),
        ],
    )
    def test_who_may(self, scene, make, client_of, visitor, path, method, expected):
        comment = scene.say(SNARK)
        url = path.format(
            queue=self.queue(scene),
            case=open_cases()[0].public_id,
            place=f"/moderation/comment/{comment.public_id}",
        )
        people = {
            "staff": scene.staff,
            "assistant": make.member(scene.course, Role.ASSISTANT),
            "author": scene.jonas,
            "receiver": scene.aylin,
            "classmate": scene.mina,
            "observer": make.member(scene.course, Role.OBSERVER),
            "stranger": make.person(),
        }
        expected = {"observer": 404 if path != "{queue}" else 403, "stranger": 404} | expected
        found = {who: client_of(people[who]).open(url, method=method).status_code for who in expected}
        assert found == expected
        assert visitor.open(url, method=method).status_code == 302
        assert db.session.get(Comment, comment.id).state is State.HELD

    def test_an_assistant_of_another_section_does_not_see_it(self, scene, make, client_of):
        section = make.section(scene.course, "B")
        other = make.member(scene.course, Role.ASSISTANT, section=section)
        scene.say(SNARK)
        client = client_of(other)
        assert "Nothing waits" in client.get(self.queue(scene)).text
        assert client.get(f"/cases/{open_cases()[0].public_id}").status_code == 404

    def test_a_classmate_reports_by_two_presses(self, scene, client_of, send):
        comment = scene.say(FINE)
        url = f"/moderation/comment/{comment.public_id}/flag"
        assert send(client_of(scene.mina), url).status_code == 422
        assert send(client_of(scene.mina), url, reason="hurts").status_code == 303
        assert db.session.query(Flag).one().by_id == scene.mina.id


def test_every_reason_has_a_note_that_fits():
    codes = {one.code for one in load()}
    assert set(FOR_REASON.values()) <= codes
    assert all(preset_for(reason.value).note for reason in Reason)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Wow, did you even try?", ["did you even"], "did you even"),
        ("Wow, Did you Even try?", ["did you even"], "Did you Even"),
        ("nothing here", ["absent"], ""),
        ("İstanbul did you even", ["did you even"], "did you even"),
        ("abc", ["ab", "bc"], "abc"),
    ],
)
def test_the_words_are_marked_in_the_text(text, words, marked):
    cut = queries.pieces(text, words)
    assert "".join(part for _mark, part in cut) == text
    assert "".join(part for mark, part in cut if mark) == marked


def test_whoever_may_not_is_told_whom_to_ask(scene, client_of):
    refused = client_of(scene.jonas).get(f"/courses/{scene.course.public_id}/queue")
    assert refused.status_code == 403
    assert "ask Adaeze Okafor" in refused.text


def test_two_who_take_the_next_one_get_two(make, scene, client_of, send):
    scene.say(SNARK)
    scene.say(SNARK, who=scene.mina)
    first, second = db.session.query(Case).order_by(Case.opened_at, Case.id)
    other = make.member(scene.course, Role.ASSISTANT, "Tomas Lind")
    queue = f"/courses/{scene.course.public_id}/queue"
    taken = [send(client_of(who), queue, f"{queue}/next").headers["Location"] for who in (scene.staff, other)]
    assert [one.rsplit("/", 1)[1] for one in taken] == [first.public_id, second.public_id]
    third = make.member(scene.course, Role.ASSISTANT, "Ines Fonseca")
    assert send(client_of(third), "/settings", f"{queue}/next").headers["Location"].endswith("/queue")
    assert send(client_of(scene.jonas), "/settings", f"{queue}/next").status_code == 403
    assert send(client_of(make.person()), "/settings", f"{queue}/next").status_code == 404
