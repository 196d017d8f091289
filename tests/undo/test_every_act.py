"""Every unsafe route can be undone, has an opposite, does no harm, or says before that it is final."""

import pytest

from classroom.undo.commands import INVERSES
from tests.architecture.house import PACKAGE

# The page that follows, or the same page, has the opposite press or the same form: nothing is lost by it.
OPPOSITE = {
    "participation.more_time": "projects.remove_extension",
    "accounts.add_passkey": "accounts.remove_passkey",
    "accounts.appearance": "accounts.appearance",
    "boards.create": "boards.remove",
    "boards.example_of_group": "guidelines.remove_example",
    "boards.example_of_note": "guidelines.remove_example",
    "boards.groups": "boards.groups",
    "boards.me_too": "boards.me_too",
    "boards.write": "boards.withdraw",
    "comments.act_on": "comments.act_on",
    "comments.thank": "comments.thank",
    "courses.archive": "courses.archive",
    "courses.bring_back": "courses.remove_member",
    "courses.change_member": "courses.change_member",
    "courses.open_join_link": "courses.open_join_link",
    "courses.stop_viewing": "courses.view_as",
    "courses.view_as": "courses.stop_viewing",
    "calibration.add_model": "calibration.remove_model",
    "calibration.add_sample": "calibration.remove_sample",
    "calibration.dispute": "calibration.take_back",
    "calibration.take_starter": "calibration.remove_sample",
    "calibration.use": "calibration.use",
    "celebrations.celebrate_nomination": "celebrations.take_back",
    "celebrations.guideline_example": "guidelines.remove_example",
    "celebrations.highlight": "celebrations.take_back",
    "celebrations.nominate": "celebrations.withdraw_nomination",
    "comments.post": "comments.withdraw",
    "comments.post_kept": "comments.withdraw",
    "comments.reply": "comments.withdraw_reply",
    "comments.say_reason": "comments.say_reason",
    "help_requests.answer": "help_requests.withdraw_answer",
    "help_requests.ask_course": "help_requests.withdraw",
    "help_requests.ask_on_post": "help_requests.withdraw",
    "help_requests.ask_project": "help_requests.withdraw",
    "help_requests.mark": "help_requests.mark",
    "help_requests.settle": "help_requests.settle",
    "help_requests.share": "help_requests.share",
    "help_requests.take": "help_requests.take",
    "following.choose": "following.choose",
    "guidelines.add_clause": "guidelines.remove_clause",
    "guidelines.add_example": "guidelines.remove_example",
    "guidelines.project_examples": "guidelines.remove_example",
    "guidelines.take_starter": "guidelines.discard",
    "guidelines.thank_for_answer": "guidelines.thank_for_answer",
    "lessons.add_example": "lessons.remove_step",
    "lessons.add_item": "lessons.edit_item",
    "lessons.add_step": "lessons.remove_step",
    "lessons.move_step": "lessons.move_step",
    "lessons.require": "lessons.require",
    "moderation.claim": "moderation.claim",
    "moderation.bring_rule_back": "moderation.rest_rule",
    "moderation.take_next": "moderation.claim",
    "moderation.restore_subject": "moderation.remove_subject",
    "plans.add": "plans.remove",
    "plans.decide": "plans.decide",
    "plans.done": "plans.done",
    "plans.move": "plans.move",
    "posts.add_files": "posts.remove_file",
    "posts.write": "posts.withdraw",
    "projects.add_material": "projects.remove_material",
    "projects.create": "projects.remove",
    "projects.duplicate": "projects.remove",
    "projects.extensions": "projects.remove_extension",
    "projects.put_back_material": "projects.remove_material",
}

# Adds or saves what can be saved again, or saves nothing.
HARMLESS = {
    "accounts.ask_for_link": "a letter to oneself",
    "accounts.by_link": "signs in",
    "accounts.by_passkey": "signs in",
    "accounts.first": "signs in",
    "accounts.one_passkey": "the same form changes it again",
    "accounts.settings": "the same form changes it again",
    "accounts.sign_in": "signs in",
    "accounts.sign_out": "signing in again is one step",
    "boards.change": "the same form changes it again; before the reveal nobody has read it",
    "boards.edit": "the same form changes it again",
    "boards.group": "the same form changes it again",
    "boards.remove": "nobody has written on it; the same form opens it again",
    "calibration.coaching": "saves nothing",
    "calibration.decide": "the same form answers otherwise, and the student is told",
    "calibration.draft": "saves a draft, and keeps both texts of two tabs",
    "calibration.edit_model": "the same form changes it again",
    "calibration.edit_sample": "the same form changes it again",
    "calibration.preview": "saves nothing",
    "calibration.take_back": "the same form says it again",
    "comments.claim": "asks a person; until they decide it counts, and may be improved",
    "comments.coaching": "saves nothing",
    "comments.draft": "saves a draft, and keeps both texts of two tabs",
    "comments.edit": "the text before is in the record",
    "comments.edit_reply": "the text before is in the record",
    "comments.read": "notes until when one has read; everything stays where it is",
    "comments.take_up": "moves a draft into the pen; what lies there is kept",
    "courses.add_sections": "each has its own removal",
    "courses.create": "an empty course is nobody's loss",
    "courses.import_roster": "is looked over before anything is written",
    "courses.join": "an instructor takes people off the list",
    "courses.roster": "looks again, and writes nothing",
    "courses.section": "the same form changes it again",
    "courses.settings": "the same form changes it again, and of two the loser keeps both",
    "guidelines.draft": "the same form changes it again",
    "guidelines.edit_clause": "the same form changes it again",
    "guidelines.edit_example": "the same form changes it again",
    "help_requests.edit": "the text before is in the record",
    "help_requests.edit_answer": "the text before is in the record",
    "guidelines.forget": "the addresses go on leading to the questions",
    "guidelines.found_answer": "counts an example, and keeps nothing of the question",
    "guidelines.mend_line": "begins a draft, which can be thrown away",
    "guidelines.self_report_terms": "the same form changes it again",
    "guidelines.set_situation_aside": "it can be answered all the same",
    "guidelines.situation": "the same form answers otherwise",
    "insights.export_student": "a copy for the student, who finds it noted",
    "lessons.coaching": "saves nothing",
    "lessons.done": "notes that a step was read; it stays to be read again",
    "lessons.draft": "saves a draft, and keeps both texts of two tabs",
    "lessons.edit": "the same form changes it again",
    "lessons.edit_item": "the same form changes it again, and another one adds it again",
    "lessons.edit_step": "the same form changes it again",
    "lessons.finish": "notes that every step was done",
    "lessons.write": "may be written again, and nobody else reads it",
    "notices.choose": "the same form changes it again",
    "notices.stop_mail": "the form of what comes by mail turns it on again",
    "plans.change": "the same form changes it again",
    "posts.preview": "saves nothing",
    "posts.save_draft": "saves a draft, and keeps both texts of two tabs",
    "projects.edit": "what it does to students at work is confirmed first; the same form changes it again",
    "projects.edit_material": "the same form changes it again",
    "sample.begin": "a made-up course beside the real ones; it may be put among the courses that are over",
    "undo.press": "the act itself can be done again",
}

# Cannot be taken back, and the page says so before: (template or module, words).
FINAL = {
    "accounts.end_session": ("accounts/settings.html", "Signing a browser out is final"),
    "accounts.password": ("accounts/settings.html", "A new one signs other browsers out."),
    "boards.reveal": ("boards/open.html", "What is open stays open."),
    "boards.withdraw": ("boards/note.html", "Withdrawn is gone for good"),
    "calibration.answer": ("calibration/practise.html", "Once you are done, it stays as it is."),
    "courses.apply_roster": ("courses/roster.html", "Nothing is written yet."),
    "courses.delete": ("courses/delete.html", "All of it goes, for everyone and for good"),
    "courses.invite": ("courses/invite.html", "Whoever has this address gets the place"),
    "courses.mail_invitation": ("courses/member.html", "A letter that is on its way cannot be called back."),
    "guidelines.acknowledge": (
        "guidelines/acknowledge.html",
        "Your instructor sees that you agreed, and when.",
    ),
    "guidelines.ask": ("guidelines/okay.html", "A sent question cannot be called back."),
    "guidelines.ask_back": ("guidelines/asked.html", "It cannot be called back."),
    "guidelines.example_of_situation": (
        "guidelines/situation_example.html",
        "What is published cannot be taken back",
    ),
    "guidelines.self_report": ("guidelines/self_report.html", "What is said here stays."),
    "guidelines.too_far": ("guidelines/too_far.html", "It cannot be called back."),
    "guidelines.publish": ("guidelines/draft.html", "What is published cannot be taken back"),
    "lessons.judge": ("lessons/starter/en.toml", "Your first thought stays as it is"),
    "moderation.flag": ("moderation/flag.html", "You cannot take it back; a person decides."),
    "notices.reset_calendar": ("notices/calendar.html", "The address from before then stops for good"),
    "insights.announce": ("insights/views_announcing.py", "A letter that has gone cannot be called back."),
    "insights.talk": ("insights/views_announcing.py", "A letter that has gone cannot be called back."),
    "participation.messages": (
        "insights/views_announcing.py",
        "A letter that has gone cannot be called back.",
    ),
    "participation.cover": ("insights/views_asking.py", "Whoever is asked gets a notice and a mail."),
    "participation.others": ("insights/views_asking.py", "Whoever is asked gets a notice and a mail."),
    "today.reminders": ("insights/views_reminders.py", "Each gets a notice and a mail"),
    "participation.reminders": ("insights/views_reminders.py", "Each gets a notice and a mail"),
    "projects.publish": ("projects/preflight.html", "Publishing is final: students are told."),
}

UNDOABLE = {
    "today.talk",
    "accounts.remove_passkey",
    "boards.decide",
    "boards.remove_group",
    "calibration.remove_model",
    "calibration.remove_sample",
    "celebrations.consent",
    "celebrations.set_aside_nomination",
    "celebrations.take_back",
    "celebrations.withdraw_nomination",
    "comments.throw_away",
    "comments.withdraw",
    "comments.withdraw_reply",
    "courses.move_several",
    "courses.remove_many",
    "courses.remove_member",
    "courses.remove_section",
    "courses.reset_join_link",
    "courses.throw_roster_away",
    "guidelines.discard",
    "guidelines.remove_clause",
    "guidelines.remove_example",
    "help_requests.withdraw",
    "help_requests.withdraw_answer",
    "lessons.remove_step",
    "lessons.reset",
    "moderation.approve",
    "moderation.approve_several",
    "moderation.remove",
    "moderation.remove_subject",
    "moderation.rest_rule",
    "moderation.return_case",
    "moderation.return_subject",
    "moderation.say_standing",
    "notices.mark_seen",
    "plans.remove",
    "plans.reply",
    "posts.drop_draft",
    "posts.remove_file",
    "posts.withdraw",
    "projects.remove",
    "projects.remove_extension",
    "projects.remove_material",
}
CLASSES = (UNDOABLE, OPPOSITE, HARMLESS, FINAL)


def unsafe(app):
    """The endpoints that change something, or could."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if rule.methods - {"GET", "HEAD", "OPTIONS"}}


def test_every_unsafe_route_has_one_class(app):
    """A new one is put into a class above, and into no other: an undo, where something could be lost."""
    assert sorted(unsafe(app) - set().union(*CLASSES)) == []
    assert sorted(set().union(*CLASSES) - unsafe(app)) == []
    assert sum(len(one) for one in CLASSES) == len(set().union(*CLASSES))


def test_every_undo_has_its_inverse(app):
    assert set(INVERSES) == UNDOABLE


def test_every_opposite_is_a_route(app):
    assert set(OPPOSITE.values()) <= unsafe(app)


@pytest.mark.parametrize("act", FINAL)
def test_what_is_final_says_so_before(act):
    place, words = FINAL[act]
    folder = PACKAGE / "templates" if place.endswith(".html") else PACKAGE
    assert words in (folder / place).read_text()
