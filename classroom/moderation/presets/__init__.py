"""Notes that go back with a comment, by language: staff may change every word before they send one."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOR_REASON = {
    "snark": "sarcasm",
    "attack": "about_the_person",
    "leak": "gives_the_answer",
    "asks_answer": "asks_for_the_answer",
    "flagged": "about_the_person",
    "claimed": "too_general",
}


@dataclass(frozen=True)
class Preset:
    """One note: `kind` is return (for a rewrite) or coach (a word in passing)."""

    code: str
    title: str
    kind: str
    clause: int | None
    note: str

    @property
    def short(self) -> str:
        """What it is for, without what it says to do."""
        return self.title.partition(":")[0]


@lru_cache(maxsize=8)
def load(language: str = "en") -> tuple[Preset, ...]:
    """The notes in that language, else the English ones."""
    path = Path(__file__).parent / f"{language}.toml"
    if not language.isalpha() or not path.exists():
        path = Path(__file__).parent / "en.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["presets"]
    return tuple(
        Preset(row["code"], row["title"], row["kind"], row.get("clause"), row["note"].strip()) for row in rows
    )


def preset_for(reason: str, chosen: str | None = None) -> Preset:
    """The note that was chosen, else the one that fits the reason."""
    notes = {one.code: one for one in load()}
    return notes.get(chosen or "") or notes[FOR_REASON.get(reason, "about_the_person")]
