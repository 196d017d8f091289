"""Two comments by criterion: what was found in the student's, and why the instructor's is as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classroom.calibration.judging import SHOWN
from classroom.calibration.models import Answer, Dispute, ModelComment


@dataclass(frozen=True)
class Reason:
    """Why one of the instructor's comments is as it is; `dispute` is what the student said to that."""

    model_id: str
    number: int
    quote: str | None
    text: str
    dispute: Dispute | None


@dataclass(frozen=True)
class Line:
    """One criterion: `met` is None where nothing was measured, `words` are the ones that earned it."""

    code: str
    asked: bool
    met: bool | None
    words: tuple[str, ...]
    reasons: tuple[Reason, ...]


def lines_of(
    answer: Answer | None,
    models: Sequence[ModelComment],
    disputes: Mapping[tuple[int, str], Dispute],
    asked: Sequence[str],
) -> list[Line]:
    """Every criterion that the project asks for or the instructor gives a reason for."""
    found = answer.verdict.get("found", {}) if answer else {}
    wanted = [code for code in SHOWN if code in asked or any(code in one.reasons for one in models)]
    return [
        Line(
            code,
            code in asked,
            found[code]["met"] if code in found else None,
            tuple(found[code]["words"]) if code in found else (),
            tuple(_reasons(models, code, disputes)),
        )
        for code in wanted
    ]


def _reasons(
    models: Sequence[ModelComment], code: str, disputes: Mapping[tuple[int, str], Dispute]
) -> list[Reason]:
    return [
        Reason(one.public_id, number, one.quote, one.reasons[code], disputes.get((one.id, code)))
        for number, one in enumerate(models, start=1)
        if code in one.reasons
    ]
