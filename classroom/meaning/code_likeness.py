"""Compares code by its shape, so that other names, spaces and comments do not hide that it is the same."""

import re
from functools import lru_cache
from importlib.resources import files

_PIECE = re.compile(
    r"(?P<gone>\#[^\n]*|//[^\n]*|/\*.{0,2000}?\*/)"
    r"|(?P<text>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<sign>==|!=|<=|>=|\+=|-=|\*\*|//|&&|\|\||=>|->|[-+*/%=<>(){}\[\];:.,])",
    re.DOTALL,
)
_OPENS_CODE = re.compile(
    r"(?:def|class|for|while|if|return|import|from \w+ import|print|let|const|var|function|public)\b"
    r"(?=.*[(:=;]|.*\bfrom\b|.*[-+*/<>])",
    re.IGNORECASE,
)
_CODE_LINE = re.compile(r"[;{}:]$|^\w+ ?(?:[-+*/]?=) ?[\w(\[\"']|\w\([^)]*\)$|\breturn\b|^[{}]")
_FENCE = re.compile(r"```[a-z]*\n?(.{0,8000}?)```", re.DOTALL)
_LAYOUT = frozenset("{};")
SIZE = 6
_ENOUGH = 0.6


@lru_cache(maxsize=1)
def _kept() -> frozenset[str]:
    """Words that belong to the programming languages, not to the one who wrote the code."""
    return frozenset((files("classroom.meaning") / "code_words.txt").read_text(encoding="utf-8").split())


def code_in(text: str) -> str:
    """The fenced code of a text; without a fence, the text itself."""
    fenced = _FENCE.findall(text)
    return "\n".join(fenced) if fenced else text


def looks_like_code(text: str) -> bool:
    """Lines that define, call, branch or return, rather than sentences or formulas."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    code = sum(1 for line in lines if _CODE_LINE.search(line))
    opens = any(_OPENS_CODE.match(line) for line in lines)
    return code * 2 > len(lines) and (opens or code > 1)


def shape(code: str) -> list[str]:
    """The code as a list of pieces, with every name of the writer's own made alike."""
    pieces = []
    for match in _PIECE.finditer(code):
        kind, piece = match.lastgroup, match[0]
        if kind == "gone" or piece in _LAYOUT:
            continue
        if kind == "name":
            piece = piece.lower() if piece.lower() in _kept() else "name"
        elif kind == "text":
            piece = "text"
        pieces.append(piece)
    return pieces


def _stretches(pieces: list[str]) -> set[tuple[str, ...]]:
    found = set(zip(*(pieces[offset:] for offset in range(SIZE)), strict=False))
    return {stretch for stretch in found if stretch.count("name") < SIZE - 1}


def same_code(reply: str, key: str, known: str) -> bool:
    """Whether most of the key's shape, beyond what is known, stands in the reply."""
    if not looks_like_code(code_in(key)):
        return False
    wanted = _stretches(shape(code_in(key))) - _stretches(shape(known))
    if len(wanted) < SIZE:
        return False
    return len(wanted & _stretches(shape(reply))) >= _ENOUGH * len(wanted)
