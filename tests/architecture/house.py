"""Reading the house from its own code: modules, imports, functions, templates."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "classroom"

# Low to high. Rooms on one floor do not know each other.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"core", "meaning", "pairing", "config"}),
    frozenset({"access"}),
    frozenset({"web"}),
    frozenset({"undo"}),  # how an act is taken back; each domain says so of its own acts
    frozenset({"accounts"}),
    frozenset({"courses"}),
    frozenset({"boards", "guidelines", "projects", "following"}),
    frozenset({"lessons", "calibration", "posts"}),
    frozenset({"help_requests", "comments"}),
    frozenset({"moderation", "celebrations", "plans", "helpfulness"}),
    frozenset({"portfolio"}),  # what one's own comments led to, and taken elsewhere
    frozenset({"notices"}),  # what people are told; home, a figure among insights, shows it
    frozenset({"insights"}),
    frozenset({"sample"}),  # a made-up class, for which every domain's commands are called
    frozenset({"app"}),
    frozenset({"cli", "__main__"}),
)
DOMAINS = frozenset().union(*FLOORS[3:13])
PAGES = ("views", "forms")  # the page side of a domain: these files, and those that begin so


@dataclass(frozen=True)
class Module:
    """One file of the house. `room` is its domain or part, `part` its file's name."""

    path: str
    source: str

    @property
    def room(self) -> str:
        first = self.path.removeprefix("classroom/").split("/")[0]
        return first.removesuffix(".py")

    @property
    def part(self) -> str:
        return Path(self.path).stem

    @property
    def is_page(self) -> bool:
        return self.part.startswith(PAGES)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    def imports(self) -> Iterator[tuple[str, int, bool]]:
        """(dotted name, line, at the top of the module?)"""
        top = {id(node) for node in self.tree.body}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno, id(node) in top
            elif isinstance(node, ast.ImportFrom):
                base = "." * node.level + (node.module or "")
                for alias in node.names:
                    yield f"{base}.{alias.name}", node.lineno, id(node) in top

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def modules() -> list[Module]:
    """Every module of the product, migrations left out."""
    return [
        Module(path.relative_to(TOP).as_posix(), path.read_text())
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations/versions" not in path.as_posix()
    ]


def templates() -> dict[str, str]:
    return {
        p.relative_to(PACKAGE / "templates").as_posix(): p.read_text()
        for p in (PACKAGE / "templates").rglob("*.html")
    }


def floor(room: str) -> int | None:
    return next((number for number, rooms in enumerate(FLOORS) if room in rooms), None)
