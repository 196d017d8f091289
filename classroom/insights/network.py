"""Where each dot of a network stands, and how its lines run: pure maths, the same picture for the same class.

Who is linked stands near one another (forces), then each dot takes the nearest free place of a grid, so that
no two overlap and none leaves the box. Nothing says who has more: every dot is as large as every other.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

WIDTH, HEIGHT = 960.0, 680.0
ROUNDS = 90
ROOM = 1.45  # places of the grid for each dot
Link = tuple[int, int]


@dataclass(frozen=True)
class Dot:
    """The middle of a dot; `number` is its place in the list that was drawn."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """A link as a path: `mutual` ones are straight, others bend a little and end in an arrow."""

    path: str
    mutual: bool


@dataclass(frozen=True)
class Drawing:
    """A network that is ready to be drawn."""

    width: float
    height: float
    radius: float
    pitch: float  # the distance of two neighbouring places: as wide a name may be
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


def draw(count: int, links: Collection[Link]) -> Drawing:
    """A network of the numbers below `count`. Of links the order, doubles and loops do not matter."""
    known = sorted({(a, b) for a, b in links if a != b and 0 <= a < count and 0 <= b < count})
    columns, rows, pitch, step = _grid(count)
    places = _places(columns, rows, pitch, step)
    dots = _settle(_spread(count, known), places)
    radius = round(min(26.0, pitch * 0.32, step * 0.32), 1)
    return Drawing(WIDTH, HEIGHT, radius, round(pitch, 1), dots, tuple(_lines(dots, known, radius)))


def _grid(count: int) -> tuple[int, int, float, float]:
    """Columns, rows, and the distance of places: the widest ones that give everyone room."""
    wanted = max(4, math.ceil(count * ROOM))
    columns = 2
    while True:
        pitch = WIDTH / (columns + 0.5)
        step = pitch * math.sqrt(3) / 2
        rows = max(1, int(HEIGHT // step))
        if columns * rows >= wanted:
            return columns, rows, pitch, HEIGHT / rows
        columns += 1


def _places(columns: int, rows: int, pitch: float, step: float) -> list[tuple[float, float]]:
    """The middles of a honeycomb: each second row is moved by half a place."""
    return [
        (pitch * (column + 0.5 + (0.5 if row % 2 else 0.0)), step * (row + 0.5))
        for row in range(rows)
        for column in range(columns)
    ]


def _spread(count: int, links: list[Link]) -> Any:
    """Linked ones draw one another near, all push one another away, and the middle holds them together."""
    if count == 0:
        return np.zeros((0, 2))
    angles = 2 * math.pi * np.arange(count) / count
    at = np.stack([np.cos(angles), np.sin(angles)], axis=1) * 0.5
    near = np.zeros((count, count))
    for a, b in links:
        near[a, b] = near[b, a] = 1.0
    ideal = math.sqrt(1.0 / count)
    for turn in range(ROUNDS):
        dx, dy = (axis[:, None] - axis[None, :] for axis in at.T)
        square = dx * dx + dy * dy + 1e-12
        weight = ideal * ideal / square - near * np.sqrt(square) / ideal
        force = np.stack([(weight * dx).sum(axis=1), (weight * dy).sum(axis=1)], axis=1) - at * 0.9
        length = np.sqrt((force**2).sum(axis=1, keepdims=True)) + 1e-9
        at = at + force / length * np.minimum(length, 0.1 * (1 - turn / ROUNDS))
    return at


def _settle(at: Any, places: list[tuple[float, float]]) -> tuple[Dot, ...]:
    """Each the nearest place that is free, the ones in the middle first; ties by number."""
    count = len(at)
    if not count:
        return ()
    low, high = at.min(axis=0), at.max(axis=0)
    size = np.maximum(high - low, 1e-6)
    xs, ys = [x for x, _y in places], [y for _x, y in places]
    inner = np.array([max(xs) - min(xs), max(ys) - min(ys)])
    goal = (at - low) / size * inner + np.array([min(xs), min(ys)])
    grid, free = np.array(places), np.ones(len(places), dtype=bool)
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    far = np.round(((goal - middle) ** 2).sum(axis=1), 3)
    dots: dict[int, Dot] = {}
    for number in sorted(range(count), key=lambda one: (far[one], one)):
        away = np.where(free, np.round(((grid - goal[number]) ** 2).sum(axis=1), 3), np.inf)
        place = int(away.argmin())
        free[place] = False
        dots[number] = Dot(number, round(places[place][0], 1), round(places[place][1], 1))
    return tuple(dots[number] for number in range(count))


def _lines(dots: tuple[Dot, ...], links: list[Link], radius: float) -> Iterable[Line]:
    there = set(links)
    for a, b in links:
        mutual = (b, a) in there
        if not mutual:
            yield Line(_bent(dots[a], dots[b], radius), mutual=False)
        elif a < b:
            yield Line(_straight(dots[a], dots[b], radius), mutual=True)


def _straight(one: Dot, other: Dot, radius: float) -> str:
    dx, dy = _towards(one, other)
    start = (one.x + dx * radius, one.y + dy * radius)
    end = (other.x - dx * radius, other.y - dy * radius)
    return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"


def _bent(one: Dot, other: Dot, radius: float) -> str:
    """A bow of a tenth of its length, so that it does not run through what lies between."""
    dx, dy = _towards(one, other)
    length = math.hypot(other.x - one.x, other.y - one.y)
    bow = min(length * 0.1, 30.0)
    bend = ((one.x + other.x) / 2 - dy * bow, (one.y + other.y) / 2 + dx * bow)
    start = _on_edge(one, bend, radius)
    end = _on_edge(other, bend, radius + 5)
    return f"M{start[0]:.1f} {start[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}"


def _on_edge(dot: Dot, point: tuple[float, float], radius: float) -> tuple[float, float]:
    dx, dy = point[0] - dot.x, point[1] - dot.y
    length = math.hypot(dx, dy) or 1.0
    return dot.x + dx / length * radius, dot.y + dy / length * radius


def _towards(one: Dot, other: Dot) -> tuple[float, float]:
    dx, dy = other.x - one.x, other.y - one.y
    length = math.hypot(dx, dy) or 1.0
    return dx / length, dy / length
