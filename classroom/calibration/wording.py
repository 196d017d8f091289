"""The words of criteria, of what staff answer, and of what to do in class about what is missed."""

from classroom.calibration.models import Reaction, Use
from classroom.core.i18n import LazyString, _l

CRITERIA: dict[str, LazyString] = {
    "place": _l("Names a place in the work"),
    "point": _l("Makes a point"),
    "praise": _l("Says what works"),
    "problem": _l("Says what got in the way"),
    "suggestion": _l("Offers a next step"),
    "question": _l("Asks the author something"),
    "reason": _l("Says why"),
}
ASKS: dict[str, LazyString] = {
    "place": _l("Which place, and why that one?"),
    "point": _l("What does the comment say that its author did not know?"),
    "praise": _l("Why was it worth saying that this works?"),
    "problem": _l("Why is this the problem to name?"),
    "suggestion": _l("Why this step, and not a bigger one?"),
    "question": _l("What does the question let the author find out?"),
    "reason": _l("How does the comment show its why?"),
}
NOT_FOUND: dict[str, LazyString] = {
    "place": _l("No place was found in yours. Words from the work, or a passage, would show it."),
    "point": _l("No point was found in yours. What works and why, what got in the way, what you would try?"),
    "praise": _l("Yours does not say what works. It need not always."),
    "problem": _l("Yours does not name a problem. It need not always."),
    "suggestion": _l("Yours offers no next step. “You could …” would do."),
    "question": _l("Yours asks nothing. It need not always."),
    "reason": _l("No why was found in yours. “… because …” would show it."),
}
IN_CLASS: dict[str, LazyString] = {
    "place": _l("Read one comment aloud without its quotation. Ask who can point at the place it means."),
    "point": _l("Put a summary and a comment side by side. Ask which of the two the author can use."),
    "praise": _l("Have everyone say one thing to keep before anything else, and why it works."),
    "problem": _l("Read a page together and let everyone raise a hand where they stumbled."),
    "suggestion": _l("Take one problem, and collect five ways to try within two minutes."),
    "question": _l("Have everyone write the one thing they would ask the author, and compare."),
    "reason": _l("Take one comment without its why, and let pairs add a “because …” to it."),
}
USES: dict[str, LazyString] = {
    Use.OFF.value: _l("Not in this project"),
    Use.OPTIONAL.value: _l("For those who like"),
    Use.FIRST.value: _l("Before the first comment in this project"),
}
REACTIONS: dict[Reaction, LazyString] = {
    Reaction.AGREED: _l("You are right"),
    Reaction.BOTH: _l("Both can stand"),
    Reaction.KEPT: _l("I stay with mine"),
}
TOLD: dict[Reaction, LazyString] = {
    Reaction.AGREED: _l("Your instructor says: you are right."),
    Reaction.BOTH: _l("Your instructor says: both can stand."),
    Reaction.KEPT: _l("Your instructor stays with it, and has read what you said."),
}
TOLD_STAFF: dict[Reaction, LazyString] = {
    Reaction.AGREED: _l("Answered: you are right."),
    Reaction.BOTH: _l("Answered: both can stand."),
    Reaction.KEPT: _l("Answered: I stay with mine."),
}
