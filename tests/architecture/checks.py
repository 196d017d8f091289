"""The eight rules of the house as functions from modules to the list of what breaks them."""

import ast
import re
import sys
from collections.abc import Iterable

from tests.architecture.house import DOMAINS, Module, floor

MEANING_MAY = {"rapidfuzz", "numpy"}
STANDARD = set(sys.stdlib_module_names)
LOGIC_NEVER = ("flask", "wtforms", "classroom.web")
SHARED = {"core", "access", "meaning", "pairing", "config"}
PRESENT = {"current_user", "request", "session", "g"}
UNIT = re.compile(r"classroom/(web/unit_of_work\.py|cli/|migrations/)")
LIMITS = {"py": 350, "html": 120, "css": 200, "js": 120}


def _room_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "classroom" and len(parts) > 1 else None


def rule_1_foundations(modules: Iterable[Module]) -> list[str]:
    """core imports nothing of ours, meaning and pairing only themselves, access core, web both."""
    allowed = {"core": {"core"}, "access": {"access", "core"}, "web": {"web", "core", "access"}}
    allowed |= {"meaning": {"meaning"}, "pairing": {"pairing"}}
    broken = []
    for module in modules:
        if module.room not in allowed:
            continue
        for name, line, _top in module.imports():
            room, first = _room_of(name), name.split(".")[0]
            outside = module.room in {"meaning", "pairing"} and first not in STANDARD | {"classroom"}
            if outside and not (module.room == "meaning" and first in MEANING_MAY):
                broken.append(f"{module.path}:{line} imports {name}")
            if room is not None and room not in allowed[module.room]:
                broken.append(f"{module.path}:{line} imports {name}")
    return broken


def rule_2_logic_below(modules: Iterable[Module]) -> list[str]:
    """Domain logic knows no page, and only the logic of domains below it."""
    broken = []
    for module in modules:
        if module.room not in DOMAINS or module.is_page:
            continue
        for name, line, _top in module.imports():
            room = _room_of(name)
            paged = (
                room in DOMAINS
                and len(name.split(".")) > 2
                and name.split(".")[2].startswith(("views", "forms"))
            )
            if paged or any(name == never or name.startswith(never + ".") for never in LOGIC_NEVER):
                broken.append(f"{module.path}:{line} imports {name}")
            elif room is not None and room not in SHARED | {module.room} and not _is_below(room, module.room):
                broken.append(f"{module.path}:{line} imports upward: {name}")
    return broken


def _is_below(lower: str, upper: str) -> bool:
    low, high = floor(lower), floor(upper)
    return low is not None and high is not None and low < high


def rule_3_no_foreign_views(modules: Iterable[Module]) -> list[str]:
    """A page uses no other domain's views; only app.py joins them."""
    broken = []
    for module in modules:
        if module.room == "app":
            continue
        for name, line, _top in module.imports():
            parts = name.split(".")
            foreign = _room_of(name) in DOMAINS and _room_of(name) != module.room
            if foreign and len(parts) > 2 and parts[2].startswith("views"):
                broken.append(f"{module.path}:{line} imports {name}")
    return broken


def rule_5_request_stays_outside(modules: Iterable[Module]) -> list[str]:
    """current_user, request, session and g only in web/, the guard and views."""
    broken = []
    for module in modules:
        if module.room == "web" or module.path.endswith("access/guard.py") or module.part.startswith("views"):
            continue
        for name, line, _top in module.imports():
            if name.split(".")[0] in {"flask", "flask_login"} and name.split(".")[-1] in PRESENT:
                broken.append(f"{module.path}:{line} imports {name}")
    return broken


def rule_6_one_commit(modules: Iterable[Module]) -> list[str]:
    """commit and rollback only in the unit of work and the command line; errors may roll back."""
    broken = []
    for module in modules:
        if UNIT.match(module.path):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = node.func.attr
                answered = name == "rollback" and module.path == "classroom/web/errors.py"
                if name in {"commit", "rollback"} and not answered:
                    broken.append(f"{module.path}:{node.lineno} calls {name}")
    return broken


def rule_7_imports_on_top(modules: Iterable[Module]) -> list[str]:
    """No import inside a function, and none that is relative."""
    broken = []
    for module in modules:
        for name, line, top in module.imports():
            if not top or name.startswith("."):
                broken.append(f"{module.path}:{line} imports {name} in a hidden place")
    return broken


def rule_8_sizes(files: Iterable[tuple[str, str]]) -> list[str]:
    """Files of code, template, style and script within their sizes."""
    broken = []
    for path, text in files:
        limit = LIMITS.get(path.rsplit(".", 1)[-1])
        lines = text.count("\n")
        if (
            limit is not None
            and lines > limit
            and "/vendor/" not in path
            and "migrations/versions" not in path
        ):
            broken.append(f"{path} has {lines} lines, over {limit}")
    return broken


def rule_8_functions(modules: Iterable[Module]) -> list[str]:
    """No function over 50 lines; a module begins with one sentence."""
    broken = []
    for module in modules:
        if not ast.get_docstring(module.tree):
            broken.append(f"{module.path} does not say what it is")
        for node in module.functions():
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > 50:
                broken.append(f"{module.path}:{node.lineno} {node.name} has {lines} lines")
    return broken


def rule_8_names(modules: Iterable[Module]) -> list[str]:
    """No utils, helpers, manager, service; nothing left to do in code."""
    broken = []
    for module in modules:
        if module.part in {"utils", "helpers", "manager", "service", "services", "util"}:
            broken.append(f"{module.path} has a name that says nothing")
        for number, line in enumerate(module.source.splitlines(), 1):
            if re.search(r"#.*\b(TODO|FIXME|XXX)\b", line):
                broken.append(f"{module.path}:{number} is left to do")
    return broken


def no_circles(modules: Iterable[Module]) -> list[str]:
    """No circle among modules: every arrow runs down."""
    known = {_dotted(module.path): module for module in modules}
    graph = {name: _targets(module, known) - {name} for name, module in known.items()}
    done: set[str] = set()
    broken: list[str] = []

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            broken.append(" -> ".join((*trail[trail.index(name) :], name)))
            return
        if name in done:
            return
        for target in sorted(graph[name]):
            visit(target, (*trail, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())
    return broken


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _targets(module: Module, known: dict[str, Module]) -> set[str]:
    found = set()
    for name, _line, _top in module.imports():
        parent = name.rpartition(".")[0]
        target = name if name in known else parent if parent in known else None
        # A package that gathers its own parts does not make a circle with them.
        if target and not _dotted(module.path).startswith(target + "."):
            found.add(target)
    return found


def templates_write_no_forms(templates: dict[str, str]) -> list[str]:
    """<form>, <input>, <select>, <textarea> only in ui/; nothing inline that the policy forbids."""
    broken = []
    for name, text in templates.items():
        bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        if not name.startswith("ui/") and re.search(r"<(form|input|select|textarea)\b", bare):
            broken.append(f"{name} writes a form of its own")
        if re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", bare):
            broken.append(f"{name} has something inline")
    return broken


def templates_decide_nothing(templates: dict[str, str]) -> list[str]:
    """No query and no rule in a template."""
    pattern = re.compile(r"\b(db\.session|\.query\b|may\(|teaches\(|leads\()")
    return [
        f"{name} decides: {found[0]}" for name, text in templates.items() if (found := pattern.search(text))
    ]


def routes_without_a_guard(views: dict[str, object]) -> list[str]:
    """Rule 4: every view carries an action, and the table has a rule for it."""
    return [name for name, view in views.items() if "access" not in getattr(view, "__dict__", {})]
