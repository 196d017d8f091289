"""`python -m tools.learn [comments] [questions] [replies]`: learns the scores from `tests/meaning/data`.

Only what is not kept aside is read. Thresholds are chosen on scores of texts whose genre, brief or task was
left out of the learning, each for the harm that it prevents, and are written beside the weights.
"""

import sys
from collections.abc import Sequence

from tools import learn_comments, learn_questions, learn_replies

RUNS = {"comments": learn_comments.run, "questions": learn_questions.run, "replies": learn_replies.run}


def main(kinds: Sequence[str]) -> None:
    for kind in kinds or RUNS:
        RUNS[kind]()


if __name__ == "__main__":
    main(sys.argv[1:])
