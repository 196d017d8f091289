"""What the made-up students wrote about the samples of their project, and one who sees it otherwise."""

from datetime import timedelta

from classroom.calibration.commands import Words, take_starter
from classroom.calibration.commands_practice import decide, dispute, send
from classroom.calibration.models import Reaction
from classroom.calibration.queries import models_of
from classroom.core import clock
from classroom.projects.models import Project
from classroom.sample.people import Cast
from classroom.sample.reading import read, spread


def practise(cast: Cast, project: Project, instructor: str) -> None:
    """The two samples of the house; some comment on them in the days after the project opened."""
    start = project.opens_at or cast.calendar.present - timedelta(days=3)
    end = cast.calendar.before(project.comment_by or cast.calendar.present)
    with clock.at(start):
        samples = take_starter(project)
    rows = read("practice")["answers"]
    for place, row in enumerate(rows):
        moment = spread(start, end, place, len(rows))
        sample = samples[row["on"] - 1]
        at = sample.body_text.find(row["quote"]) if "quote" in row else None
        with clock.at(moment):
            answer = send(cast.id_of(row["by"]), sample, project, Words(row["body"], row.get("quote"), at))
            said = row.get("otherwise")
            if said is None:
                continue
            model = models_of(sample.id)[said["about"] - 1]
            made = dispute(answer, model, said["criterion"], said["why"])
        if "reaction" in said:
            with clock.at(cast.calendar.before(moment + timedelta(hours=6))):
                decide(made, Reaction(said["reaction"]), by_id=cast.id_of(instructor), note=said["note"])
