"""Writes of calibration by staff: whether students practise, samples, and the comments on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from classroom.calibration import queries, rules
from classroom.calibration.judging import SHOWN, measured
from classroom.calibration.models import Answer, Calibration, ModelComment, Sample, Use
from classroom.calibration.starter import load
from classroom.core import richtext
from classroom.core.clock import now
from classroom.core.db import db
from classroom.projects.models import Project


@dataclass(frozen=True)
class Words:
    """A comment on a sample: what it says, and the passage it means with its place in the text."""

    body: str
    quote: str | None = None
    start: int | None = None
    prompt_id: int | None = None


def use_samples(project: Project, use: Use) -> None:
    """Off, for those who like, or before the first comment."""
    found = db.session.scalar(select(Calibration).where(Calibration.project_id == project.id))
    if found is None:
        found = Calibration(course_id=project.course_id, project_id=project.id)
        db.session.add(found)
    found.use = use
    db.session.flush()


def add_sample(
    project: Project,
    *,
    title: str,
    body: str,
    consent: str = "",
    copied: bool = False,
    once: str | None = None,
) -> Sample:
    """A sample at the end; the same form sent twice makes one. Copied work needs a note of the consent."""
    made = queries.sample_made(project.id, once)
    if made is not None:
        return made
    if copied and not consent.strip():
        raise rules.ConsentMissing
    there = queries.samples_of(project.id)
    if len(there) >= rules.MOST_SAMPLES:
        raise rules.EnoughSamples
    last = db.session.scalar(select(func.max(Sample.position)).where(Sample.project_id == project.id)) or 0
    sample = Sample(
        course_id=project.course_id, project_id=project.id, position=last + 1, consent=consent, once=once
    )
    _write(sample, title, body)
    db.session.add(sample)
    if not there and queries.use_of(project.id) is Use.OFF and not _was_set(project):
        use_samples(project, Use.OPTIONAL)
    db.session.flush()
    return sample


def _was_set(project: Project) -> bool:
    found = select(Calibration.id).where(Calibration.project_id == project.id)
    return db.session.scalar(found) is not None


def take_starter(project: Project, language: str = "en") -> list[Sample]:
    """The samples that come with the house, each once, as far as there is room; they are edited like any."""
    taken = []
    for number, told in enumerate(load(language), start=1):
        if len(queries.samples_of(project.id)) >= rules.MOST_SAMPLES:
            break
        once = f"starter-{language}-{number}"
        sample = add_sample(project, title=told["title"], body=told["body"].strip(), once=once)
        if sample.removed_at is not None:
            put_back_sample(sample)
        for place, said in enumerate(told["comments"], start=1):
            start = sample.body_text.find(said["quote"])
            words = Words(said["body"], said["quote"], start if start >= 0 else None)
            key = f"{once}-{place}"
            add_model(sample, project, words, reasons=said["reasons"], own_words=said["own_words"], once=key)
        taken.append(sample)
    return taken


def edit_sample(sample: Sample, *, title: str, body: str, consent: str) -> None:
    if sample.consent and not consent.strip():
        raise rules.ConsentMissing
    _write(sample, title, body)
    sample.consent = consent
    db.session.flush()


def remove_sample(sample: Sample) -> None:
    """Nobody sees it any more; what students wrote about it stays with it."""
    sample.removed_at = now()
    db.session.flush()


def put_back_sample(sample: Sample) -> None:
    if len(queries.samples_of(sample.project_id)) >= rules.MOST_SAMPLES:
        raise rules.EnoughSamples
    sample.removed_at = None
    db.session.flush()


def add_model(
    sample: Sample,
    project: Project,
    words: Words,
    *,
    reasons: Mapping[str, str],
    own_words: str = "",
    once: str | None = None,
) -> ModelComment:
    """The instructor's own comment on a sample, with the reason by criterion."""
    made = queries.model_made(sample.id, once)
    if made is not None:
        return made
    model = ModelComment(course_id=sample.course_id, sample_id=sample.id, once=once)
    write_model(model, sample, project, words, reasons=reasons, own_words=own_words)
    db.session.add(model)
    db.session.flush()
    return model


def write_model(
    model: ModelComment,
    sample: Sample,
    project: Project,
    words: Words,
    *,
    reasons: Mapping[str, str],
    own_words: str,
) -> None:
    """Put these words and reasons in place of what it said."""
    rules.check_text(words.body)
    model.reasons = rules.clean_reasons(reasons, SHOWN)
    model.own_words = own_words
    fill(model, sample, project, words)


def fill(row: ModelComment | Answer, sample: Sample, project: Project, words: Words) -> None:
    """The words, as they are shown, and what the standard finds in them."""
    row.body, row.body_html = words.body, richtext.render(words.body)
    row.quote = words.quote or None
    row.quote_start = (words.start if words.start is not None else -1) if row.quote else None
    row.prompt_id = words.prompt_id
    row.verdict = measured(words.body, project=project, post_text=sample.body_text, quote=row.quote)


def remove_model(model: ModelComment) -> None:
    model.removed_at = now()
    db.session.flush()


def put_back_model(model: ModelComment) -> None:
    model.removed_at = None
    db.session.flush()


def copy_to(project: Project, made: Project, prompts: Mapping[int, int]) -> None:
    """Samples and the instructor's comments come along into a copy; nothing of students does."""
    if queries.samples_of(made.id):
        return  # the form was sent twice
    for sample in queries.samples_of(project.id):
        copy = Sample(
            course_id=made.course_id,
            project_id=made.id,
            position=sample.position,
            consent=sample.consent,
            title=sample.title,
            body=sample.body,
            body_html=sample.body_html,
            body_text=sample.body_text,
        )
        db.session.add(copy)
        db.session.flush()
        _copy_models(queries.models_of(sample.id), copy, prompts)
    use_samples(made, queries.use_of(project.id))


def _copy_models(models: Sequence[ModelComment], copy: Sample, prompts: Mapping[int, int]) -> None:
    for model in models:
        names = ("body", "body_html", "quote", "quote_start", "reasons", "own_words", "verdict")
        values = {name: getattr(model, name) for name in names}
        prompt_id = prompts.get(model.prompt_id or 0)
        db.session.add(
            ModelComment(course_id=copy.course_id, sample_id=copy.id, prompt_id=prompt_id, **values)
        )
        db.session.flush()


def forget(project: Project) -> None:
    """What a draft that is deleted had; children before their parents. No student has seen any of it."""
    if project.published_at is not None:
        return
    samples = select(Sample.id).where(Sample.project_id == project.id)
    db.session.execute(delete(ModelComment).where(ModelComment.sample_id.in_(samples)))
    db.session.execute(delete(Sample).where(Sample.project_id == project.id))
    db.session.execute(delete(Calibration).where(Calibration.project_id == project.id))


def _write(sample: Sample, title: str, body: str) -> None:
    sample.title, sample.body = title, body
    sample.body_html = richtext.render(body)
    sample.body_text = richtext.text_of(sample.body_html)
