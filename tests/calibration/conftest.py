"""A small class with one sample, and the instructor's comment on it."""

from dataclasses import dataclass

import pytest

from classroom.calibration.commands import Words, add_model, add_sample, use_samples
from classroom.calibration.models import ModelComment, Sample, Use
from tests.comments.conftest import Class, build

WORK = (
    "The ferry leaves when the ferryman has finished his soup. My page says so in the first line.\n\n"
    "Below it there is a map, and the map is very large, because the river is."
)
QUOTE = "the map is very large, because the river is"
MODEL = (
    "The soup in the first line made me laugh, because it tells me that the time is not a promise. "
    "Could you put the number of the landing beside the map, so that people find the right one?"
)
REASONS = {
    "place": "The first line and the map: the author knows at once where I am.",
    "point": "It says what the line did to me, which the author cannot know.",
    "suggestion": "A small step that can be done tonight.",
}
MINE = "The map is large, but the landing is nowhere on it. I would add a dot where the ferry stops."
THIN = "Great job, I like it!"


@dataclass
class Practice:
    """`group` are the people, `sample` what they practise on."""

    group: Class
    sample: Sample
    model: ModelComment


@pytest.fixture
def practice(make, monday) -> Practice:
    group = build(make)
    sample = add_sample(group.project, title="The ferry", body=WORK)
    words = Words(MODEL, QUOTE, sample.body_text.find(QUOTE))
    model = add_model(sample, group.project, words, reasons=REASONS, own_words="Short is fine.")
    use_samples(group.project, Use.OPTIONAL)
    return Practice(group, sample, model)
