"""`python -m classroom.meaning`: one JSON object a line in, one verdict a line out."""

import json
import sys
from typing import Any, TextIO

from classroom.meaning.engine import assess


class BadLineError(ValueError):
    """A line that is not a comment."""


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLineError(f"“{name}” must be text")
    return value


def _answer(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadLineError("each line needs an object with a “text”")
    earlier = row.get("earlier") or []
    if not isinstance(earlier, list) or not all(isinstance(one, str) for one in earlier):
        raise BadLineError("“earlier” must be a list of texts")
    verdict = assess(
        row["text"],
        post=_text(row, "post"),
        brief=_text(row, "brief"),
        quote=_text(row, "quote") or None,
        earlier=earlier,
    )
    return {"id": row.get("id"), **verdict.as_json()}


def main(source: TextIO, target: TextIO) -> int:
    """Answers every line; 1 when any line was bad."""
    status = 0
    for line in source:
        if not line.strip():
            continue
        try:
            answer = _answer(line)
        except (BadLineError, json.JSONDecodeError, RecursionError) as error:
            answer, status = {"id": None, "error": str(error)}, 1
        target.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return status


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.stdin, sys.stdout))
