"""What each move is called, and what to do in class when it is missing."""

from classroom.core.i18n import LazyString, _l
from classroom.lessons.models import Move

CALLED: dict[Move, LazyString] = {
    Move.POINT: _l("Making a point at all"),
    Move.PLACE: _l("Naming the place"),
    Move.WHY: _l("Saying why"),
    Move.NEXT: _l("Offering a next step, or asking"),
    Move.ASK: _l("Seeing that a question helps"),
    Move.KIND: _l("Staying with the work"),
    Move.SHORT: _l("Trusting that short is fine"),
}

# One thing for the next lesson, in five minutes and without preparation.
IN_CLASS: dict[Move, LazyString] = {
    Move.POINT: _l(
        "Put a short piece of work on the wall, with its author's yes. Everyone finishes one sentence: "
        "“When I came to …, I …”. Read three aloud; each of them is a comment already."
    ),
    Move.PLACE: _l(
        "Put a short piece of work on the wall, with its author's yes. Everyone writes a comment that begins "
        "with three words quoted from it. Then swap them: can the neighbour point at the spot?"
    ),
    Move.WHY: _l(
        "Write “I like the beginning” on the board. In pairs, go on with “because …” three times, each time "
        "with another reason. Which of the three would help the writer most?"
    ),
    Move.NEXT: _l(
        "Take one problem that you found in a post. Everyone writes one small thing to try, beginning with "
        "“Could you …?” or “What if …?”. Collect five: the writer chooses, and need not take any."
    ),
    Move.ASK: _l(
        "Let everyone write one question about a post that nobody could ask about any other post. Read some "
        "aloud, and let its author say which one made them think."
    ),
    Move.KIND: _l(
        "Invent harsh sentences together, then turn each of them from the person to the work: "
        "“You are careless” becomes “The units are missing in table 1”."
    ),
    Move.SHORT: _l(
        "Give everyone a long comment and ask them to strike out every word that would fit any other work. "
        "What is left is the comment. Compare the shortest ones."
    ),
}
WELL: LazyString = _l(
    "Nothing stands out: most first tries have all of it. Let the class choose a comment of the week, and "
    "say why it helped."
)
