"""Where models are looked for: the environment first, then the wheel, the checkout, and a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes import paths
from quotes.errors import ModelNotFound


def put(folder: Path, name: str) -> Path:
    """Make an empty model folder and return it."""
    (folder / name).mkdir(parents=True)
    (folder / name / "meta.json").write_text("{}", encoding="utf-8")
    return folder / name


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder in a checkout, both empty, with `$QUOTES_MODELS` set beside them."""
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "checkout" / "quotes")
    monkeypatch.setenv("QUOTES_MODELS", str(tmp_path / "env"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_order_is_environment_wheel_checkout_path(rooms: Path) -> None:
    by_path = put(rooms, "m")
    assert paths.find_model("m").resolve() == by_path
    for folder in [rooms / "checkout/models", rooms / "checkout/quotes/_models", rooms / "env"]:
        assert paths.find_model("m").resolve() != put(folder, "m")
        assert paths.find_model("m") == folder / "m"


def test_an_absolute_path_is_taken(rooms: Path) -> None:
    put(rooms / "env", "m")
    assert paths.find_model(str(put(rooms / "else", "m"))) == rooms / "else" / "m"


def test_a_folder_without_meta_is_no_model(rooms: Path) -> None:
    (rooms / "env" / "half").mkdir(parents=True)
    with pytest.raises(ModelNotFound):
        paths.find_model("half")
    assert paths.installed_models() == []


def test_the_error_lists_what_there_is_and_names_the_cure(rooms: Path) -> None:
    put(rooms / "env", "b")
    put(rooms / "checkout/models", "a")
    put(rooms / "checkout/quotes/_models", "b")
    with pytest.raises(ModelNotFound) as error:
        paths.find_model("nope")
    assert str(error.value).startswith("[Q101] Can't find the model 'nope'. Models found: a, b. ")
    assert "QUOTES_MODELS" in str(error.value)


def test_no_model_at_all(rooms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUOTES_MODELS")
    assert len(paths.model_folders()) == 2
    with pytest.raises(ModelNotFound, match="Models found: none"):
        paths.find_model()


def test_data_files_are_read_from_the_package() -> None:
    assert paths.data_text("cues.en.json").startswith("{")
    with pytest.raises(FileNotFoundError):
        paths.data_text("nothing.json")
