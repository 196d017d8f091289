"""The plain English sentence for each finding, for the command line and for logs."""

_SENTENCES = {
    "specific.anchor": "It is anchored to a passage of the work",
    "specific.quoted": "It quotes the work",
    "specific.place": "It names a place in the work",
    "specific.named": "It names something that occurs in this work",
    "specific.part": "It says something particular about one part of the work",
    "praise.reasoned": "It names a strength and says why it works",
    "praise.untied": "It says why something works, but not where in this work",
    "praise.bare": "It praises, without saying why",
    "praise.generic": "It praises in words that would fit any work",
    "problem.named": "It names a problem in this work",
    "problem.untied": "It names a problem, but not where in this work",
    "problem.vague": "It feels a problem without saying what it is",
    "suggestion.concrete": "It suggests something concrete for this work",
    "suggestion.untied": "It suggests something, but not for which place in this work",
    "suggestion.generic": "Its advice would fit any work",
    "question.genuine": "It asks something about this work",
    "question.untied": "It asks something, but not about which place in this work",
    "question.empty": "It asks nothing about this work",
    "reason.argued": "It argues about something in this work",
    "reason.given": "It gives a reason",
    "reason.hollow": "The reason it gives would fit any work",
    "pasted.brief": "These words are from the brief",
    "pasted.post": "These words are from the work itself",
    "copied.earlier": "The writer left the same words on a post before",
    "copied.other": "Somebody else said the same on this post before",
    "restates": "It tells what the work says and adds nothing to it",
    "filler": "These words only make it longer",
    "stuffing": "It strings words together without saying anything",
    "tone.snark": "This may sound mocking or condescending",
    "tone.snark.likely": "This may sound mocking or condescending",
    "tone.attack": "This may be read as an attack on the person or a group",
    "tone.blunt": "It is plain-spoken",
    "tone.kind": "It is warm",
    "point.made": "It says something of its own about this work",
    "doubt.empty": "It names the work, and says nothing about it that would not fit another",
    "language.unknown": "The engine cannot judge this language, so nothing is held against it",
    "points.nowhere": "Nothing in it points to this work",
    "leak.verbatim": "These words of the answer key are given away",
    "leak.paraphrase": "This says the answer key in other words",
    "leak.code": "This is the code of the answer key, with other names or another layout",
    "leak.number": "This gives the number that is the answer",
    "leak.likely": "This comes near to giving the answer key away",
    "asks.answer": "This asks for the answer itself",
    "asks.answered": "The brief already says this",
    "leak.answer": "This gives the answer",
}
_LONGEST = 120


def sentence_for(code: str, *words: str) -> str:
    """One plain sentence with all the words that it rests on."""
    start = _SENTENCES.get(code, code)
    shown = ", ".join(f"“{_shortened(one)}”" for one in words if one)
    return f"{start}: {shown}." if shown else f"{start}."


def _shortened(words: str) -> str:
    """Long words are shortened in the middle."""
    shown = " ".join(words.split())
    if len(shown) <= _LONGEST:
        return shown
    half = _LONGEST // 2
    return f"{shown[:half].rstrip()} … {shown[-half:].lstrip()}"
