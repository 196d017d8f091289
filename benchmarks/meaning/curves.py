"""Precision against recall of the learned scores, groups left out; recorded by `python -m tools.learn`."""

import json
from pathlib import Path

RECORDED = Path(__file__).parent / "curves.json"
_SIZE, _EDGE = 220, 34
_NAMES = {
    "meaningful": "counts as meaningful",
    "held": "held for its tone",
    "wants_answer": "asks for the answer",
    "leaks": "gives the key away",
}
Point = tuple[float, float, float, float]  # threshold, precision, recall, false alarms


def recorded() -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return found


def told() -> list[str]:
    """A tenth of each curve in words."""
    lines = ["precision, recall and false alarms by threshold, groups left out"]
    for name, points in recorded().items():
        lines.append(name)
        lines += [
            f"  at {mark:6.2f}: P {precision:.2f}  R {recall:.2f}  false {false:.1%}"
            for mark, precision, recall, false in points[::4]
        ]
    return lines


def drawn() -> str:
    """Four small charts side by side as one SVG, for light and dark pages alike."""
    width = _SIZE + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width * len(_NAMES)} {width + 20}" '
        'font-family="system-ui, sans-serif" font-size="12" role="img">',
        "<title>Precision against recall of four learned scores</title>",
        '<rect width="100%" height="100%" fill="#fffdf8"/>',
    ]
    for index, (name, title) in enumerate(_NAMES.items()):
        parts.append(
            f'<g transform="translate({index * width + _EDGE} {_EDGE})">{_chart(title, recorded()[name])}</g>'
        )
    return "".join([*parts, "</svg>"])


def _chart(title: str, points: list[Point]) -> str:
    line = " ".join(
        f"{recall * _SIZE:.1f},{(1 - precision) * _SIZE:.1f}" for _, precision, recall, _ in points
    )
    grid = "".join(
        f'<path d="M0 {at} H{_SIZE} M{at} 0 V{_SIZE}" stroke="#ddd6c8" fill="none"/>'
        for at in (0, _SIZE // 4, _SIZE // 2, 3 * _SIZE // 4, _SIZE)
    )
    return (
        f'{grid}<polyline points="{line}" fill="none" stroke="#0b6e5f" stroke-width="2.5"/>'
        f'<text y="-10" font-weight="600" fill="#222">{title}</text>'
        f'<text y="{_SIZE + 18}" fill="#444">recall 0 to 1 →</text>'
        f'<text transform="translate(-10 {_SIZE}) rotate(-90)" fill="#444">precision 0 to 1 →</text>'
    )
