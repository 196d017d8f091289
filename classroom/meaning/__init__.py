"""What makes a comment meaningful, how it sounds, what a question asks for, whether a reply gives the answer.

Rules with the words that they rest on, corrected by small learned scores; no network, no database.
"""

import os

# Before NumPy is imported. Many small products: a second thread costs more in waiting than it brings.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from classroom.meaning.engine import assess
from classroom.meaning.leaks import by_rules as leaks_plainly
from classroom.meaning.leaks import leaks
from classroom.meaning.passages import Passage
from classroom.meaning.questions import answers_in, asks_for_answer, plainly_answered, sort_question
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
    "Passage",
    "Standard",
    "Verdict",
    "answers_in",
    "asks_for_answer",
    "assess",
    "judge",
    "leaks",
    "leaks_plainly",
    "plainly_answered",
    "sort_question",
]
