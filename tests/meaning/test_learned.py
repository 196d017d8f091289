"""The learned scores: what they may do, what they may not, and that their pieces can be shown."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

import classroom.meaning
from classroom.meaning import assess
from classroom.meaning.engine import by_rules, study
from classroom.meaning.learned import Features, Scores, scores
from classroom.meaning.tokens import read
from classroom.meaning.vectors import Vectors, vectors
from classroom.meaning.weighing import marks
from tools.data import by, to_learn_from

TABLE = "feature\tgood\tbad\n+\t0.5\t-1\n=long\t2\t0\nrusty swing\t1\t-0.5\n~0\t1\t0\n~1\t0\t1\n"


def test_a_score_is_the_sum_of_its_pieces():
    learned = Scores(TABLE)
    features = Features(
        {"long": 0.5, "unheard": 9.0}, frozenset({"rusty swing", "of"}), np.array([0.25, 0.5])
    )
    found = learned.of(features)
    share = 1 / np.sqrt(8)
    assert found["good"] == pytest.approx(0.5 + 2 * 0.5 + share + 0.25)
    assert found["bad"] == pytest.approx(-1 - 0.5 * share + 0.5)


def test_the_telling_words_are_those_of_most_weight_and_never_idle():
    tokens = read("the rusty swing of the").sentences[0].tokens
    learned = Scores(TABLE + "the\t5\t0\n")
    assert [token.word for token in learned.telling("good", tokens, frozenset({"the", "of"}))] == [
        "rusty",
        "swing",
    ]
    assert learned.telling("bad", tokens, frozenset({"the"})) == ()


def test_words_of_one_meaning_lie_near_and_others_far():
    table = vectors("en")
    near = float(table.mean(["deadline"]) @ table.mean(["due", "date"]))
    far = float(table.mean(["deadline"]) @ table.mean(["hamster"]))
    assert near > far + 0.1
    assert float(np.linalg.norm(table.mean(["photosynthesis"]))) == pytest.approx(1, abs=1e-3)
    assert not table.mean([]).any()
    assert not table.rows(["☃"]).any()


def test_a_held_comment_always_shows_its_words():
    works = by("works", "work")
    for row in to_learn_from("comments")[::9]:
        work = works[row["work"]]
        verdict = assess(
            row["text"], post=work["post"], brief=work["brief"], quote=row["quote"], earlier=row["earlier"]
        )
        assert not verdict.hold or all(verdict.hold_words)


def test_a_score_alone_neither_holds_nor_refuses():
    """Without a sign of the rules nothing is added, however the score may stand."""
    works = by("works", "work")
    for row in to_learn_from("comments")[::9]:
        work = works[row["work"]]
        studied = study(
            row["text"], post=work["post"], brief=work["brief"], quote=row["quote"], earlier=row["earlier"]
        )
        ruled = by_rules(studied)
        verdict = assess(
            row["text"], post=work["post"], brief=work["brief"], quote=row["quote"], earlier=row["earlier"]
        )
        if ruled.meaningful and not verdict.meaningful:
            assert verdict.found("doubt.empty")
        if verdict.hold and not ruled.hold:
            assert all(one.words for one in verdict.found("tone.snark.likely"))


def test_everything_fits_on_a_small_machine():
    """Under 8 MB of files, under 60 MB of memory for the tables."""
    folder = Path(classroom.meaning.__file__).parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.suffix != ".pyc") < 8_000_000
    tracemalloc.start()
    held = (
        Vectors("en"),
        *(Scores((folder / "en" / "weights" / f"{name}.tsv").read_text()) for name in KINDS),
    )
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held
    assert used < 60_000_000


KINDS = ("comments", "asking", "answered", "passages", "replies")


def test_every_score_has_its_thresholds():
    kept = marks("en")
    assert set(kept) == {"comments", "questions", "replies"}
    assert {"held", "fair", "counts", "counts in spite", "empty"} <= set(kept["comments"])
    assert set(scores("en", "comments").names) >= {"meaningful", "held", "praise"}
