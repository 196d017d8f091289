"""How the taking away of a sample, or of a comment on one, is taken back."""

from collections.abc import Sequence

from sqlalchemy import select

from classroom.access import Actor
from classroom.calibration import commands, queries
from classroom.calibration.models import ModelComment, Sample, Use
from classroom.core.db import db
from classroom.core.i18n import _
from classroom.core.rows import packed, unpacked
from classroom.projects.models import Project
from classroom.undo.commands import Kept, undoes


@undoes("calibration.remove_sample", "calibration:edit", queries.removed_sample_for)
def sample_is_back(_actor: Actor, sample: Sample, _kept: Kept) -> str:
    commands.put_back_sample(sample)
    return _("“%(title)s” is back.", title=sample.title)


@undoes("calibration.remove_model", "calibration:edit", queries.removed_model_for)
def model_is_back(_actor: Actor, model: ModelComment, _kept: Kept) -> str:
    commands.put_back_model(model)
    return _("Your comment is back.")


def packed_samples(project: Project) -> list[Kept]:
    """A draft's samples with the comments on them; students have seen none of it."""
    prompts = {one.id: one.public_id for one in queries.prompts_of(project.id)}
    use = queries.use_of(project.id).value
    samples = db.session.scalars(select(Sample).where(Sample.project_id == project.id).order_by(Sample.id))
    return [
        {
            "use": use,
            "sample": packed(sample),
            "models": [
                {"model": packed(one), "prompt": prompts.get(one.prompt_id or 0)}
                for one in db.session.scalars(
                    select(ModelComment).where(ModelComment.sample_id == sample.id).order_by(ModelComment.id)
                )
            ],
        }
        for sample in samples.all()
    ]


def put_back_samples(kept: Sequence[Kept], project: Project) -> None:
    """As they were packed; the project and its prompts may have other numbers now."""
    prompts = {one.public_id: one.id for one in queries.prompts_of(project.id)}
    for one in kept:
        sample = unpacked(Sample, one["sample"], project_id=project.id)
        db.session.add(sample)
        db.session.flush()
        db.session.add_all(
            unpacked(ModelComment, said["model"], sample_id=sample.id, prompt_id=prompts.get(said["prompt"]))
            for said in one["models"]
        )
    db.session.flush()
    if kept:
        commands.use_samples(project, Use(kept[0]["use"]))
