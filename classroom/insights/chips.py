"""A row of chips that chooses one of several, or all of them: each is an address."""

from collections.abc import Callable, Iterable

Chips = list[dict[str, object]]


def one_of(
    every: str,
    rows: Iterable[tuple[str, str]],
    chosen: str,
    url: Callable[[str], str],
    count: Callable[[str], int] | None = None,
) -> Chips:
    """`rows` are (words, key), `every` has the key ""; `url` and `count` take a key. Of no rows none."""
    offered = list(rows)
    if not offered:
        return []
    return [
        {"label": words, "url": url(key), "current": key == chosen}
        | ({"count": count(key)} if count and key else {})
        for words, key in [(every, ""), *offered]
    ]
