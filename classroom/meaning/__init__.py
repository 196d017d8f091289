"""What makes a comment meaningful, how it sounds, and whether a reply gives the answer away; pure rules."""

from classroom.meaning.engine import assess
from classroom.meaning.leaks import leaks
from classroom.meaning.standard import TIPS, Criterion, Judgement, Standard, judge
from classroom.meaning.verdict import MOVES, TONES, Because, Finding, Verdict

__all__ = [
    "MOVES",
    "TIPS",
    "TONES",
    "Because",
    "Criterion",
    "Finding",
    "Judgement",
    "Standard",
    "Verdict",
    "assess",
    "judge",
    "leaks",
]
