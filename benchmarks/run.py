"""`python -m benchmarks.run [--short | --large] [--json]`: statements and time per page and class size.

Statements are what is judged: a page over its budget, or one that costs more in a larger class, is an error.
Times are told and never judged, since they belong to the machine.
"""

import argparse
import json
import os
import sys
import tempfile

from flask import Flask
from sqlalchemy import inspect, text

from benchmarks.measure import BUDGETS, PAGES, Cost, Page, measure
from benchmarks.school import build
from classroom.app import create_app
from classroom.config import read_settings
from classroom.core.db import db

SIZES, SHORT, LARGE = (10, 100, 300), (10, 100), (10, 200, 2000)
Found = dict[Page, dict[int, Cost]]


def _app(folder: str) -> Flask:
    """The product in a folder of its own; `DATABASE_URL` may name an empty PostgreSQL database."""
    settings = read_settings(
        {"CLASSROOM_INSTANCE": folder, "DATABASE_URL": os.environ.get("DATABASE_URL", "")}
    )
    app = create_app(settings)
    with app.app_context():
        if inspect(db.engine).get_table_names():
            raise SystemExit(
                "DATABASE_URL names a database that is in use. The benchmark wants an empty one."
            )
    return app


def walk(sizes: tuple[int, ...], rounds: int) -> Found:
    """Build a class of each size, and measure every page in it."""
    found: Found = {page: {} for page in PAGES}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            app = _app(folder)
            with app.app_context():
                db.create_all()
            try:
                with app.app_context(), app.test_request_context():
                    school = build(size)
                    db.session.execute(text("analyze"))  # as the database does by itself in an hour of use
                    db.session.commit()
                for page in PAGES:
                    cost = measure(app, school, page, rounds)
                    if cost is not None:
                        found[page][size] = cost
            finally:
                with app.app_context():
                    db.session.remove()
                    db.drop_all()
                    db.engine.dispose()
    return {page: costs for page, costs in found.items() if costs}


def complaints(found: Found) -> list[str]:
    """Pages over their budget, and pages that cost more statements in a larger class."""
    said = []
    for page, costs in found.items():
        counts = {size: cost.statements for size, cost in costs.items()}
        most = max(counts.values())
        if most > BUDGETS[page.who]:
            said.append(f"{page.name} ({page.who}): {most} statements, and {BUDGETS[page.who]} is the budget")
        if len(set(counts.values())) > 1:
            said.append(f"{page.name} ({page.who}): statements grow with the class: {counts}")
    return said


def as_table(found: Found, sizes: tuple[int, ...]) -> str:
    """For reading: Markdown, as the README beside this file carries it."""
    head = ["page", "who", "statements", "budget", *(f"ms at {size}" for size in sizes), "times"]
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    for page, costs in found.items():
        counts = sorted({cost.statements for cost in costs.values()})
        times = [f"{costs[size].milliseconds:.1f}" for size in sizes]
        ratio = costs[sizes[-1]].milliseconds / costs[sizes[0]].milliseconds
        cells = [
            page.name,
            page.who,
            "–".join(map(str, counts)),
            str(BUDGETS[page.who]),
            *times,
            f"×{ratio:.1f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def as_json(found: Found) -> str:
    rows = [
        {"page": page.name, "who": page.who, "budget": BUDGETS[page.who], "size": size, **vars(cost)}
        for page, costs in found.items()
        for size, cost in costs.items()
    ]
    return json.dumps({"pages": rows, "complaints": complaints(found)}, indent=1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--short", action="store_true", help="two class sizes and few rounds: under a minute")
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.add_argument("--large", action="store_true", help="classes of 10, 200 and 2,000")
    asked = parser.parse_args()
    sizes, rounds = (SHORT, 5) if asked.short else (LARGE, 5) if asked.large else (SIZES, 25)
    found = walk(sizes, rounds)
    said = complaints(found)
    print(as_json(found) if asked.json else as_table(found, sizes))
    for one in said:
        print(f"OVER: {one}", file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
