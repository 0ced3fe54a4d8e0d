"""The training configuration: what is read, and errors that name file, key and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import ConfigError, DataMissing, ExtraMissing
from quotes.training.config import Source, data_folder, encoder_folder, read_config

GOOD = """
name = "tiny"
version = "0.1"
notes = ["One.", "Two."]
[data]
train = ["a.jsonl", {file = "b.jsonl", every = 3}]
partly = ["c.jsonl"]
dev = "d.jsonl"
[encoder]
package = "some_package"
[model]
hidden = 16
heads = 4
[training]
epochs = 2
weights = [1, 0.5, 0]
"""
SHIPPED = Path(__file__).resolve().parents[2] / "models" / "en_quotes_sm" / "config.toml"


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_configuration(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, GOOD))
    assert (config.name, config.version, config.language, config.seed, config.threads) == ("tiny", "0.1", "en", 0, 2)
    assert config.notes == ("One.", "Two.")
    assert config.sources == [Source("a.jsonl"), Source("b.jsonl", 3), Source("c.jsonl", partly=True)]
    assert config.table("training")["weights"] == [1, 0.5, 0]
    assert config.table("decode") == {}


def test_the_shipped_configuration_is_one() -> None:
    assert read_config(SHIPPED).name == "en_quotes_sm"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "tiny"', "", "name"),
        ('version = "0.1"', "", "version"),
        ('train = ["a.jsonl", {file = "b.jsonl", every = 3}]', "", "data.train"),
        ('dev = "d.jsonl"', "", "data.dev"),
        ('[encoder]\npackage = "some_package"', "", "encoder"),
    ],
)
def test_a_missing_key_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(ConfigError, match=rf"\[Q002\] .*config\.toml: the key '{key}' is missing. Copy it from"):
        read_config(write(tmp_path, GOOD.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "key", "cure"),
    [
        ("epochs = 2", "epochs = 0", "training.epochs", "a whole number from 1"),
        ("epochs = 2", "epochs = true", "training.epochs", "a whole number from 1"),
        ("epochs = 2", "epochs = '2'", "training.epochs", "a whole number from 1"),
        ("epochs = 2", "window = 600", "training.window", "from 16 to 510"),
        ("epochs = 2", "window = 4", "training.window", "from 16 to 510"),
        ("epochs = 2", "ema = 1.5", "training.ema", "from 0 to 1"),
        ("epochs = 2", "ema = nan", "training.ema", "from 0 to 1"),
        ("epochs = 2", "bf16 = 1", "training.bf16", "true or false"),
        ("[1, 0.5, 0]", "[1, 0.5]", "training.weights", "three numbers"),
        ("[1, 0.5, 0]", "1", "training.weights", "three numbers"),
        ("hidden = 16", 'hidden = "16"', "model.hidden", "a whole number"),
        ("heads = 4", "heads = 5", "model.heads", "divides model.hidden"),
        ('train = ["a.jsonl"', 'train = "a.jsonl" # ', "data.train", "a list of files"),
        ('train = ["a.jsonl"', "train = [] # ", "data.train", "a list of files"),
        ("every = 3", "every = 0", "data.train", "every = 10"),
        ("every = 3", "each = 3", "data.train", "every = 10"),
        ('file = "b.jsonl"', "every = 2 #", None, None),
        ('dev = "d.jsonl"', "dev = 5", "data.dev", "a text"),
        ('name = "tiny"', 'name = "../tiny"', "name", "letters, digits"),
        ('name = "tiny"', "name = 5", "name", "letters, digits"),
        ('notes = ["One.", "Two."]', 'notes = "One."', "notes", "a list of texts"),
        ('package = "some_package"', "", "encoder", "encoder.package or encoder.folder"),
    ],
)
def test_a_value_that_can_not_be_is_named_with_its_cure(
    tmp_path: Path, old: str, new: str, key: str | None, cure: str | None
) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        read_config(write(tmp_path, GOOD.replace(old, new)))
    assert "config.toml" in caught.value.message
    if key and cure:
        assert f"'{key}'" in caught.value.message
        assert cure in caught.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("epoch = 3\n" + GOOD, "unknown key 'epoch'. Known: .*version"),
        (GOOD + "epoch = 3", "unknown key 'training.epoch'. Known: .*epochs"),
        (GOOD.replace("[model]\nhidden = 16\nheads = 4", "").replace("notes", "model"), "'model' must be a table"),
        ("name = ", "Can't read the training configuration .* Pass a TOML file"),
    ],
)
def test_what_is_unknown_or_no_toml(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_config(write(tmp_path, text))


def test_no_file_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Can't read"):
        read_config(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="Can't read"):
        read_config(tmp_path / "bytes.toml")


def test_the_folder_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_DATA", "somewhere")
    assert data_folder(None) == Path("somewhere")
    assert data_folder(Path("given")) == Path("given")
    monkeypatch.delenv("QUOTES_DATA")
    with pytest.raises(ConfigError, match="--data FOLDER"):
        data_folder(None)


@pytest.mark.parametrize("package", ["no_such_package", "no.such.package", "", "."])
def test_an_encoder_that_is_not_installed(package: str) -> None:
    with pytest.raises(ExtraMissing, match=r"quotedesk\[train\]"):
        encoder_folder({"package": package})


def test_a_folder_of_an_encoder(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").touch()
    with pytest.raises(DataMissing, match=r"tokenizer\.json. Set encoder\.folder"):
        encoder_folder({"folder": str(tmp_path)})
    (tmp_path / "tokenizer.json").touch()
    assert encoder_folder({"folder": str(tmp_path)}) == tmp_path
