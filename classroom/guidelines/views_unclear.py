""" "Where the line is unclear": figures by clause and by example, each with the one thing to do about it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, allow
from classroom.courses.models import Course
from classroom.courses.queries import course_for
from classroom.guidelines import queries, rules
from classroom.guidelines import queries_unclear as figures
from classroom.guidelines.commands import begin_draft
from classroom.guidelines.rules_unclear import by_title, clause_figures
from classroom.guidelines.views import TONES, bp
from classroom.moderation.queries_cited import clauses_cited
from classroom.web.forms import PlainForm, check_press


@bp.get("/courses/<course_id>/guidelines/unclear")
@allow("guidelines:edit", course_for)
def unclear(_actor: Actor, course: Course) -> ResponseReturnValue:
    version = queries.current_version(course.id)
    examples = figures.example_figures(version) if version else []
    returns = by_title(clauses_cited(course.id), figures.titles_by_place(course.id))
    asked = figures.questions_by_clause(course.id)
    return render_template(
        "guidelines/unclear.html",
        course=course,
        clauses=clause_figures(version, returns, asked, examples) if version else [],
        examples=examples,
        ruling_words=rules.ruling_words,
        tones=TONES,
        plain=PlainForm(),
    )


@bp.post("/courses/<course_id>/guidelines/unclear")
@allow("guidelines:edit", course_for)
def mend_line(_actor: Actor, course: Course) -> ResponseReturnValue:
    """To the clause in the draft, or to its examples; a draft is begun where there is none."""
    check_press()
    draft = queries.draft_version(course.id) or begin_draft(course)
    title = request.form.get("clause", "")
    number = next((one.number for one in draft.clauses if one.title == title), None)
    if number is None:
        return redirect(url_for(".draft", course_id=course.public_id, _anchor="examples"), 303)
    return redirect(url_for(".edit_clause", course_id=course.public_id, number=number), 303)
