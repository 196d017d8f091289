"""Learns which replies give the answer key away."""

import sys

import numpy as np

from classroom.meaning.giving import features, known_side, side
from classroom.meaning.leaks import by_rules
from classroom.meaning.lexicon import DEFAULT, lexicon
from tools.data import by, to_learn_from
from tools.learning import at_most, curve, learned, left_out, marked

STRENGTH = 6.0
FLAGGED_IN_VAIN = (
    0.07  # of the hints and methods that no rule complains of; most of those learned from are twins of leaks
)


def run() -> None:
    lex = lexicon(DEFAULT)
    tasks = by("tasks", "task_id")
    rows = to_learn_from("replies")
    read, ruled = [], []
    for row in rows:
        task = tasks[row["task"]]
        found = by_rules(row["text"], task["answer_key"], task["task"])
        ruled.append(found is not None)
        read.append(
            features(
                side(row["text"], lex),
                known_side(task["answer_key"], lex),
                known_side(task["task"], lex),
                lex,
                found,
            )
        )
    truth = np.array([row["leak"] for row in rows], float)
    scores = left_out(read, [row["task"] for row in rows], {"leaks": truth}, STRENGTH)["leaks"]
    curve("leaks", scores, truth)
    by_rule = np.array(ruled)
    mark = at_most(scores[~by_rule], truth[~by_rule] < 1, FLAGGED_IN_VAIN)
    rightly = np.sort(scores[by_rule & (truth > 0)])
    fair = float(rightly[int(0.02 * len(rightly))])
    told = np.where(by_rule, scores >= fair, scores >= mark)
    sys.stdout.write(
        f"  leaks, tasks left out: recall {told[truth > 0].mean():.3f},"
        f" in vain {told[truth < 1].mean():.4f}\n"
    )
    marked("replies", {"leaks": mark, "fair": fair})
    learned("replies", read, {"leaks": truth}, STRENGTH)
