"""What a scheme may change: the journeys look at a dark page's colours alone, since nothing else differs."""

import re
from pathlib import Path

import classroom

STATIC = Path(classroom.__file__).parent / "static"
TAKEN_AWAY = "css/pages/portfolio-file.css"
SCHEME = r"prefers-color-scheme|color-scheme|light-dark\(|\[data-theme"


def test_the_scheme_is_named_in_the_tokens_alone():
    """And in the file that a portfolio is taken away as: it brings its own, and no page of ours."""
    sheets = [path for path in STATIC.rglob("*.css") if re.search(SCHEME, path.read_text())]
    assert {path.relative_to(STATIC).as_posix() for path in sheets} == {"css/tokens.css", TAKEN_AWAY}


def test_the_tokens_change_colours_by_it_and_nothing_else():
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "css" / "tokens.css").read_text(), flags=re.S)
    told = [line.strip() for line in text.splitlines() if re.search(SCHEME, line)]
    colour = r"--[a-z-]+: light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\);"
    here = r'(\[data-theme="(light|dark)"\] \{ |:root, \[data-theme\] \{ )?'
    scheme = here + r"color-scheme: (light|dark|light dark);( \})?"
    assert [line for line in told if not re.fullmatch(f"{colour}|{scheme}", line)] == []
