"""`python -m classroom.meaning [questions | leaks]`: one JSON object a line in, one answer a line out.

- without a word, comments: `{"id","text","post","brief","quote","earlier","others"}`
- `questions`: `{"id","text","brief"}`
- `leaks`, replies: `{"id","text","task","answer_key"}`
"""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from classroom.meaning.engine import assess
from classroom.meaning.leaks import leaks
from classroom.meaning.questions import sort_question

Row = dict[str, Any]


class BadLineError(ValueError):
    """A line that is not what was asked for."""


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLineError(f"“{name}” must be text")
    return value


def _texts(row: Row, name: str) -> list[str]:
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadLineError(f"“{name}” must be a list of texts")
    return value


def _comment(row: Row) -> Row:
    verdict = assess(
        row["text"],
        post=_text(row, "post"),
        brief=_text(row, "brief"),
        quote=_text(row, "quote") or None,
        earlier=_texts(row, "earlier"),
        others=_texts(row, "others"),
    )
    return verdict.as_json()


def _question(row: Row) -> Row:
    found = sort_question(row["text"], _text(row, "brief"))
    return {
        "label": found.label,
        "passages": [one.as_json() for one in found.passages],
        "because": [one.sentence for one in found.because],
    }


def _reply(row: Row) -> Row:
    found = leaks(row["text"], _text(row, "answer_key"), _text(row, "task"))
    return {"leak": found is not None, "because": [found.sentence] if found else []}


KINDS: dict[str, Callable[[Row], Row]] = {"comments": _comment, "questions": _question, "leaks": _reply}


def _answer(line: str, kind: str) -> Row:
    row = json.loads(line)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadLineError("each line needs an object with a “text”")
    return {"id": row.get("id"), **KINDS[kind](row)}


def main(source: TextIO, target: TextIO, arguments: Sequence[str] = ()) -> int:
    """Answers every line; 1 when any line was bad, 2 when the kind is unknown."""
    kind = arguments[0] if arguments else "comments"
    if kind not in KINDS or len(arguments) > 1:
        target.write(f"usage: python -m classroom.meaning [{' | '.join(KINDS)}]\n")
        return 2
    status = 0
    for line in source:
        if not line.strip():
            continue
        try:
            answer = _answer(line, kind)
        except (BadLineError, json.JSONDecodeError, RecursionError) as error:
            answer, status = {"id": None, "error": str(error)}, 1
        target.write(json.dumps(answer, ensure_ascii=False) + "\n")
        target.flush()
    return status


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.stdin, sys.stdout, sys.argv[1:]))
