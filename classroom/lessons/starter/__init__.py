"""The starter lesson, by language: every course has it until its instructor changes it."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from classroom.core.richtext import render
from classroom.lessons.models import StepKind
from classroom.lessons.rules import PLAIN, Step


@dataclass(frozen=True)
class Starter:
    """Title, introduction and steps, as the file has them."""

    title: str
    intro: str
    steps: tuple[Step, ...]


@lru_cache(maxsize=8)
def load(language: str = "en") -> Starter:
    """The lesson of that language, else the English one."""
    path = Path(__file__).parent / f"{language}.toml"
    if not language.isalpha() or not path.exists():
        path = Path(__file__).parent / "en.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Starter(data["title"], data["intro"].strip(), tuple(map(_step, data["steps"])))


def _step(row: dict[str, object]) -> Step:
    body = str(row.get("body", "")).strip()
    return Step(
        key=str(row["key"]),
        kind=StepKind(str(row["kind"])),
        title=str(row["title"]),
        body=body,
        body_html=render(body),
        explains=str(row.get("explains", "")),
        content={name: value for name, value in row.items() if name not in PLAIN},
    )
