"""One example for each kind of next step, from several subjects; never from the subject of the post."""

import re
from dataclasses import dataclass

from classroom.core.i18n import LazyString, _l

# Words by which a work's subject can be told; two different ones are wanted.
SUBJECTS: dict[str, str] = {
    "code": r"\b(?:functions?|variables?|loops?|python|javascript|programs?|methods?|return)\b",
    "web": r"\b(?:web ?sites?|home ?page|menus?|links?|click(?:ed|ing)?|scroll(?:ed|ing)?|pages?|browser)\b",
    "lab": r"\b(?:experiments?|hypothes[ie]s|measured|measurements?|samples?|trials?|temperature)\b",
    "history": r"\b(?:sources?|century|treaty|kings?|queens?|wars?|archives?|historians?)\b",
    "story": r"\b(?:story|stories|characters?|plot|narrator|scenes?|dialogue|protagonist|novel|poem)\b",
    "maths": r"\b(?:proofs?|prove[ds]?|theorems?|lemma|induction|equations?|integers?|divisible)\b",
    "poster": r"\b(?:posters?|logos?|layout|fonts?|colou?rs?|headlines?|contrast)\b",
    "music": r"\b(?:songs?|chords?|melody|melodies|tempo|chorus|bars? \d|rhythm)\b",
    "business": r"\b(?:market|customers?|prices?|costs?|revenue|profit|competitors?|investors?)\b",
}
NAMES: dict[str, LazyString] = {
    "code": _l("On a program"),
    "web": _l("On a web page"),
    "lab": _l("On a lab report"),
    "history": _l("On a history essay"),
    "story": _l("On a story"),
    "maths": _l("On a proof"),
    "poster": _l("On a poster"),
    "music": _l("On a song"),
    "business": _l("On a business plan"),
}
EXAMPLES: dict[str, tuple[tuple[str, LazyString], ...]] = {
    "why": (
        ("story", _l("“The silence at the door works, because we know by then who stands behind it.”")),
        ("poster", _l("“The empty left half works: one looks at the boat first, and only then reads.”")),
        ("code", _l("“I like that parse() gives back the line number, because the error can name it.”")),
        ("history", _l("“The baker’s bill is the best source here: it shows prices that no law admits to.”")),
    ),
    "place": (
        ("lab", _l("“In the second trial the water was never weighed again, so I could not check 4.2 %.”")),
        ("music", _l("“From bar 12 on the left hand covers the tune; I lost it there twice.”")),
        ("web", _l("“The button under the map says ‘Go’. Where to? I pressed it to find out.”")),
        ("maths", _l("“At ‘clearly n divides k’ I stopped: so far k may be zero.”")),
    ),
    "suggest": (
        ("business", _l("“You could ask ten people at the market what they pay now, before you set 9.50.”")),
        (
            "code",
            _l("“Try giving the loop in read_all() the size of the file; then it ends on a bad line, too.”"),
        ),
        ("story", _l("“What if the letter came only after the dinner? Then we would fear it all evening.”")),
        ("poster", _l("“I would make the date as large as the title: I had to come close to find it.”")),
    ),
    "problem": (
        ("history", _l("“I could not tell who says that the harvest failed: the king, or you?”")),
        ("web", _l("“On my phone the opening hours lie under the picture, so I never saw them.”")),
        ("maths", _l("“The step from line 3 to 4 lost me: where does the square go?”")),
        ("music", _l("“I did not hear that the chorus had begun, because the drums stay the same.”")),
    ),
    "question": (
        ("lab", _l("“Why did you leave out the third leaf? Was it dry, or just different?”")),
        ("business", _l("“Who buys it in winter, when the beach is empty?”")),
        ("story", _l("“Does the sister know about the key from the start? I read it both ways.”")),
        ("code", _l("“What should happen when the list is empty? I was not sure that you meant 0.”")),
    ),
    "own": (
        ("poster", _l("“My eye went to the red corner first, and there is nothing there to read.”")),
        ("maths", _l("“I had not thought of turning the triangle. That made the rest easy to follow.”")),
        ("music", _l("“The pause before the last line made me hold my breath. Keep it.”")),
        ("lab", _l("“I would not trust the 4 °C reading: the thermometer lay in the sun in figure 2.”")),
    ),
    "kind": (
        ("code", _l("Not “did you even run it?”, but: “It stopped for me at line 8, on an empty file.”")),
        ("story", _l("Not “yawn”, but: “From page two on I knew how it ends. Could he refuse once?”")),
        ("business", _l("Not “nobody will buy this”, but: “I do not see yet who pays 40 for it, and why.”")),
        ("web", _l("Not “a joke of a menu”, but: “I found the menu last. Could it stand at the top?”")),
    ),
}
# Which kind a step belongs to, by what its code begins with; the first that fits.
KINDS: tuple[tuple[str, str], ...] = (
    ("tone.", "kind"),
    ("own.", "own"),
    ("leak", "question"),
    ("place.", "place"),
    ("point.why", "why"),
    ("point.particular", "suggest"),
    ("point.vague", "problem"),
    ("point.question", "question"),
    ("point.restates", "own"),
    ("need.praise", "why"),
    ("need.problem", "problem"),
    ("need.suggestion", "suggest"),
    ("need.question", "question"),
    ("need.specific", "place"),
    ("need.reason", "why"),
)
ANY = "problem"


@dataclass(frozen=True)
class Example:
    """A comment on some other work: what it is about, and what it says."""

    subject: str
    about: LazyString
    says: LazyString


def subject_of(text: str) -> str | None:
    """The subject of a brief and a post, where it can be told; None where it cannot."""
    low = text.casefold()
    found = {subject: set(re.findall(words, low)) for subject, words in SUBJECTS.items()}
    best = max(found, key=lambda subject: len(found[subject]))
    return best if len(found[best]) > 1 else None


def example_for(code: str, turn: int, subject: str | None) -> Example:
    """An example for a step, another one on each turn, never from `subject`."""
    kind = next((kind for begins, kind in KINDS if code.startswith(begins)), ANY)
    others = [one for one in EXAMPLES[kind] if one[0] != subject]
    about, says = others[turn % len(others)]
    return Example(about, NAMES[about], says)
