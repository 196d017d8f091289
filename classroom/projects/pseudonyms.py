"""Friendly names that are stable within a project and cannot be linked between two."""

import hashlib

FIRST = ("Teal", "Amber", "Slate", "Marsh", "Copper", "Misty", "Birch", "River")
SECOND = ("Heron", "Finch", "Wren", "Lark", "Otter", "Swift", "Robin", "Plover")


def pseudonym(secret: str, number: int) -> str:
    """The name of member `number` in the project with that secret."""
    key = int(hashlib.sha256(secret.encode()).hexdigest(), 16)
    place, lap = (number * 5 + key) % 64, number // 64
    name = f"{FIRST[place % 8]} {SECOND[place // 8]}"
    return f"{name} {lap + 1}" if lap else name
