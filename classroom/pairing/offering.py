"""Open choice: in which order the posts are offered to one student."""

from collections.abc import Collection, Iterable, Mapping

from classroom.pairing.values import Work, draw


def offer(
    works: Iterable[Work],
    received: Mapping[int, int],
    *,
    me: int,
    writing: Mapping[int, int] | None = None,
    mine: Collection[int] = (),
    not_by: Collection[int] = (),
    seed: int | str = 0,
) -> list[Work]:
    """The works with fewest meaningful comments first, among those the one that waits longest.

    `writing` counts the comments that others are writing now (leases), so that a class that opens the page
    at once spreads itself. Left out are one's own, those in `mine` (already commented), and those whose
    author is in `not_by` (one's group, conflicts). Works posted at the same time come in an order of
    one's own.
    """
    underway = writing or {}
    open_to_me = [
        work
        for work in works
        if work.eligible and work.author != me and work.id not in mine and work.author not in not_by
    ]
    return sorted(
        open_to_me,
        key=lambda work: (
            received.get(work.id, 0) + underway.get(work.id, 0),
            work.posted,
            draw(seed, me, work.id),
        ),
    )
