"""The starter set of guidelines, by language, that a course may take over with one press."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Starter:
    """Plain values: title, intro, clauses (number, title, text) and examples (as rows of the file)."""

    title: str
    intro: str
    clauses: tuple[dict[str, Any], ...]
    examples: tuple[dict[str, Any], ...]


@lru_cache(maxsize=8)
def load(language: str = "en") -> Starter:
    """The set of that language, else the English one."""
    path = Path(__file__).parent / f"{language}.toml"
    if not language.isalpha() or not path.exists():
        path = Path(__file__).parent / "en.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Starter(data["title"], data["intro"].strip(), tuple(data["clauses"]), tuple(data["examples"]))
