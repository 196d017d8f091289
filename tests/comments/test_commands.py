"""Posting, drafting, rewriting, claiming, withdrawing: what changes, and what is told."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from classroom.comments import rules
from classroom.comments.commands import (
    PostGone,
    Written,
    claim_fine,
    decide_standing,
    discard_draft,
    edit_comment,
    move,
    post_comment,
    save_draft,
    withdraw,
)
from classroom.comments.events import (
    CommentClaimed,
    CommentEdited,
    CommentMoved,
    CommentPosted,
    StandingDecided,
)
from classroom.comments.models import Comment, Standing
from classroom.core import clock
from classroom.core.db import db
from classroom.core.errors import NotFound
from classroom.posts.models import Revision
from classroom.posts.states import CannotMove, State
from classroom.projects.models import Extension, LatePolicy, Material
from tests.comments.conftest import GOOD, QUOTE, RUDE, THIN
from tests.factories import WORK


def rows():
    return db.session.scalar(select(func.count()).select_from(Comment))


def test_a_good_comment_is_visible_and_counts(group, heard, monday):
    told = heard(CommentPosted, CommentMoved)
    comment = group.say(quote=QUOTE)
    assert (comment.state, comment.standing) == (State.VISIBLE, Standing.COUNTS)
    assert comment.posted_at == monday
    assert comment.verdict["moves"]["suggestion"]
    assert WORK.replace("\n\n", "\n")[comment.quote_start :].startswith(QUOTE)
    moved, posted = told
    assert (moved.before, moved.after, moved.actor_id) == (State.DRAFT, State.VISIBLE, group.writer.id)
    assert (posted.first, posted.receiver_id, posted.state) == (True, group.author.id, State.VISIBLE)


def test_the_second_comment_is_not_the_first(group, heard):
    group.say()
    told = heard(CommentPosted)
    group.say("The map on the second page helps, because I would not find Linden Street without it.")
    assert [event.first for event in told] == [False]


def test_an_anchor_knows_its_surroundings(group):
    comment = group.say(quote="forty loaves")
    assert comment.quote == "forty loaves"
    assert comment.quote_before.endswith("already sold ")
    assert comment.quote_after.startswith(" to people")


def test_words_of_the_students_own_site_are_kept_as_a_quotation(group):
    comment = group.say(quote="Fresh at four")
    assert (comment.quote, comment.quote_start) == ("Fresh at four", -1)


def test_a_thin_comment_is_posted_and_does_not_count_yet(group):
    comment = group.say(THIN)
    assert (comment.state, comment.standing) == (State.VISIBLE, Standing.NOT_YET)
    assert not rules.counts(comment.state, comment.standing)


def test_a_rude_comment_is_held_by_nobody_but_the_standard_and_counts_meanwhile(group, heard):
    told = heard(CommentMoved)
    comment = group.say(RUDE)
    assert comment.state is State.HELD
    assert comment.hold_reason in {"snark", "attack"}
    assert rules.counts(comment.state, comment.standing)
    assert [(event.actor_id, event.reason) for event in told] == [(None, comment.hold_reason)]
    assert any("idiot" in word for word in told[0].words)


def test_staff_are_not_held(group):
    assert group.say(RUDE, by=group.instructor).state is State.VISIBLE


def test_a_comment_that_hands_over_the_answer_key_is_held(group):
    key = "The correct closing tag order is strong inside em inside p, never the other way round"
    db.session.add(
        Material(
            course_id=group.course.id,
            project_id=group.project.id,
            title="Key",
            body_text=key,
            is_answer_key=True,
        )
    )
    db.session.flush()
    comment = group.say(f"Your menu breaks because of this. {key}. Change it.")
    assert (comment.state, comment.hold_reason) == (State.HELD, "leak")


def test_a_double_press_posts_once(group, heard):
    told = heard(CommentPosted)
    first = group.say(once="press-1")
    before = rows()
    assert group.say(once="press-1").id == first.id
    assert (rows(), len(told)) == (before, 1)


def test_the_same_key_of_another_person_is_another_comment(group):
    assert group.say(once="press-1").id != group.say(once="press-1", by=group.classmate).id


def test_nobody_comments_on_their_own_post(group):
    with pytest.raises(rules.OwnWork):
        group.say(by=group.author)


def test_a_stranger_cannot_comment_whatever_they_send(group):
    with pytest.raises(NotFound):
        group.say(by=group.stranger)


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.WITHDRAWN])
def test_a_post_that_is_gone_takes_no_comment(group, state):
    group.post.state = state
    with pytest.raises(PostGone):
        group.say()


def test_late_is_marked_and_closed_is_refused(group, monday):
    group.project.comment_by = monday
    with clock.at(monday + timedelta(hours=1)):
        assert group.say().late
    group.project.late = LatePolicy.CLOSED
    with clock.at(monday + timedelta(hours=1)):
        with pytest.raises(rules.CommentingClosed):
            group.say("The map on the second page helps, because I would not find the street without it.")
        assert group.say(by=group.instructor).state is State.VISIBLE


def test_an_extension_keeps_commenting_open(group, monday):
    group.project.comment_by, group.project.late = monday, LatePolicy.CLOSED
    db.session.add(
        Extension(
            course_id=group.course.id,
            project_id=group.project.id,
            person_id=group.writer.id,
            comment_by=monday + timedelta(days=1),
            by_id=group.instructor.id,
        )
    )
    db.session.flush()
    with clock.at(monday + timedelta(hours=1)):
        assert group.say().late is False
        with pytest.raises(rules.CommentingClosed):
            group.say(by=group.classmate)


def test_a_draft_becomes_the_comment(group):
    draft = save_draft(group.writer.id, group.post, Written("On my phone"))
    comment = group.say(version=draft.version)
    assert (comment.id, comment.body) == (draft.id, GOOD)


def test_there_is_one_draft_and_an_empty_one_is_none(group):
    first = save_draft(group.writer.id, group.post, Written("On my phone"))
    again = save_draft(group.writer.id, group.post, Written("On my phone I"), first.version)
    assert again.id == first.id
    assert save_draft(group.writer.id, group.post, Written(" "), again.version) is None
    assert save_draft(group.writer.id, group.post, Written("")) is None
    assert rows() == 0


def test_a_second_tab_loses_nothing(group):
    first = save_draft(group.writer.id, group.post, Written("Written on the train"))
    version = first.version
    save_draft(group.writer.id, group.post, Written("Written on the train, and at home"), version)
    with pytest.raises(rules.BothTexts) as refused:
        save_draft(group.writer.id, group.post, Written("Written in the other tab"), version)
    assert refused.value.details["theirs"] == "Written on the train, and at home"
    assert refused.value.details["yours"] == "Written in the other tab"


def test_posting_from_the_second_tab_keeps_the_first_tabs_draft(group):
    draft = save_draft(group.writer.id, group.post, Written("About the map: it has no legend"))
    comment = group.say(version=draft.version - 1)
    assert comment.id != draft.id
    assert draft.state is State.DRAFT
    assert draft.body == "About the map: it has no legend"


def test_discarding_a_draft_leaves_nothing(group):
    save_draft(group.writer.id, group.post, Written("On my phone"))
    discard_draft(group.writer.id, group.post)
    discard_draft(group.writer.id, group.post)
    assert rows() == 0


def test_a_thin_comment_can_be_improved(group, heard):
    comment = group.say(THIN)
    told = heard(CommentEdited, CommentMoved)
    edit_comment(comment, group.post, Written(GOOD), version=comment.version, by_id=group.writer.id)
    assert (comment.standing, comment.state) == (Standing.COUNTS, State.VISIBLE)
    assert comment.edited_at is not None
    assert [(e.standing_before, e.standing) for e in told] == [(Standing.NOT_YET, Standing.COUNTS)]


def test_the_same_words_again_do_not_count_on_another_post(group, make):
    group.say()
    other = make.post(group.project, make.student(group.course, "Teo Alves"))
    assert group.say(post=other).standing is Standing.NOT_YET


def test_rewriting_is_not_copying_oneself(group):
    comment = group.say()
    edit_comment(
        comment, group.post, Written(GOOD + " Thanks!"), version=comment.version, by_id=group.writer.id
    )
    assert comment.standing is Standing.COUNTS


def test_a_held_comment_rewritten_kindly_is_shown_and_the_log_hears_the_old_words(group, heard):
    comment = group.say(RUDE)
    told = heard(CommentMoved)
    edit_comment(comment, group.post, Written(GOOD), version=comment.version, by_id=group.writer.id)
    assert (comment.state, comment.standing, comment.hold_reason) == (State.VISIBLE, Standing.COUNTS, None)
    assert [(e.before, e.after, e.reason, e.details["body"]) for e in told] == [
        (State.HELD, State.VISIBLE, "rewritten", RUDE)
    ]


def test_a_returned_comment_regains_its_credit_also_after_the_date(group, monday):
    group.project.comment_by, group.project.late = monday + timedelta(hours=1), LatePolicy.CLOSED
    comment = group.say(RUDE)
    move(
        comment,
        State.RETURNED,
        actor_id=group.instructor.id,
        reason="returned",
        note="Say it about the work.",
    )
    assert not rules.counts(comment.state, comment.standing)
    with clock.at(monday + timedelta(days=3)):
        edit_comment(comment, group.post, Written(GOOD), version=comment.version, by_id=group.writer.id)
    assert rules.counts(comment.state, comment.standing)
    assert comment.late is False


def test_a_returned_comment_rewritten_rudely_is_held_again(group):
    comment = group.say(RUDE)
    move(comment, State.RETURNED, actor_id=group.instructor.id, reason="returned")
    edit_comment(
        comment, group.post, Written(RUDE + " Really."), version=comment.version, by_id=group.writer.id
    )
    assert comment.state is State.HELD


def test_rewriting_a_flagged_comment_does_not_send_the_person_away(group):
    comment = group.say()
    move(comment, State.HELD, actor_id=group.author.id, reason="flagged")
    edit_comment(
        comment, group.post, Written(GOOD + " Thanks."), version=comment.version, by_id=group.writer.id
    )
    assert (comment.state, comment.hold_reason) == (State.HELD, "flagged")


def test_a_visible_comment_is_not_changed_after_the_close(group, monday):
    group.project.comment_by, group.project.late = monday, LatePolicy.CLOSED
    comment = group.say(THIN)
    with clock.at(monday + timedelta(hours=1)), pytest.raises(rules.CommentingClosed):
        edit_comment(comment, group.post, Written(GOOD), version=comment.version, by_id=group.writer.id)
    assert comment.body == THIN


def test_editing_in_two_tabs_keeps_both_texts(group):
    comment = group.say(THIN)
    version = comment.version
    edit_comment(comment, group.post, Written(GOOD), version=version, by_id=group.writer.id)
    with pytest.raises(rules.BothTexts) as refused:
        edit_comment(comment, group.post, Written("Another thought"), version=version, by_id=group.writer.id)
    assert refused.value.details["theirs"] == GOOD


def test_a_comment_stays_with_the_revision_it_was_written_on(group):
    first = db.session.scalar(select(Revision).where(Revision.post_id == group.post.id))
    db.session.add(
        Revision(
            course_id=group.course.id,
            post_id=group.post.id,
            number=2,
            title="Again",
            text="All new.",
            digest="1" * 64,
        )
    )
    group.post.revision_number = 2
    db.session.flush()
    assert group.say(revision=1).revision_id == first.id
    newer = group.say("All new, and I miss the map, because it showed me where the bakery is.")
    assert newer.revision_id != first.id


@pytest.mark.parametrize("accepted", [True, False])
def test_a_claim_counts_until_a_person_decides(group, heard, accepted):
    told = heard(CommentClaimed, StandingDecided)
    comment = group.say(THIN)
    claim_fine(comment)
    assert rules.counts(comment.state, comment.standing)
    decide_standing(comment, accepted=accepted, actor_id=group.instructor.id)
    assert rules.counts(comment.state, comment.standing) is accepted
    assert [type(event) for event in told] == [CommentClaimed, StandingDecided]
    with pytest.raises(rules.NotToClaim):
        claim_fine(comment)


def test_withdrawing_hides_and_puts_the_text_back_into_the_pen(group):
    comment = group.say(quote=QUOTE)
    withdraw(comment, group.writer.id)
    assert comment.state is State.WITHDRAWN
    draft = db.session.scalar(select(Comment).where(Comment.state == State.DRAFT))
    assert (draft.body, draft.quote) == (GOOD, QUOTE)
    with pytest.raises(CannotMove):
        withdraw(comment, group.writer.id)


def test_a_removed_comment_is_not_rewritten(group):
    comment = group.say(RUDE)
    move(comment, State.REMOVED, actor_id=group.instructor.id, reason="removed")
    with pytest.raises(rules.ChangedMeanwhile):
        edit_comment(comment, group.post, Written(GOOD), version=comment.version, by_id=group.writer.id)


def test_empty_is_refused_and_nothing_is_written(group):
    with pytest.raises(rules.NothingWritten):
        post_comment(group.writer.id, group.post, Written("  "))
    assert rows() == 0


def test_a_classmates_words_said_again_do_not_count(group):
    group.say()
    again = group.say(by=group.classmate)
    assert again.standing == Standing.NOT_YET
    assert again.verdict["tip"] == "own.other"


def test_words_that_nobody_may_see_are_compared_with_nothing(group):
    group.say(RUDE)
    alike = RUDE.replace(
        "because you are an idiot and obviously cannot design anything",
        "because of the picture, as you wrote",
    )
    assert "copied.other" not in {
        one["code"] for one in group.say(alike, by=group.classmate).verdict["because"]
    }


def test_marking_notes_share_words_with_comments_and_only_what_is_plain_holds_one(group):
    key = "Full marks: the menu stands at the top, and opening hours are found at once on a phone."
    course, project = group.course.id, group.project.id
    notes = Material(
        course_id=course, project_id=project, title="Notes", body=key, body_text=key, is_answer_key=True
    )
    db.session.add(notes)
    db.session.flush()
    assert group.say().state is State.VISIBLE
    assert group.say(key, by=group.classmate).hold_reason == "leak"
