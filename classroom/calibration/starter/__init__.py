"""Two samples with comments and reasons, by language, that a project may take over with one press."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=8)
def load(language: str = "en") -> tuple[dict[str, Any], ...]:
    """The samples of that language, English where there is none, as rows of the file."""
    folder = Path(__file__).parent
    found = folder / f"{language}.toml"
    path = found if found.exists() else folder / "en.toml"
    samples: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["samples"]
    return tuple(samples)
