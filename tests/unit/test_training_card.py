"""The model card and the folder of a model: all from `meta.json`, which never blesses a damaged file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tiny_reader import META

from quotes.errors import ModelDamaged
from quotes.reader.session import FILES, FORMAT, check_files, digest, read_meta
from quotes.training.card import card
from quotes.training.config import read_config
from quotes.training.package import main, refresh, write_meta

ROW = {"attribution": 0.7, "overlap": 0.8, "exact": 0.6, "token": 0.9, "source": 0.95, "p": 0.1}
FULL: dict[str, Any] = {
    "name": "tiny", "version": "0.1", "language": "en", "encoder": "mini",
    "sizes": {"int8": 23_700_000, "fp32": 93_400_000}, "cosine": 0.99912,
    "scores": {"fp32": {"all": ROW, "direct": {**ROW, "exact": 0.1234}}, "int8": {"all": ROW}},
    "spread": {"PDNC dev": {"direct": {"attribution": 0.81, "source": 0.9}}},
    "confidence": {"ece": {"all": 0.0123, "direct": 0.02}, "table": [[0.1, 0.2, 7, 0.15, 0.143]]},
    "training": {
        "settings": {"epochs": 2}, "data": {"a.jsonl": "0123456789abcdef0000"}, "partly": ["a.jsonl"],
        "history": [{"epoch": 0, "step": 9, **ROW}],
    },
    "notes": ["Tried and left."],
}  # fmt: skip
CONFIG = """
name = "tiny"
version = "0.2"
notes = ["One note."]
[data]
train = ["a.jsonl"]
partly = [{file = "b.jsonl", every = 2}]
dev = "c.jsonl"
[encoder]
package = "mini"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path / "config.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "tiny"
    found.mkdir()
    for name in FILES["reader"]:
        (found / name).write_bytes(name.encode())
    files = {name: digest(found / name) for name in FILES["reader"]}
    (found / "meta.json").write_text(json.dumps({**META, **FULL, "files": files}), encoding="utf-8")
    return found


def test_the_card_holds_what_the_metadata_say() -> None:
    text = card(FULL)
    for line in (
        "# tiny 0.1",
        "23.7 MB (fp32 93.4 MB)",
        "| type | attribution | overlap | exact | token | source right |",
        "| direct | 0.700 | 0.800 | 0.123 | 0.900 | 0.950 |",
        "Expected calibration error of attribution (cross-fitted over documents): all 0.012, direct 0.020.",
        "| 0.1 | 0.2 | 7 | 0.150 | 0.143 |",
        "* epochs: 2",
        "* data `a.jsonl`: SHA-256 `0123456789abcdef`",
        "* partly annotated, so that only sentences with a quotation were trained on: `a.jsonl`",
        "| 1 | 9 | 0.700 | 0.800 | 0.600 |",
        "* Tried and left.",
    ):
        assert line in text


def test_the_cosine_is_named_for_what_it_is() -> None:
    assert "cosine of the tag logits, int8 to fp32: 0.9991" in card(FULL)
    assert "hidden" not in card(FULL)


def test_other_corpora_have_tables_with_the_columns_that_they_have() -> None:
    text = card(FULL).partition("## Scores on other corpora")[2].partition("## Confidence")[0]
    assert "**PDNC dev**\n\n| type | attribution | source right |\n|---|---|---|\n| direct | 0.810 | 0.900 |" in text


@pytest.mark.parametrize("key", ["spread", "confidence", "notes", "scores", "training"])
def test_what_is_not_known_has_no_table(key: str) -> None:
    heads = {
        "spread": "other corpora",
        "confidence": "## Confidence",
        "notes": "What was tried",
        "scores": "on dev",
        "training": "* epochs: 2",
    }
    assert heads[key] in card(FULL)
    assert heads[key] not in card({k: v for k, v in FULL.items() if k != key})


def test_the_card_of_the_least() -> None:
    assert card({k: FULL[k] for k in ("name", "version", "language", "encoder")}).startswith("# tiny 0.1\n")


def test_a_score_that_one_row_lacks_leaves_a_blank() -> None:
    text = card({**FULL, "scores": {"x": {"all": {"exact": 0.5}, "direct": {"exact": 0.25, "token": 0.5}}}})
    assert "| all | 0.500 |  |\n| direct | 0.250 | 0.500 |" in text


def test_written_metadata_can_be_read_and_hold(config: Path, folder: Path) -> None:
    meta = write_meta(folder, read_config(config), {"notes": ["N."]})
    assert read_meta(folder) == meta
    check_files(folder, meta)
    assert (meta["version"], meta["encoder"], meta["window"]) == ("0.2", "mini", 254)
    assert (folder / "README.md").read_text(encoding="utf-8") == card(meta)


def test_notes_come_from_the_configuration(config: Path, folder: Path) -> None:
    before = read_meta(folder)
    after = refresh(folder, read_config(config))
    assert (after["notes"], after["training"]["partly"]) == (["One note."], ["b.jsonl"])
    assert {k: v for k, v in after.items() if k not in ("notes", "training")} == {
        k: v for k, v in before.items() if k not in ("notes", "training")
    }
    assert "* One note." in (folder / "README.md").read_text(encoding="utf-8")


def test_a_damaged_model_is_not_given_fitting_hashes(config: Path, folder: Path) -> None:
    before = (folder / "meta.json").read_bytes()
    (folder / "model.onnx").write_bytes(b"other")
    with pytest.raises(ModelDamaged):
        refresh(folder, read_config(config))
    assert (folder / "meta.json").read_bytes() == before


def test_from_the_shell_with_scores_of_other_corpora(config: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "spread.json").write_text(json.dumps({"GUM dev": {"all": {"attribution": 0.42}}}), encoding="utf-8")
    result = CliRunner().invoke(main, [str(config), str(folder), "--spread", str(tmp_path / "spread.json")])
    assert (result.exit_code, result.output) == (0, "")
    assert "**GUM dev**\n\n| type | attribution |\n|---|---|\n| all | 0.420 |" in (folder / "README.md").read_text()


def test_the_shipped_card_is_in_step() -> None:
    shipped = Path(__file__).resolve().parents[2] / "models" / "en_quotes_sm"
    meta = json.loads((shipped / "meta.json").read_text(encoding="utf-8"))
    if meta["format"] != FORMAT:
        pytest.skip(f"the model in models/ has format {meta['format']}, the code reads {FORMAT}")
    assert (shipped / "README.md").read_text(encoding="utf-8") == card(meta)
    assert meta["notes"] == list(read_config(shipped / "config.toml").notes)
