"""Drawing a sample: first the work and the pen, then both comments side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from classroom.access import Actor, may
from classroom.calibration import queries
from classroom.calibration.commands import Words
from classroom.calibration.comparing import lines_of
from classroom.calibration.forms import DisputeForm
from classroom.calibration.judging import asked_in
from classroom.calibration.models import Answer, ModelComment, Sample
from classroom.calibration.wording import CRITERIA, NOT_FOUND, TOLD
from classroom.comments.coaching import Coaching, Said, coach, has_news
from classroom.comments.forms import PenForm
from classroom.comments.judging import Judged, judge_comment
from classroom.comments.marking import Passage, marked, plain_text
from classroom.comments.placing import place
from classroom.comments.queries_labels import rested_in
from classroom.comments.queries_page import PromptLine
from classroom.comments.tips import DONE
from classroom.core.i18n import _l
from classroom.web.forms import PlainForm
from classroom.web.sign_in import safe_path

ENOUGH = _l("This helps its author.")


def prompt_lines(sample: Sample) -> list[PromptLine]:
    return [
        PromptLine(one.id, one.public_id, one.text, one.position is not None)
        for one in queries.prompts_of(sample.project_id)
    ]


def words_in(form: PenForm, sample: Sample, prompts: list[PromptLine]) -> Words:
    """What the pen holds, with the passage where it stands in this sample."""
    written = form.written(prompts)
    found = place(sample.body_html, written.quote, written.start)
    quote, start = (found.quote, found.start) if found else (None, None)
    return Words(written.body, quote, start, written.prompt_id)


def pen_with(row: Answer | ModelComment, form: PenForm, prompts: list[PromptLine]) -> None:
    """Put what was written before into the pen."""
    form.body.data, form.quote.data = row.body, row.quote or ""
    start = row.quote_start
    form.start.data = str(start) if start is not None and start >= 0 else ""
    answered = {one.id: one.public_id for one in prompts}
    form.prompt.data = answered.get(row.prompt_id or 0, "")


def coaching_for(sample: Sample, form: PenForm, *, asked: bool = True) -> Coaching | None:
    """What the coach says to the words in the pen, as on real posts; nothing is saved.

    None when the project has no coach, and, unless somebody `asked`, when nothing is new since last time.
    """
    if not sample.project.coach:
        return None
    body, said = form.body.data or "", Said.read(request.form.get("said"))
    judged = _judged(sample, body, form.quote.data) if body.strip() else None
    if not asked and not has_news(judged, body, said):
        return None
    found = coach(judged, body, said)
    return replace(found, step=str(ENOUGH)) if found.step == str(DONE) else found


def _judged(sample: Sample, body: str, quote: str | None) -> Judged:
    rested = rested_in(sample.project.course_id)
    return judge_comment(
        body, project=sample.project, post_text=sample.body_text, quote=quote or None, rested=rested
    )


def going() -> str | None:
    """The page that led here, to go back to."""
    return safe_path(request.values.get("next"))


def draw_pen(
    sample: Sample,
    form: PenForm | None = None,
    *,
    draft: Answer | None = None,
    status: int = 200,
    **values: Any,
) -> ResponseReturnValue:
    """The work and the pen. `form` is what was sent, `draft` what lies there."""
    prompts = prompt_lines(sample)
    sent = form is not None
    form = form or PenForm()
    if not sent and draft is not None:
        pen_with(draft, form, prompts)
        form.version.data = str(draft.version)
    form.offer(prompts)
    page = render_template(
        "calibration/practise.html",
        **({"preview": False, "coaching": None, "theirs": None, "writes": True} | values),
        sample=sample,
        project=sample.project,
        work=sample.body_html,
        form=form,
        prompts=prompts,
        open=sent,
        going=going(),
    )
    return page, status


def draw_both(
    actor: Actor,
    sample: Sample,
    answer: Answer | None,
    *,
    preview: bool = False,
    status: int = 200,
    **values: Any,
) -> ResponseReturnValue:
    """Both comments, then the reason for each criterion; without an own one, the instructor's alone."""
    models = queries.models_of(sample.id)
    saved = answer is not None and answer.id is not None
    disputes = queries.disputes_on(answer.id) if answer is not None and saved else {}
    steps = [] if preview else queries.steps_for(actor, sample.project_id)
    following = next((one.sample for one in steps if not one.done), None)
    page = render_template(
        "calibration/both.html",
        **({"typed": None} | values),
        sample=sample,
        project=sample.project,
        answer=answer,
        models=models,
        lines=lines_of(answer, models, disputes, asked_in(sample.project)),
        work=marked(sample.body_html, _passages(sample, answer, models)),
        preview=preview,
        following=following,
        studies=actor.studies(sample.course_id),
        may_say=saved and may(actor, "calibration:practise", sample) and not actor.is_over(sample.course_id),
        dispute_form=DisputeForm,
        plain=PlainForm(),
        criteria=CRITERIA,
        not_found=NOT_FOUND,
        told=TOLD,
        going=going(),
        onward=going() or url_for("projects.show", project_id=sample.project.public_id),
    )
    return page, status


def _passages(sample: Sample, answer: Answer | None, models: Sequence[ModelComment]) -> Iterable[Passage]:
    """Where the comments' passages stand in the sample as it is now."""
    text = plain_text(sample.body_html)
    rows: list[tuple[str, Answer | ModelComment]] = [(one.public_id, one) for one in models]
    rows += [("mine", answer)] if answer is not None else []
    for key, row in rows:
        start = _found_at(text, row.quote, row.quote_start)
        if row.quote and start is not None:
            yield Passage(key, start, start + len(row.quote))


def _found_at(text: str, quote: str | None, start: int | None) -> int | None:
    if not quote or start is None or start < 0:
        return None
    if text[start : start + len(quote)] == quote:
        return start
    found = text.find(quote)
    return found if found >= 0 else None
