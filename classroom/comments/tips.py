"""The coach's sentences: for each next step several, each with the writer's own words in it and without.

Words stand after “you say”, “you write” or “you ask” and between quotation marks, so that any span fits.
"""

from classroom.core.i18n import LazyString, _l

# (with the words, without them)
Wording = tuple[LazyString, LazyString]

EMPTY: tuple[Wording, ...] = (
    (
        _l("Pick one thing: what works and why, what got in your way, or what you would try."),
        _l("Pick one thing: what works and why, what got in your way, or what you would try."),
    ),
    (
        _l("Where did you slow down while reading? Begin there."),
        _l("Where did you slow down while reading? Begin there."),
    ),
)
DONE: LazyString = _l("That helps. You can post it.")

TIPS: dict[str, tuple[Wording, ...]] = {
    "leak": (
        (
            _l("You write “%(words)s”. That gives the solution away. Which hint would let them find it?"),
            _l("This gives the solution away. What hint would let them find it themselves?"),
        ),
        (
            _l("“%(words)s” is the last step, and it is theirs. What would you look at just before it?"),
            _l("The last step is theirs. What would you look at just before it?"),
        ),
    ),
    "tone.attack": (
        (
            _l("“%(words)s” could hurt the person. What did you see in the work, and where?"),
            _l("This could hurt the person. What did you see in the work, and where?"),
        ),
        (
            _l("You write “%(words)s”. Leave the person out of it: what happened to you as a reader?"),
            _l("Leave the person out of it: what happened to you as a reader?"),
        ),
    ),
    "tone.snark": (
        (
            _l("“%(words)s” could sting. Say the true thing under it plainly, and it will help."),
            _l("This could sting. Say the true thing under it plainly, and it will help."),
        ),
        (
            _l("You write “%(words)s”. How would you say that to a friend who asked for your help?"),
            _l("How would you say that to a friend who asked for your help?"),
        ),
    ),
    "own.brief": (
        (
            _l("“%(words)s” stands in the brief. What do you see in this work yourself?"),
            _l("These words are from the brief. What do you see in this work yourself?"),
        ),
        (
            _l("The brief says “%(words)s”. Where does this work do it, and where not yet?"),
            _l("That is what the brief says. Where does this work do it, and where not yet?"),
        ),
    ),
    "own.post": (
        (
            _l("“%(words)s” stands in the work. What do these words do to you as a reader?"),
            _l("These words are from the work. What do they do to you as a reader?"),
        ),
        (
            _l("You have found a place: “%(words)s”. Now say what you think there."),
            _l("You have found a place. Now say what you think there."),
        ),
    ),
    "own.earlier": (
        (
            _l("You wrote “%(words)s” on another post. What is different about this one?"),
            _l("You wrote this on another post. What is different about this one?"),
        ),
        (
            _l("You said “%(words)s” before. Which one thing could you only say about this work?"),
            _l("You said this before. Which one thing could you only say about this work?"),
        ),
    ),
    "own.other": (
        (
            _l("Somebody said “%(words)s” here before. What did you see that they did not?"),
            _l("Somebody said this here before. What did you see that they did not?"),
        ),
        (
            _l("“%(words)s” has been said here already. What would you add to it?"),
            _l("That has been said here already. What would you add to it?"),
        ),
    ),
    "own.filler": (
        (
            _l("You write “%(words)s”. Say the one thing that you noticed; it need not be long."),
            _l("Say the one thing that you noticed; it need not be long."),
        ),
        (
            _l("“%(words)s” says little so far. What would you miss if it were taken out of this work?"),
            _l("This says little so far. What would you miss if it were taken out of this work?"),
        ),
    ),
    "point.restates": (
        (
            _l("You say what is there: “%(words)s”. What does it do for you, or what would you change?"),
            _l("You say what is there. What does it do for you, or what would you change?"),
        ),
        (
            _l("You say “%(words)s”. Did it surprise, convince or puzzle you? Say which, and why."),
            _l("Did it surprise, convince or puzzle you? Say which, and why."),
        ),
    ),
    "point.why": (
        (
            _l("You say “%(words)s”. What makes it work for you?"),
            _l("What exactly is good, and why does it work?"),
        ),
        (
            _l("You say “%(words)s”. Which place did you have in mind, and what does it do to a reader?"),
            _l("Which place did you have in mind, and what does it do to a reader?"),
        ),
        (
            _l("“%(words)s”: what should they keep because of it, if they change everything else?"),
            _l("What should they keep, if they change everything else? Say why."),
        ),
    ),
    "point.particular": (
        (
            _l("You suggest “%(words)s”. Where in this work would you do that?"),
            _l("Where in this work would you do that?"),
        ),
        (
            _l("You suggest “%(words)s”. Pick one place, and say how it would read afterwards."),
            _l("Pick one place, and say how it would read afterwards."),
        ),
    ),
    "point.vague": (
        (
            _l("You say “%(words)s”. What is it, and where does it happen?"),
            _l("Something is bothering you. What is it, and where does it happen?"),
        ),
        (
            _l("You say “%(words)s”. At which sentence did you notice it first?"),
            _l("At which sentence did you notice it first?"),
        ),
    ),
    "point.question": (
        (
            _l("You ask “%(words)s”. What about this work would you like to know?"),
            _l("What about this work would you like to know?"),
        ),
        (
            _l("You ask “%(words)s”. Which answer would change how you read this work?"),
            _l("Which answer would change how you read this work?"),
        ),
    ),
    "point.missing": (
        (
            _l("You write “%(words)s”. What did you think there: does it work, or did it stop you?"),
            _l("Pick one thing: what works and why, what got in your way, or what you would try."),
        ),
        (
            _l("You write “%(words)s”. What would you keep of it, or try another way?"),
            _l("What would you keep, and what would you try another way?"),
        ),
        (
            _l("You write “%(words)s”. What would you ask its author, if they sat beside you?"),
            _l("What would you ask the author, if they sat beside you?"),
        ),
    ),
    "place.missing": (
        (
            _l("You write “%(words)s”. Which place do you mean? Quote it, or name what stands there."),
            _l("Which place do you mean? Quote it, or name something that stands there."),
        ),
        (
            _l("You write “%(words)s”. Where would somebody put their finger to see it?"),
            _l("Where would somebody put their finger to see it?"),
        ),
    ),
    "place.tie": (
        (
            _l("Good point: “%(words)s”. Which place in this work is it about?"),
            _l("Good point. Which place in this work is it about?"),
        ),
        (
            _l("You say “%(words)s”. Choose the passage that made you think so, or quote three words of it."),
            _l("Choose the passage that made you think so, or quote three words of it."),
        ),
    ),
    "need.praise": (
        (
            _l(
                "You write “%(words)s”. This project also asks for something that works: what would you keep?"
            ),
            _l("This project also asks for something that works. What would you keep?"),
        ),
        (
            _l("You write “%(words)s”. And which part should stay exactly as it is?"),
            _l("Which part should stay exactly as it is? This project asks for that too."),
        ),
    ),
    "need.problem": (
        (
            _l("You write “%(words)s”. This project also asks for a problem: where did you stumble?"),
            _l("This project also asks for a problem. Where did you stumble?"),
        ),
        (
            _l("You write “%(words)s”. And where did you have to read twice?"),
            _l("Where did you have to read twice? This project asks for that too."),
        ),
    ),
    "need.suggestion": (
        (
            _l("You write “%(words)s”. What would you try instead?"),
            _l("This project also asks for a suggestion. What would you try instead?"),
        ),
        (
            _l("You write “%(words)s”. If it were your work, what would you do tomorrow morning?"),
            _l("If it were your work, what would you do tomorrow morning? This project asks for that too."),
        ),
    ),
    "need.question": (
        (
            _l("You write “%(words)s”. This project also asks for a question: what do you want to know?"),
            _l("This project also asks for a question. What do you want to know?"),
        ),
        (
            _l("You write “%(words)s”. What could only its author tell you about that?"),
            _l("What could only the author tell you? This project asks for a question too."),
        ),
    ),
    "need.specific": (
        (
            _l("You write “%(words)s”. Which place do you mean? This project asks that you name one."),
            _l("This project asks that you name a place. Which one do you mean?"),
        ),
        (
            _l("You write “%(words)s”. Which words of the work made you think so?"),
            _l("Which words of the work made you think so? This project asks that you name a place."),
        ),
    ),
    "need.reason": (
        (
            _l("You write “%(words)s”. Why? Add “because …”."),
            _l("This project also asks why. Add “because …”."),
        ),
        (
            _l("You write “%(words)s”. What would be better for a reader then?"),
            _l("What would be better for a reader then? This project also asks why."),
        ),
    ),
    "length.short": (
        (
            _l("You write “%(words)s”. Nearly there: add a few words on why, or on what you would try."),
            _l("Nearly there. Add a few words on why, or on what you would try."),
        ),
        (
            _l("You write “%(words)s”. What happens to a reader there? A few words are enough."),
            _l("What happens to a reader there? A few words are enough."),
        ),
    ),
}
OTHER = "point.missing"  # for a step that has no sentence of its own yet

# Which findings lend their words to a step; the first that was found. Others borrow from any point made.
WORDS: dict[str, tuple[str, ...]] = {
    "leak": ("leak.",),
    "tone.attack": ("tone.attack",),
    "tone.snark": ("tone.snark",),
    "own.brief": ("pasted.brief",),
    "own.post": ("pasted.post",),
    "own.earlier": ("copied.earlier",),
    "own.other": ("copied.other",),
    "own.filler": ("filler", "stuffing"),
    "point.restates": ("restates",),
    "point.why": ("praise.bare", "praise.generic", "reason.hollow"),
    "point.particular": ("suggestion.generic",),
    "point.vague": ("problem.vague",),
    "point.question": ("question.empty",),
    "point.missing": ("specific.",),
    "place.missing": ("praise.", "problem.", "suggestion.", "question."),
}
ANY_POINT = ("problem.", "suggestion.", "praise.reasoned", "praise.untied", "question.", "praise.", "reason.")

# What is good already, in this order: (codes that begin so, said with words after it, said alone).
GOOD: tuple[tuple[str, tuple[str, ...], LazyString], ...] = (
    (
        "place",
        ("specific.quoted", "specific.place", "specific.named", "specific.part"),
        _l("You name a place"),
    ),
    ("anchor", ("specific.anchor",), _l("You chose a passage")),
    ("praise", ("praise.reasoned", "praise.untied"), _l("You say what works")),
    ("problem", ("problem.named", "problem.untied"), _l("You name what got in your way")),
    ("suggestion", ("suggestion.concrete", "suggestion.untied"), _l("You suggest something")),
    ("question", ("question.genuine", "question.untied"), _l("You ask something")),
    ("reason", ("reason.given", "reason.argued"), _l("You say why")),
    ("liked", ("praise.bare", "praise.generic"), _l("You liked something")),
)
