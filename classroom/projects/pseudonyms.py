"""Friendly names for a project in which peers do not see who is who: "Teal Heron", "Marsh Lark".

Every combination of the two lists is kind and neutral: no word used of people (of skin, mind, speed or
size), none that names a person, none with a second meaning that could hurt.
"""

import hmac
from hashlib import sha256


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Teal Azure Cobalt Indigo Turquoise Emerald Copper Silver Golden Bronze Lilac Lavender Apricot "
    "Cerulean Ultramarine Vermilion Russet Mint Marble Quartz Granite Sapphire Marsh Meadow Harbour "
    "Island Valley Mountain Prairie Tundra Coastal Lakeside Woodland Orchard Garden Streamside Delta "
    "Canyon Highland Lagoon Fjord Glacier Grassland Moorland Hilltop Riverside Seaside Spring Winter "
    "Morning Evening Twilight Starlit Moonlit Sunlit Breezy Pebble Cedar Maple Pine Birch Spruce Alder "
    "Bamboo"
)
SECOND = _words(
    "Heron Lark Finch Kestrel Osprey Plover Sparrow Swift Avocet Curlew Puffin Petrel Tern Nightingale "
    "Oriole Kingfisher Sandpiper Goldfinch Linnet Wagtail Warbler Bunting Crane Egret Ibis Swan Pelican "
    "Falcon Owl Hoopoe Lapwing Siskin Starling Eider Toucan Hummingbird Cormorant Bluebird Chickadee "
    "Waxwing Otter Hare Lynx Dolphin Gazelle Ibex Antelope Squirrel Hedgehog Koala Salmon Dragonfly "
    "Firefly Butterfly Seahorse Nautilus Bluebell Cornflower Snowdrop Lotus Orchid Sunflower Crocus "
    "Clover"
)

HALF = 6  # bits: 64 first words, 64 second words
NAMES = len(FIRST) * len(SECOND)
ROUNDS = 8


def pseudonym(secret: str, number: int) -> str:
    """The name of member `number` (0, 1, 2, …) of the project with this secret.

    Two numbers never share a name. Without the secret, neither the number nor the name the same person has in
    another project can be worked out. After 4,096 members the words begin again with a numeral behind them.
    """
    if number < 0:
        raise ValueError("members are counted from 0")
    turn, place = divmod(number, NAMES)
    first, second = _shuffled(secret, turn, place)
    words = f"{FIRST[first]} {SECOND[second]}"
    return words if turn == 0 else f"{words} {turn + 1}"


def _shuffled(secret: str, turn: int, place: int) -> tuple[int, int]:
    """A Feistel network: a keyed shuffle in which every place has one name and no name two places."""
    left, right = divmod(place, 1 << HALF)
    for step in range(ROUNDS):
        message = f"pseudonym {turn} {step} {right}".encode()
        mixed = hmac.digest(secret.encode(), message, sha256)[0] % (1 << HALF)
        left, right = right, left ^ mixed
    return left, right
