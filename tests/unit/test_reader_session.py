"""Model folders: what is checked before a model is used, and how windows are run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tiny_reader import META, StandIn, random_arrays, write_tokenizer

from quotes.errors import ModelDamaged, ModelNotFound
from quotes.paths import DEFAULT_MODEL
from quotes.reader import load_reader
from quotes.reader.session import FILES, check_files, digest, open_model, read_meta, run
from quotes.reader.windows import cut

CURE = "Install quotedesk again.*`quotes train`"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model folder of the right form whose network is no network."""
    write_tokenizer(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"not a network" * 100)
    return sign(tmp_path)


def sign(folder: Path, **changes) -> Path:
    meta = {**META, "files": {name: digest(folder / name) for name in FILES["reader"]}, **changes}
    (folder / "meta.json").write_text(json.dumps({k: v for k, v in meta.items() if v is not None}), encoding="utf-8")
    return folder


def refused(folder: Path, words: str) -> None:
    with pytest.raises(ModelDamaged, match=rf"(?s)\[Q102\].*{words}.*{CURE}"):
        open_model(folder)


def test_good_files_pass(folder: Path) -> None:
    meta = read_meta(folder)
    check_files(folder, meta)
    assert meta["name"] == "tiny"


def test_a_truncated_network(folder: Path) -> None:
    data = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(data[: len(data) // 2])
    refused(folder, "model.onnx is damaged")


def test_one_wrong_byte(folder: Path) -> None:
    data = bytearray((folder / "tokenizer.json").read_bytes())
    data[10] ^= 1
    (folder / "tokenizer.json").write_bytes(bytes(data))
    refused(folder, "tokenizer.json is damaged")


@pytest.mark.parametrize("name", FILES["reader"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    refused(folder, f"{name} is missing")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "{}", "\x00"])
def test_metadata_that_are_none(folder: Path, text: str) -> None:
    (folder / "meta.json").write_text(text, encoding="utf-8")
    refused(folder, "Can't read .*meta.json")


def test_metadata_that_are_gone(folder: Path) -> None:
    (folder / "meta.json").unlink()
    refused(folder, "Can't read .*meta.json")


@pytest.mark.parametrize("key", ["name", "window", "overlap", "decode", "files"])
def test_metadata_without_a_key(folder: Path, key: str) -> None:
    refused(sign(folder, **{key: None}), key)


def test_metadata_that_name_no_hash_of_the_network(folder: Path) -> None:
    refused(sign(folder, files={"tokenizer.json": digest(folder / "tokenizer.json")}), "model.onnx")


def test_another_format(folder: Path) -> None:
    refused(sign(folder, format=99), "has format 99")


def test_files_of_the_right_hash_that_are_no_model(folder: Path) -> None:
    refused(folder, "can't be loaded")
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    refused(sign(folder), "can't be loaded")


def test_no_such_model() -> None:
    with pytest.raises(ModelNotFound, match=r"\[Q101\].*Pass a path"):
        load_reader("no/such/model")


def test_the_shipped_model_refuses_to_run_damaged(tmp_path: Path) -> None:
    shipped = Path(__file__).resolve().parents[2] / "models" / DEFAULT_MODEL
    if not (shipped / "model.onnx").is_file():
        pytest.skip("no model in models/")
    shutil.copytree(shipped, tmp_path / "model")
    with (tmp_path / "model" / "model.onnx").open("rb+") as file:
        file.truncate(1_000_000)
    with pytest.raises(ModelDamaged, match=CURE):
        load_reader(tmp_path / "model")


def test_a_window_is_read_by_itself_and_outputs_have_its_size() -> None:
    arrays = random_arrays([1] * 90, [i // 5 for i in range(90)], [0] * 90)
    for w in cut(arrays, 20, 5):
        (tags, to_cue, to_source), states = run(StandIn(), arrays, w)
        assert states is None
        n = w.end - w.start
        assert (tags.shape, to_cue.shape, to_source.shape) == ((n, 6), (n, n + 1), (n, n + 1))
