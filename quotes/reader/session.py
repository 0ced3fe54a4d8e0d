"""A model folder: `meta.json`, `tokenizer.json` and `model.onnx`, checked by their hashes and run by ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.errors import ModelDamaged
from quotes.reader.decode import Floats
from quotes.reader.features import DocArrays, Encode, piece_encoder
from quotes.reader.windows import Window, collate

FORMAT = 2
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


def open_model(folder: Path) -> Model:
    """Load a model folder after checking it. Raises `ModelDamaged`, which names the file and the cure."""
    from tokenizers import Tokenizer

    meta = read_meta(folder)
    check_files(folder, meta)
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises bare exceptions of its own
        raise ModelDamaged(f"The tokenizer in {folder} can't be loaded ({error}). {CURE}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(meta, piece_encoder(tokenizer), open_session(folder / "model.onnx"))


def open_session(path: Path) -> Any:
    """Return an ONNX Runtime session for a file, of one thread: `reader.ahead` has several windows read at once.

    Raises `ModelDamaged`.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises bare exceptions of its own
        raise ModelDamaged(f"The model {path} can't be loaded ({error}). {CURE}") from error


Outputs = tuple[Floats, Floats, Floats]


def run(session: Any, arrays: DocArrays, window: Window) -> tuple[Outputs, Floats | None]:
    """Return the outputs for the words of a window, and the states [pieces, hidden] of a middle layer, where the model
    gives them out.

    One window at a time: int8 activations are scaled over the whole batch, so that in company a window would read
    differently from run to run (up to .005 of F1), and records would depend on which texts stand beside them.
    """
    tags, cues, sources, *states = session.run(None, collate([(arrays, window)]).inputs())
    return (tags[0], cues[0], sources[0]), states[0][0] if states else None
