"""The learned scores: what they may do, what they may not, and that their pieces can be shown."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

import classroom.meaning
from classroom.meaning import assess
from classroom.meaning.engine import by_rules, study
from classroom.meaning.features import signs_in
from classroom.meaning.learned import Examples, Features, Scores, examples, scores
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


def test_a_text_beside_an_example_sounds_like_it_and_one_far_off_like_none():
    near_to = Examples(
        {
            "names": np.array(["loud"]),
            "centre": np.zeros(3, np.float32),
            "directions": np.eye(3, dtype=np.float16),
            "examples": np.array([[10, 0, 0], [0, 10, 0]], np.int8),
            "scales": np.full(3, 0.1, np.float32),
            "shares": np.array([2.0, -2.0], np.float32),
            "numbers": np.array([0.5, 1.0, 3.0], np.float32),
        }
    )

    def heard(loud, *vector):
        return near_to.of(Features({"loud": loud}, frozenset(), np.array(vector, np.float32)))

    assert heard(1.0, 0, 0) == pytest.approx(3 * (2 - 2 * np.exp(-2.0) + 0.5), rel=1e-3)
    assert heard(0.0, 0.5, 0) == pytest.approx(3 * (2 * np.exp(-2.0) - 2 + 0.5), rel=1e-3)
    assert heard(9.0, 9, 9) == pytest.approx(1.5, rel=1e-3)


def test_another_language_is_a_folder_more():
    """No module names a language but the one that says which is read where a text is too short to tell."""
    folder = Path(classroom.meaning.__file__).parent
    named = [path.name for path in folder.glob("*.py") if '"en"' in path.read_text(encoding="utf-8")]
    assert named == ["lexicon.py"]


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
            assert any(signs_in(one, studied.at.lex) for one in studied.heard)


def test_everything_fits_on_a_small_machine():
    """Under 8 MB of files, under 60 MB of memory for the tables."""
    folder = Path(classroom.meaning.__file__).parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.suffix != ".pyc") < 8_000_000
    examples.cache_clear()
    tracemalloc.start()
    held = (
        Vectors("en"),
        examples("en", "held"),
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
