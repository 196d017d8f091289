"""Colours the code in posts with a handful of classes, for languages that students write."""

import re
from functools import lru_cache
from html import escape
from time import thread_time

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType

MAX_CODE = 20_000  # longer listings are shown plain
CPU_SECONDS = 0.2  # for all code of one text; 20 kB of ordinary code take about 0.06
# Lexers look ahead over blanks and to the end of the line, again at each step: such lines are not code.
_UNLIKE_CODE = re.compile(r"[^\n]{400}|[ \t]{120}|\n\s*\n\s*\n\s*\n\s*\n\s*\n")

_LANGUAGE_NAMES = """
    asm bash c c# c++ clojure cpp cs csharp css dart diff docker dockerfile elixir erlang fortran go
    haskell hs html http ini java javascript jl js json jsx julia kotlin latex lisp lua make makefile
    matlab nasm objective-c ocaml octave pascal perl php powershell prolog py python python3 r racket rb
    rs ruby rust sass scala scheme scss sh shell sql svg swift tex toml ts tsx typescript verilog vhdl
    xml yaml yml zsh
"""
LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
_ALIASES = {"svg": "xml"}

# From the general to the particular; the last one that fits gives the class.
_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Token.Keyword, "hl-keyword"),
    (Token.Operator.Word, "hl-keyword"),
    (Token.Name.Tag, "hl-keyword"),
    (Token.Literal.String, "hl-string"),
    (Token.Literal.Number, "hl-number"),
    (Token.Keyword.Constant, "hl-number"),
    (Token.Comment, "hl-comment"),
    (Token.Comment.Preproc, "hl-meta"),
    (Token.Comment.PreprocFile, "hl-string"),
    (Token.Name.Function, "hl-name"),
    (Token.Name.Class, "hl-name"),
    (Token.Name.Builtin, "hl-name"),
    (Token.Name.Exception, "hl-name"),
    (Token.Name.Attribute, "hl-meta"),
    (Token.Name.Decorator, "hl-meta"),
    (Token.Name.Entity, "hl-meta"),
    (Token.Generic.Inserted, "hl-inserted"),
    (Token.Generic.Deleted, "hl-deleted"),
    (Token.Generic.Heading, "hl-name"),
    (Token.Generic.Subheading, "hl-name"),
    (Token.Generic.Prompt, "hl-comment"),
    (Token.Generic.Traceback, "hl-number"),
)
CSS_CLASSES = frozenset(name for _, name in _CLASSES)


class Highlighter:
    """Colours the code blocks of one text, until its share of work is used up; the rest stays plain."""

    def __init__(self, seconds: float = CPU_SECONDS) -> None:
        self.seconds = seconds

    def __call__(self, code: str, language: str, attributes: str = "") -> str:  # noqa: ARG002
        """The code as escaped HTML with coloured spans, or "" where it is better left plain."""
        name = language.strip().lower()
        if name not in LANGUAGES or len(code) > MAX_CODE or self.seconds <= 0 or _UNLIKE_CODE.search(code):
            return ""
        started = thread_time()
        parts: list[str] = []
        done = 0
        for kind, text in _lexer(name).get_tokens(code):
            if not code.startswith(text, done):
                return ""  # the lexer changed the text; what the student wrote comes first
            parts.append(_span(kind, text))
            done += len(text)
            if thread_time() - started > self.seconds:
                break
        self.seconds -= thread_time() - started
        return "".join(parts) + escape(code[done:], quote=False)


def _span(kind: _TokenType, text: str) -> str:
    css_class = _class_of(kind)
    shown = escape(text, quote=False)
    return f'<span class="{css_class}">{shown}</span>' if css_class and text.strip() else shown


@lru_cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(_ALIASES.get(name, name), stripnl=False, ensurenl=False)


@lru_cache(maxsize=512)
def _class_of(kind: _TokenType) -> str:
    fitting = [css_class for general, css_class in _CLASSES if _within(kind, general)]
    return fitting[-1] if fitting else ""


def _within(kind: _TokenType, general: _TokenType) -> bool:
    return tuple(kind[: len(general)]) == tuple(general)
