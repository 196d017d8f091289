"""Numbers that come with an address: what no database could hold counts as not given."""

MOST = 2**31 - 1


def whole(text: str) -> int:
    """For `request.args.get(name, type=whole)`; ValueError lets the default stand."""
    if len(text) > 11:
        raise ValueError("no number that we gave out")
    number = int(text)
    if abs(number) > MOST:
        raise ValueError("no number that we gave out")
    return number
