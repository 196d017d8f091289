"""What learning any score needs: the features as a table, weights without one group, how they are kept."""

import json
import math
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from classroom.meaning.learned import FEWEST_GRAMS, Examples, Features, placed
from tools.data import ROOT

CURVES = ROOT / "benchmarks" / "meaning" / "curves.json"
WEIGHTS = ROOT / "classroom" / "meaning" / "en" / "weights"
FEWEST = 3  # texts that a gram must be in
DIRECTIONS, PATIENCE, NARROWNESS = 160, 2.0, 0.12  # of the likeness to examples
TOO_SMALL = 0.02  # weights under this are left out
Truth = np.ndarray  # one number a text: 1, 0, or NaN where nobody judged it


class Table:
    """The features of many texts as one sparse matrix, and the names of its columns."""

    def __init__(self, features: Sequence[Features], learn: Sequence[int]) -> None:
        counted = Counter(gram for index in learn for gram in features[index].grams)
        grams = sorted(gram for gram, count in counted.items() if count >= FEWEST)
        named = sorted({name for index in learn for name in features[index].named})
        width = len(features[0].vector)
        self.names = [f"={name}" for name in named] + grams + [f"~{index}" for index in range(width)]
        at_gram = {gram: index for index, gram in enumerate(grams)}
        self.matrix = hstack(
            [
                csr_matrix([[one.named.get(name, 0.0) for name in named] for one in features]),
                self._grams(features, at_gram),
                csr_matrix(np.stack([one.vector for one in features])),
            ]
        ).tocsr()

    @staticmethod
    def _grams(features: Sequence[Features], at: dict[str, int]) -> csr_matrix:
        rows, columns, values = [], [], []
        for index, one in enumerate(features):
            known = [at[gram] for gram in one.grams if gram in at]
            rows += [index] * len(known)
            columns += known
            values += [1 / math.sqrt(max(FEWEST_GRAMS, len(known)))] * len(known)
        return csr_matrix((values, (rows, columns)), shape=(len(features), len(at)))


def fitted(table: Table, learn: Sequence[int], truth: Truth, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=1000, solver="liblinear").fit(
        table.matrix[learn], truth[learn]
    )


def folds(groups: Sequence[str], count: int = 6) -> list[int]:
    """Whole groups dealt out evenly by name, so that no group is learned from and tried at once."""
    order = {
        group: index % count
        for index, group in enumerate(sorted(set(groups), key=lambda one: (hash_of(one), one)))
    }
    return [order[group] for group in groups]


def hash_of(text: str) -> int:
    """The same in every run."""
    return zlib.crc32(text.encode())


def left_out(
    features: Sequence[Features], groups: Sequence[str], tasks: dict[str, Truth], strength: float
) -> dict[str, Truth]:
    """Each text's score by weights that were learned without its group; NaN where nobody judged it."""
    fold = np.array(folds(groups))
    found = {name: np.full(len(features), np.nan) for name in tasks}
    for number in sorted(set(fold)):
        table = Table(features, np.flatnonzero(fold != number))
        for name, truth in tasks.items():
            judged = ~np.isnan(truth)
            learn, test = np.flatnonzero((fold != number) & judged), np.flatnonzero((fold == number) & judged)
            if len(test):
                model = fitted(table, learn, truth, strength)
                found[name][test] = model.decision_function(table.matrix[test])
    return found


def near(features: Sequence[Features], truth: Truth, size: float = 1.0) -> dict[str, np.ndarray]:
    """What `Examples` keeps: the examples beside the border between the two kinds, and how each counts."""
    names = sorted({name for one in features for name in one.named})
    points = np.stack([placed(one, names) for one in features])
    centre = points.mean(0)
    _, _, directions = np.linalg.svd(points - centre, full_matrices=False)
    directions = directions[:DIRECTIONS].T.astype(np.float16)
    model = SVC(C=PATIENCE, gamma=NARROWNESS)
    model.fit((points - centre) @ directions.astype(np.float32), truth)
    kept = model.support_vectors_
    scales = np.abs(kept).max(0) / 127
    return {
        "names": np.array(names),
        "centre": centre.astype(np.float32),
        "directions": directions,
        "examples": np.round(kept / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "shares": model.dual_coef_[0].astype(np.float32),
        "numbers": np.array([model.intercept_[0], NARROWNESS, size], np.float32),
    }


def near_left_out(features: Sequence[Features], groups: Sequence[str], truth: Truth) -> Truth:
    """As `left_out`, by likeness to examples."""
    fold, judged = np.array(folds(groups)), ~np.isnan(truth)
    found = np.full(len(features), np.nan)
    for number in sorted(set(fold)):
        learn = np.flatnonzero((fold != number) & judged)
        examples = Examples(near([features[index] for index in learn], truth[learn]))
        for index in np.flatnonzero((fold == number) & judged):
            found[index] = examples.of(features[index])
    return found


def written(
    path: Path, names: Sequence[str], columns: Sequence[str], weights: np.ndarray, bias: Sequence[float]
) -> None:
    """The table as text; rows whose weights are all too small to matter are left out."""
    lines = ["\t".join(["feature", *columns]), "\t".join(["+", *(f"{one:.3f}" for one in bias)])]
    for name, row in zip(names, weights, strict=True):
        if name.startswith("~") or np.abs(row).max() >= TOO_SMALL:
            lines.append("\t".join([name, *(f"{one:.3f}".rstrip("0").rstrip(".") for one in row)]))
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def learned(kind: str, features: Sequence[Features], tasks: dict[str, Truth], strength: float) -> None:
    """One column a task, all over the same rows."""
    everything = range(len(features))
    table = Table(features, everything)
    weights, bias = [], []
    for truth in tasks.values():
        judged = [index for index in everything if not np.isnan(truth[index])]
        model = fitted(table, judged, truth, strength)
        weights.append(model.coef_[0])
        bias.append(float(model.intercept_[0]))
    written(WEIGHTS / f"{kind}.tsv", table.names, list(tasks), np.stack(weights, axis=1), bias)


def marked(kind: str, marks: dict[str, float]) -> None:
    """Thresholds, kept beside the weights."""
    path = WEIGHTS / "marks.json"
    path.parent.mkdir(exist_ok=True)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[kind] = {name: round(value, 3) for name, value in marks.items()}
    path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def at_most(scores: Truth, wrong: Truth, share: float) -> float:
    """The lowest threshold above which lies at most this share of the `wrong` ones."""
    ranked = np.sort(scores[wrong])[::-1]
    allowed = int(share * len(ranked))
    return float(ranked[allowed]) + 1e-6 if allowed < len(ranked) else float("-inf")


def curve(name: str, scores: Truth, truth: Truth) -> None:
    """Precision, recall and false alarms at forty thresholds, of scores that never saw the text's group."""
    judged = ~np.isnan(truth) & ~np.isnan(scores)
    true, found = truth[judged] > 0, scores[judged]
    lines = []
    for mark in np.quantile(found, np.linspace(0.01, 0.99, 40)):
        told = found >= mark
        hits = float((told & true).sum())
        lines.append(
            (
                float(mark),
                hits / max(1.0, float(told.sum())),
                hits / float(true.sum()),
                float(told[~true].mean()),
            )
        )
    kept = json.loads(CURVES.read_text(encoding="utf-8")) if CURVES.exists() else {}
    kept[name] = [[round(value, 3) for value in line] for line in lines]
    CURVES.write_text(json.dumps(kept, sort_keys=True) + "\n", encoding="utf-8")
