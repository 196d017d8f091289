"""What the preflight found and what a change does, in sentences."""

from collections.abc import Callable
from typing import Any

from classroom.core.i18n import _, _n
from classroom.projects.effects import Effect
from classroom.projects.preflight import Finding
from classroom.projects.wording import DATE_NAMES, PART_NAMES

Sentence = Callable[[dict[str, Any]], str]

FOUND: dict[str, Sentence] = {
    "no_title": lambda _v: _("The project has no title."),
    "no_brief": lambda _v: _("The brief is empty: students will not know what to make."),
    "nothing_to_post": lambda _v: _("There is nothing to post: no text, no link and no files are asked for."),
    "no_words_to_point_at": lambda _v: _(
        "No text is asked for, so there is no passage to select. Comments can still quote by pasting words."
    ),
    "no_prompts": lambda _v: _("There is no question for the comments to follow."),
    "many_prompts": lambda v: _("There are %(num)s questions; seven is the most.", **v),
    "order": lambda v: _("“%(date)s” is not after “%(also)s”.", **v),
    "short_window": lambda _v: _("There is less than a day between “Post by” and “Comment by”."),
    "past": lambda v: _("“%(date)s” is past, and nothing late is taken.", **v),
    "past_late": lambda v: _("“%(date)s” is past: whatever comes is marked as late.", **v),
    "no_date": lambda v: _("“%(date)s” has no date, so nobody is reminded of it.", **v),
    "impossible_standard": lambda _v: _("The standard asks for something that no comment can have."),
    "steep_standard": lambda v: _(
        "The standard asks for %(num)s things in each comment. Few comments will count.", **v
    ),
    "long_floor": lambda v: _(
        "A comment counts only from %(num)s words on. That invites filler; eight is usual.", **v
    ),
    "no_students": lambda _v: _("The course has no students yet. Share the join link, or import a roster."),
    "large_class": lambda v: _(
        "Everyone comments on everyone: with %(num)s students that is %(most)s comments each.", **v
    ),
    "few_students": lambda v: _n(
        "There is only %(num)s student, so nobody can get as many comments as you ask for.",
        "There are only %(num)s students, so each can comment on %(most)s at most.",
        v["num"],
        **_without_num(v),
    ),
    "no_comments": lambda _v: _("No comments are asked for, so nobody is asked to help."),
    "no_guidelines": lambda _v: _(
        "The guidelines are not published: students will not know where helping ends and cheating begins."
    ),
    "thinly_staffed": lambda v: _n(
        "Only %(num)s person decides what is held, for %(most)s students.",
        "Only %(num)s people decide what is held, for %(most)s students.",
        v["num"],
        **_without_num(v),
    ),
}

DATES_MOVED: dict[str, Sentence] = {
    "date_later": lambda v: _("“%(date)s” is later than it was, for %(students)s.", **v),
    "date_earlier": lambda v: _("“%(date)s” is earlier than it was, for %(students)s.", **v),
    "date_added": lambda v: _("“%(date)s” gets a date, for %(students)s.", **v),
    "date_removed": lambda v: _("“%(date)s” no longer has a date, for %(students)s.", **v),
    "late_at_once": lambda v: _("That is past: whoever is not done, %(people)s, is late at once.", **v),
    "over_at_once": lambda v: _(
        "That is past, and nothing late is taken: it is over at once for those not done: %(people)s.", **v
    ),
    "hidden_again": lambda v: _("The project disappears for %(students)s until it opens.", **v),
}

WORK: dict[str, Sentence] = {
    "unblind": lambda v: _(
        "Names become visible on everything written so far: %(people)s posted, believing that classmates "
        "would not see who they are. This cannot be taken back.",
        **v,
    ),
    "names_were_seen": lambda v: _(
        "Names are hidden from now on, but classmates have seen them: %(people)s posted already.", **v
    ),
    "other_names": lambda _v: _("Classmates see one another under other names than before."),
    "pairing": lambda v: _(
        "Who comments on whom is arranged anew. What is written stays: %(people)s wrote comments already.",
        **v,
    ),
    "more_comments": lambda v: _(
        "More comments are due; of those who were done, %(people)s no longer are.", **v
    ),
    "fewer_comments": lambda v: _("Fewer comments are due; with this number %(people)s are done.", **v),
    "standard": lambda v: _(
        "The new standard holds for comments written or improved from now on. What counts goes on counting: "
        "%(people)s wrote comments already.",
        **v,
    ),
    "closed_now": lambda v: _("It closes at once for those who have not posted: %(people)s.", **v),
    "part_required": lambda v: _(
        "“%(part)s” is required from now on. What is posted stays as it is: %(people)s posted already.",
        **v,
    ),
    "part_dropped": lambda v: _(
        "“%(part)s” is no longer asked for. What is posted stays: %(people)s posted already.", **v
    ),
    "brief": lambda v: _("The new brief is seen at once; %(people)s posted to the old one.", **v),
    "prompts": lambda v: _(
        "The new questions are asked from now on. Comments keep the question they answered: "
        "%(people)s wrote some already.",
        **v,
    ),
}


def finding_says(one: Finding) -> str:
    """The sentence of a finding."""
    date, also = DATE_NAMES.get(one.where, ""), DATE_NAMES.get(one.also, "")
    return FOUND[one.code]({"num": one.count, "most": one.most, "date": str(date), "also": str(also)})


def effect_says(one: Effect) -> str:
    """The sentence of an effect; the page shows its dates beside it."""
    values = {
        "date": str(DATE_NAMES.get(one.field, "")),
        "part": str(PART_NAMES.get(one.field, "")),
        "people": _people(one.count),
        "students": _people(one.of),
    }
    said = {**DATES_MOVED, **WORK}[one.code](values)
    if one.count and one.code.startswith("date_") and one.field == "post_by":
        said += " " + _n("%(num)s has posted already.", "%(num)s have posted already.", one.count)
    if one.count and one.code.startswith("date_") and one.field == "comment_by":
        said += " " + _n("%(num)s is done already.", "%(num)s are done already.", one.count)
    return said


def _people(count: int) -> str:
    return _n("%(num)s student", "%(num)s students", count)


def _without_num(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "num"}  # ngettext brings its own
