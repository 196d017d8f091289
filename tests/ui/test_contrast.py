"""Every pair of ink and paper that the style sheets use can be read, by day and by lamplight."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "classroom" / "static" / "css"
TOKENS = {
    name: colours
    for name, *colours in re.findall(
        r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\)", (CSS / "tokens.css").read_text()
    )
}
PAPERS = ("paper", "sheet", "sunk", "leaf-wash", "gold-wash", "clay-wash", "sky-wash")
INKS = ("ink", "soft", "leaf", "leaf-deep", "gold", "clay", "sky")
FILLED = (("on-leaf", "leaf"), ("on-leaf", "leaf-deep"), ("on-clay", "clay"))


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("light", [0, 1], ids=["day", "lamplight"])
@pytest.mark.parametrize(("ink", "paper"), [*product(INKS, PAPERS), *FILLED])
def test_words_can_be_read(ink: str, paper: str, light: int) -> None:
    assert contrast(TOKENS[ink][light], TOKENS[paper][light]) >= 4.5


@pytest.mark.parametrize("light", [0, 1], ids=["day", "lamplight"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_edge_of_a_field_can_be_seen(paper: str, light: int) -> None:
    assert contrast(TOKENS["edge"][light], TOKENS[paper][light]) >= 3


def test_colours_are_named_in_the_tokens_only() -> None:
    """A colour anywhere else would escape the test above (and the lamplight). Paper in print is white."""
    stray = [
        f"{path.name}: {found}"
        for path in CSS.rglob("*.css")
        if path.name not in {"tokens.css", "print.css"}
        for found in re.findall(
            r"#[0-9a-fA-F]{3,8}\b(?!\s*\{)|rgb\((?!20 18 15 / \.45)[^)]*\)|hsl\([^)]*\)", path.read_text()
        )
    ]
    assert stray == []


def test_every_token_that_is_used_exists() -> None:
    text = {path: path.read_text() for path in CSS.rglob("*.css")}
    known = set(re.findall(r"(--[a-z0-9-]+):", "".join(text.values())))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", "".join(text.values())))
    assert used - known == set()
