"""A model folder: `meta.json`, `tokenizer.json` and `model.onnx`, checked by their hashes and run by ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quotes.errors import ModelDamaged
from quotes.reader.decode import Floats
from quotes.reader.features import DocArrays, Encode, piece_encoder
from quotes.reader.windows import Window, collate

FORMAT = 2
# One window at a time: int8 activations are scaled over the whole batch, so that in company a window would read
# differently from run to run (up to .005 of F1), and records would depend on which texts stand beside them.
PIECES_PER_BATCH = 1
FILES = {"reader": ("model.onnx", "tokenizer.json"), "antecedents": ("model.onnx",)}
KEYS = {
    "reader": ("name", "version", "window", "overlap", "decode", "files"),
    "antecedents": ("name", "version", "reader", "rank", "weight", "files"),
}
"""What a model of each kind must have."""
CURE = "Install quotedesk again, restore the folder from the repository, or train it anew with `quotes train`."


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model: its metadata, a function from a word to its pieces, and the ONNX session."""

    meta: dict[str, Any]
    encode: Encode
    session: Any


def read_meta(folder: Path) -> dict[str, Any]:
    """Return `meta.json` of a model folder. Raises `ModelDamaged` where it can't be used."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta["format"] != FORMAT:
            raise ModelDamaged(
                f"The model in {folder} has format {meta['format']}, this version reads {FORMAT}. {CURE}"
            )
        kind = meta.get("kind", "reader")
        missing = [k for k in KEYS[kind] if k not in meta] + [n for n in FILES[kind] if n not in meta["files"]]
        if missing:
            raise KeyError(missing[0])
        return dict(meta)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(f"Can't read {folder / 'meta.json'} ({error!r}). {CURE}") from error


def check_files(folder: Path, meta: dict[str, Any]) -> None:
    """Raise `ModelDamaged` unless every file that the metadata names is there with the right SHA-256."""
    for name, wanted in meta["files"].items():
        path = folder / name
        if not path.is_file():
            raise ModelDamaged(f"The model file {path} is missing. {CURE}")
        if digest(path) != wanted:
            raise ModelDamaged(f"The model file {path} is damaged (its checksum differs from meta.json). {CURE}")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_model(folder: Path, threads: int | None = None) -> Model:
    """Load a model folder after checking it. Raises `ModelDamaged`, which names the file and the cure.

    Without `threads` they are $QUOTES_READER_THREADS, or 2; the worker processes of a batch run have one each.
    """
    from tokenizers import Tokenizer

    meta = read_meta(folder)
    check_files(folder, meta)
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises bare exceptions of its own
        raise ModelDamaged(f"The tokenizer in {folder} can't be loaded ({error}). {CURE}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(meta, piece_encoder(tokenizer), open_session(folder / "model.onnx", threads))


def open_session(path: Path, threads: int | None = None) -> Any:
    """Return an ONNX Runtime session for a file, `threads` as in `open_model`. Raises `ModelDamaged`."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or int(os.environ.get("QUOTES_READER_THREADS") or 2)
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # two sessions take turns
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises bare exceptions of its own
        raise ModelDamaged(f"The model {path} can't be loaded ({error}). {CURE}") from error


Item = tuple[int, DocArrays, Window]
Outputs = tuple[Floats, Floats, Floats]


def run(session: Any, items: Sequence[Item]) -> Iterator[tuple[int, Window, Outputs, Floats | None]]:
    """Yield (document, window, outputs, states) for windows of any documents, batched by length; not in the given
    order. `states` [pieces, hidden] are those of a middle layer, where the model gives them out."""
    for group in by_length(items):
        batch = collate([(a, w) for _, a, w in group])
        tags, cues, sources, *states = session.run(None, batch.inputs())
        for row, (k, a, w) in enumerate(group):
            n, size = w.end - w.start, int(a.first[w.end] - a.first[w.start]) + 2
            middle = states[0][row, :size] if states else None
            yield k, w, (tags[row, :n], trim(cues[row], n), trim(sources[row], n)), middle


def by_length(items: Sequence[Item], pieces: int = PIECES_PER_BATCH) -> Iterator[list[Item]]:
    """Yield groups of windows of like length whose padded size is at most `pieces` (or one window)."""
    group: list[Item] = []
    for item in sorted(items, key=_size):
        if group and (len(group) + 1) * _size(item) > pieces:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _size(item: Item) -> int:
    _, a, w = item
    return int(a.first[w.end] - a.first[w.start])


def trim(scores: Floats, n: int) -> Floats:
    """Return pointer scores [n, n + 1] of a padded row: the words, then none."""
    return np.concatenate([scores[:n, :n], scores[:n, -1:]], axis=-1)
