"""Small random documents: what must hold of any scores, and equality with the reference scorer where it is present."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes import scoring
from quotes.scoring.names import same_lastname, same_strict
from quotes.scoring.regions import quoted_regions

ALPHABET = "ab A1.,!? \n\n“”\"'‘’`«»the Mr"
SPEAKERS = ["Ann Bell", "Mr. Bell", "Mrs. Bell", "Bell", "bo", "The Fund", "Bo Stone Jr.", "", None]
FOLDER = Path(os.environ.get("QUOTES_SHARED") or Path(__file__).resolve().parents[3] / "shared")

names = st.sampled_from(SPEAKERS)
texts = st.text(ALPHABET, min_size=1, max_size=60)


def _spans(length: int, most: int = 3) -> st.SearchStrategy[list[list[int]]]:
    one = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    return st.lists(one.map(list), max_size=most)


def _quotes(length: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        st.fixed_dictionaries(
            {
                "content": _spans(length),
                "source": _spans(length, 1),
                "type": st.sampled_from(["direct", "mixed", "indirect", None]),
                "speaker": names,
                "speaker_aliases": st.lists(names, max_size=2),
                "kind": st.sampled_from(["x", "y"]),
            }
        ),
        max_size=4,
    )


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw gold documents and predictions for them."""
    gold, predicted = [], []
    for number in range(draw(st.integers(1, 2))):
        text = draw(texts)
        gold.append({"id": str(number), "text": text, "quotes": draw(_quotes(len(text)))})
        predicted.append({"id": str(number), "quotes": draw(_quotes(len(text)))})
    return gold, predicted


def _reference() -> ModuleType:
    path = FOLDER / "eval" / "score.py"
    spec = importlib.util.spec_from_file_location("reference_score", path)
    if not path.is_file() or spec is None or spec.loader is None:
        pytest.skip(f"no reference scorer {path}; set QUOTES_SHARED to compare with it")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The reference scorer."""
    return _reference()


OPTIONS = st.sampled_from(
    [{}, {"types": ("direct",)}, {"types": ("mixed", "indirect")}, {"by_id": True}, {"where": {"kind": {"x"}}}]
)


@pytest.mark.shared
@settings(max_examples=300, deadline=None)
@given(pair=documents(), options=OPTIONS)
def test_scores_equal_the_reference(
    pair: tuple[list[dict[str, Any]], list[dict[str, Any]]], options: dict[str, Any], reference: ModuleType
) -> None:
    reference._np_cache.clear()  # it remembers by the first 40 characters, which random texts share
    expected, _ = reference.score(*pair, warn=False, **options)
    found, _ = scoring.score(*pair, **options)
    assert json.dumps(found) == json.dumps(expected)
    assert scoring.format_report(found) == reference.fmt(expected)


@pytest.mark.shared
@settings(max_examples=300, deadline=None)
@given(text=st.text(ALPHABET, max_size=120))
def test_quoted_regions_equal_the_reference(text: str, reference: ModuleType) -> None:
    reference._np_cache.clear()
    assert quoted_regions(text) == reference.quoted_regions(text)


@pytest.mark.shared
@given(a=st.text("AbBo ' ’.MrsJr", max_size=14) | names, b=st.text("AbBo ' ’.MrsJr", max_size=14))
def test_names_equal_the_reference(a: str | None, b: str, reference: ModuleType) -> None:
    assert same_strict(a, [b]) == reference.same_strict(a, [b])
    assert same_lastname(a, [b], [["Bo"]]) == reference.same_lastname(a, [b], [["Bo"]])


@given(documents())
def test_scores_are_shares_and_counts_agree(pair: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    summary, _ = scoring.score(*pair)
    detection = summary["overall"]["detection"]
    assert detection["exact"]["tp"] <= detection["overlap"]["tp"]
    assert detection["overlap"]["gold"] == sum(len(d["quotes"]) for d in pair[0])
    assert detection["overlap"]["pred"] == sum(len(d["quotes"]) for d in pair[1])
    for row in [*detection.values(), summary["overall"]["attribution"]]:
        assert 0 <= row["p"] <= 1
        assert 0 <= row["r"] <= 1
        assert min(row["p"], row["r"]) <= row["f1"] + 1e-4 <= max(row["p"], row["r"]) + 2e-4
    by_type = summary["by_type"].values()
    assert sum(b["detection"]["overlap"]["tp"] for b in by_type) == detection["overlap"]["tp"]


@given(documents())
def test_gold_finds_itself(pair: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    gold = [{**d, "quotes": [q for q in d["quotes"] if any(e > s for s, e in q["content"])]} for d in pair[0]]
    summary, _ = scoring.score(gold, gold, by_id=True)
    attribution = summary["overall"]["attribution"]
    assert attribution["tp"] == attribution["gold"]
