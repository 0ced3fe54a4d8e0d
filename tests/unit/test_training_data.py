"""Gold files to parsed documents: errors with their line, the cache, one in so many, arrays and labels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tiny_reader import encode, gold_line, marks, tokenise, write_gold

from quotes.errors import BadGold, DataMissing
from quotes.training.data import examples, load_parsed


class Parser:
    """Counts the texts that it parses."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[Any]:
        self.seen += texts
        return [tokenise(t) for t in texts]


def regions(doc: Any) -> Any:
    return marks(doc.text)


def load(path: Path, cache: Path | None = None, parse: Any = None, **options: Any) -> Any:
    return load_parsed(path, cache, parse or Parser(), regions, **options)


def test_documents_come_with_doc_and_regions(tmp_path: Path) -> None:
    found = load(write_gold(tmp_path / "gold.jsonl", 3))
    assert [p.gold["id"] for p in found] == ["d0", "d1", "d2"]
    assert found[0].doc.text == found[0].gold["text"]
    assert len(found[0].regions) == 1


def test_each_so_manyth_document(tmp_path: Path) -> None:
    parse = Parser()
    found = load(write_gold(tmp_path / "gold.jsonl", 5), parse=parse, every=2)
    assert [p.gold["id"] for p in found] == ["d0", "d2", "d4"]
    assert len(parse.seen) == 3


@pytest.mark.parametrize("span", [[5, 5], [9, 3], [-1, 3], [0, 9999], ["0", "1"], [True, 2]])
def test_broken_offsets_are_named_with_their_line(tmp_path: Path, span: Any) -> None:
    broken = gold_line(1)
    broken["quotes"][1]["cue"] = [span]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(x) for x in (gold_line(0), broken)), encoding="utf-8")
    with pytest.raises(BadGold, match=r"\[Q301\] .*gold\.jsonl, line 2, quote b, cue: .*end-exclusive"):
        load(path)


def test_no_file_and_no_document(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"none\.jsonl"):
        load(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n\n", encoding="utf-8")
    with pytest.raises(BadGold, match=r"no document in .*empty\.jsonl"):
        load(tmp_path / "empty.jsonl")


def test_parses_are_kept_by_the_hash_of_the_file(tmp_path: Path) -> None:
    path, cache, parse = write_gold(tmp_path / "gold.jsonl", 4), tmp_path / "cache", Parser()
    first = load(path, cache, parse)
    again = load(path, cache, parse)
    assert len(parse.seen) == 4
    assert [[t.text for t in p.doc] for p in again] == [[t.text for t in p.doc] for p in first]
    assert [p.doc.has_annotation("SENT_START") for p in again] == [True] * 4
    load(path, cache, parse, every=2)
    assert len(parse.seen) == 6
    load(write_gold(path, 3), cache, parse)
    assert len(parse.seen) == 9
    assert not list(cache.glob("*.part"))


def test_features_do_not_change_with_the_cache(tmp_path: Path) -> None:
    path, cache = write_gold(tmp_path / "gold.jsonl", 2), tmp_path / "cache"
    fresh, kept = examples(load(path, cache), encode), examples(load(path, cache), encode)
    for (a, x), (b, y) in zip(fresh, kept, strict=True):
        assert (a.feats == b.feats).all()
        assert (a.pieces == b.pieces).all()
        assert (a.sent == b.sent).all()
        assert (x.tag == y.tag).all()


def test_a_parser_that_changes_the_text(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match=r"'d0' has another text\. Delete the cache"):
        load(write_gold(tmp_path / "gold.jsonl", 1), parse=lambda texts: [tokenise(t + "!") for t in texts])


def test_examples_of_partly_annotated_files(tmp_path: Path) -> None:
    parsed = load(write_gold(tmp_path / "gold.jsonl", 1))
    ((_, full),), ((_, partly),) = examples(parsed, encode), examples(parsed, encode, partly=True)
    assert full.known.all()
    assert 0 < partly.known.sum() < len(partly.known)
    assert (full.tag == partly.tag).all()
