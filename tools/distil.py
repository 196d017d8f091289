"""`python -m tools.distil [--also FILE.jsonl …]`: distils the teacher into `classroom/meaning/en/vectors/`.

First every word piece of plain ASCII is embedded alone (as Model2Vec does) and weighted by its rank: the
vocabulary is sorted by frequency, so this is Zipf's weight. Then the table is corrected so that the sum over
the words of a sentence comes near to what the teacher makes of the whole sentence: ridge regression towards
the first table. Sentences: all of `tests/meaning/data` that is not kept aside, and those of `--also` (rows
with a `text`), of which nothing but their effect on the numbers remains. Stored in 8 bits, with a scale each.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from classroom.meaning.tokens import plain_words
from classroom.meaning.vectors import pieces_of
from tools.data import ROOT, by, rows, to_learn_from
from tools.teacher import Array, Teacher

OUT = ROOT / "classroom" / "meaning" / "en" / "vectors"
WIDTH = 192
PULL = 1.0  # towards the first table
_PIECE = re.compile(r"(##)?[\x21-\x7e]+")
_SPECIAL = re.compile(r"\[(?:PAD|UNK|CLS|SEP|MASK|unused\d+)\]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SHORTEST, _LONGEST = 8, 400
_STEPS, _NEAR = 300, 1e-4


def pieces(teacher: Teacher) -> list[tuple[str, int]]:
    """The pieces that English text is made of, with their ids, most frequent first."""
    known = teacher.tokenizer.get_vocab()
    kept = [
        (name, at) for name, at in known.items() if _PIECE.fullmatch(name) and not _SPECIAL.fullmatch(name)
    ]
    return sorted(kept, key=lambda one: one[1])


def sentences(also: Sequence[Path]) -> list[str]:
    """What the table is corrected by."""
    used = {row["work"] for row in to_learn_from("comments")}
    whole = [row["text"] for name in ("comments", "questions", "replies") for row in to_learn_from(name)]
    parts = [
        text
        for work in used
        for text in (by("works", "work")[work]["post"], by("works", "work")[work]["brief"])
    ]
    asked = {row["brief"] for row in to_learn_from("questions")}
    parts += [row["brief"] for row in rows("briefs") if row["brief_id"] in asked]
    set_tasks = {row["task"] for row in to_learn_from("replies")}
    parts += [
        row[name] for row in rows("tasks") if row["task_id"] in set_tasks for name in ("task", "answer_key")
    ]
    for path in also:
        parts += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    cut = [one.strip() for text in (*whole, *parts) for one in _SENTENCE.split(text)]
    return list(dict.fromkeys(text for text in (*whole, *cut) if _SHORTEST < len(text) < _LONGEST))


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--also", nargs="*", type=Path, default=[])
    also = parser.parse_args(arguments).also
    teacher = Teacher()
    kept = pieces(teacher)
    start, end = (teacher.tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    alone = teacher.embed_ids([[start, index, end] for _, index in kept], batch=256)
    texts = sentences(also)
    save(
        [name for name, _ in kept], corrected(alone, [name for name, _ in kept], texts, teacher.embed(texts))
    )
    sys.stdout.write(f"{len(kept)} pieces, {WIDTH} numbers each, corrected by {len(texts)} sentences\n")


def corrected(alone: Array, names: Sequence[str], texts: Sequence[str], taught: Array) -> Array:
    """The table whose sums come nearest to the teacher, with a pull towards the pieces alone."""
    centred = taught - taught.mean(0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    basis = directions[:, ::-1][:, :WIDTH]
    goal = centred @ basis
    goal /= np.linalg.norm(goal, axis=1, keepdims=True)
    first = (alone - alone.mean(0)) @ basis * _weights(len(names))[:, None]
    bags = _bags(names, texts)
    sums = bags @ first
    size = float((sums * goal).sum() / (sums * sums).sum())
    return np.asarray(size * first + bags.T @ _solved(bags, goal - size * sums), np.float32)


def _solved(bags: csr_matrix, goal: Array) -> Array:
    """x of (B·Bᵀ + PULL)·x = goal by conjugate gradients, all columns at once: B is sparse, B·Bᵀ is not."""
    found = np.zeros_like(goal)
    left, way = goal.copy(), goal.copy()
    size = (left * left).sum(0)
    for _ in range(_STEPS):
        moved = bags @ (bags.T @ way) + PULL * way
        step = size / np.maximum((way * moved).sum(0), 1e-12)
        found += step * way
        left -= step * moved
        before, size = size, (left * left).sum(0)
        if float(size.max()) < _NEAR:
            break
        way = left + (size / np.maximum(before, 1e-12)) * way
    return found


def _weights(count: int) -> Array:
    """Small for the commonest: the logarithm of the rank."""
    return np.asarray(np.log(1 + np.arange(1, count + 1)) / np.log(1 + count), np.float32)


def _bags(names: Sequence[str], texts: Sequence[str]) -> csr_matrix:
    """Which pieces each text has; a text of n pieces counts each by 1/√n."""
    at = {name: index for index, name in enumerate(names)}
    places: list[tuple[int, int, float]] = []
    for row, text in enumerate(texts):
        found = [piece for word in plain_words(text) for piece in pieces_of(word, at)]
        places += [(row, piece, len(found) ** -0.5) for piece in found]
    which, columns, values = zip(*places, strict=True)
    return csr_matrix((values, (which, columns)), shape=(len(texts), len(names)))


def save(names: Sequence[str], table: Array) -> None:
    scales = np.maximum(np.abs(table).max(1) / 127, 1e-6)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "pieces.txt").write_text("\n".join(names), encoding="utf-8")
    np.save(OUT / "table.npy", np.round(table / scales[:, None]).astype(np.int8))
    np.save(OUT / "scales.npy", scales.astype(np.float16))


if __name__ == "__main__":
    main(sys.argv[1:])
