"""Pure rules of calibration: what a sample and a comment on it must have, and what may still be said."""

import re
from collections.abc import Iterable, Mapping, Sequence

from classroom.core.errors import ChangedMeanwhile, RuleBroken
from classroom.core.i18n import _l

MOST_SAMPLES = 3
MOST_CHARACTERS = 8000
FEW = 3  # of fewer students no figure is shown by criterion: it would be somebody's


class EnoughSamples(RuleBroken):
    """Two or three are a help, seven are homework."""

    message = _l("There are three samples already. Take one away first: two or three are enough.")


class ConsentMissing(RuleBroken):
    """Somebody else's work is shown with their consent only."""

    message = _l("This is a student’s work. Ask them first, and note here what they said.")


class NoReason(RuleBroken):
    """A judgement without a reason teaches nobody."""

    message = _l("Give the reason for at least one criterion: that is what students learn from.")


class NothingWritten(RuleBroken):
    """An empty comment."""

    message = _l("Write your comment first.")


class WhyMissing(RuleBroken):
    """A sentence why is what staff can answer."""

    message = _l("Say in a sentence how you see it.")


class NotToDispute(ChangedMeanwhile):
    """The instructor's comment or that reason is not there any more."""

    message = _l("Your instructor has changed this meanwhile. Have a look at what stands there now.")


class Answered(ChangedMeanwhile):
    """What was answered stays."""

    message = _l("Your instructor has answered meanwhile.")


class BothTexts(ChangedMeanwhile):
    """Another tab was first: `details` hold `theirs`, the text that is saved, and its `version`."""

    message = _l("This was changed somewhere else. Both texts are kept; choose below.")


def check_text(body: str) -> None:
    if not body.strip() or len(body) > MOST_CHARACTERS:
        raise NothingWritten


def clean_reasons(reasons: Mapping[str, str], known: Sequence[str]) -> dict[str, str]:
    """The reasons that were given, by criterion and in its order; at least one."""
    given = {code: reasons[code].strip() for code in known if reasons.get(code, "").strip()}
    if not given:
        raise NoReason
    return given


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with each of these names, and each of their words, taken out."""
    words = {word for name in names for word in (name, *name.split()) if len(word) > 2}
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", instead, text, flags=re.IGNORECASE)
    return text


def most_missed(missed: Iterable[Sequence[str]], asked: Sequence[str]) -> list[tuple[str, int]]:
    """Each criterion that is asked for with how many comments missed it, the most missed first."""
    lists = [list(one) for one in missed]
    counted = [(code, sum(code in one for one in lists)) for code in asked]
    return sorted(counted, key=lambda pair: -pair[1])
