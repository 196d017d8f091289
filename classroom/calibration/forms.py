"""The forms of calibration: the switch, a sample, the instructor's comment, and seeing it otherwise."""

from typing import Self

from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from classroom.calibration.judging import SHOWN
from classroom.calibration.models import ModelComment, Reaction, Sample, Use
from classroom.calibration.wording import CRITERIA, REACTIONS, USES
from classroom.comments.forms import PenForm
from classroom.comments.queries_page import PromptLine
from classroom.core.i18n import _l
from classroom.web.forms import BaseForm, OnceForm

MOST_REASON = 600


class UseForm(BaseForm):
    use = RadioField(
        _l("Students practise on these samples"),
        [DataRequired(_l("Choose one."))],
        choices=[(use.value, USES[use.value]) for use in Use],
    )


class SampleForm(OnceForm):
    """A post to practise on; `copied` names the post that it was taken from."""

    title = StringField(_l("Title"), [DataRequired(_l("Give the sample a title.")), Length(max=200)])
    body = TextAreaField(
        _l("The work"), [DataRequired(_l("A sample needs something to comment on.")), Length(max=40_000)]
    )
    consent = StringField(_l("Whose work it is, and what they said"), [Optional(), Length(max=300)])
    copied = HiddenField()

    def fill(self, sample: Sample) -> Self:
        self.title.data, self.body.data, self.consent.data = sample.title, sample.body, sample.consent
        return self


class ModelForm(PenForm):
    """The instructor's comment: the pen that students have, and a reason for each criterion."""

    own_words = TextAreaField(_l("What they should take along"), [Optional(), Length(max=1200)])
    reason_place = TextAreaField(CRITERIA["place"], [Optional(), Length(max=MOST_REASON)])
    reason_point = TextAreaField(CRITERIA["point"], [Optional(), Length(max=MOST_REASON)])
    reason_praise = TextAreaField(CRITERIA["praise"], [Optional(), Length(max=MOST_REASON)])
    reason_problem = TextAreaField(CRITERIA["problem"], [Optional(), Length(max=MOST_REASON)])
    reason_suggestion = TextAreaField(CRITERIA["suggestion"], [Optional(), Length(max=MOST_REASON)])
    reason_question = TextAreaField(CRITERIA["question"], [Optional(), Length(max=MOST_REASON)])
    reason_reason = TextAreaField(CRITERIA["reason"], [Optional(), Length(max=MOST_REASON)])

    @property
    def reasons(self) -> dict[str, str]:
        return {code: self[f"reason_{code}"].data or "" for code in SHOWN}

    def reason_fields(self, asked: list[str]) -> tuple[list[tuple[str, Field]], list[tuple[str, Field]]]:
        """Those that the project asks for, and the others."""
        pairs = [(code, self[f"reason_{code}"]) for code in SHOWN]
        return [one for one in pairs if one[0] in asked], [one for one in pairs if one[0] not in asked]

    def fill_model(self, model: ModelComment, prompts: list[PromptLine]) -> Self:
        """Put what is there into the form."""
        self.body.data, self.quote.data = model.body, model.quote or ""
        start = model.quote_start
        self.start.data = str(start) if start is not None and start >= 0 else ""
        answered = {one.id: one.public_id for one in prompts}
        self.prompt.data = answered.get(model.prompt_id or 0, "")
        self.own_words.data = model.own_words
        for code in SHOWN:
            self[f"reason_{code}"].data = model.reasons.get(code, "")
        return self


class DisputeForm(BaseForm):
    """One judgement of the instructor, and how the student sees it."""

    model = HiddenField()
    criterion = HiddenField()
    why = TextAreaField(
        _l("How do you see it?"),
        [DataRequired(_l("Say in a sentence how you see it.")), Length(max=1000)],
    )

    def about(self, model_id: str, criterion: str) -> Self:
        """The same form for one of several on a page."""
        self.why.id = f"why-{model_id}-{criterion}"
        return self


class AnswerForm(BaseForm):
    """One press, and a sentence for those who want one."""

    reaction = RadioField(choices=[(one.value, words) for one, words in REACTIONS.items()])
    note = StringField(_l("A sentence with it"), [Optional(), Length(max=600)])

    def under(self, dispute_id: str) -> Self:
        self.note.id = f"note-{dispute_id}"
        return self
