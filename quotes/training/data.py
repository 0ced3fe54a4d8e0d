"""Parsed training data: gold documents with their Docs, quoted regions, arrays and labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from quotes.corpora import read_gold
from quotes.errors import BadGold
from quotes.reader.edges import outer_ranges
from quotes.reader.features import DocArrays, Encode, doc_arrays
from quotes.reader.session import digest
from quotes.training.gold import Labels, labels
from quotes.types import Region

Parse = Callable[[Sequence[str]], Sequence[Any]]
FindRegions = Callable[[Any], Sequence[Region]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A gold document, its Doc and the quoted regions of its text."""

    gold: dict[str, Any]
    doc: Any
    regions: Sequence[Region]


def load_parsed(
    path: Path, cache: Path | None, parse: Parse, find_regions: FindRegions, every: int = 1
) -> list[Parsed]:
    """Read and parse a gold file, or each `every`th document of it. With `cache`, parses are kept there by the file's
    hash and used again. Raises `DataMissing` or `BadGold`, naming the line."""
    golds = [g.as_dict() for g in islice(read_gold(path), None, None, every)]
    if not golds:
        raise BadGold(f"There is no document in {path}. Each line must be one, with `id`, `text` and `quotes`.")
    docs = _docs(path, [g["text"] for g in golds], cache, parse, every)
    found = [Parsed(g, d, find_regions(d)) for g, d in zip(golds, docs, strict=True)]
    for item in found:
        if item.doc.text != item.gold["text"]:
            raise BadGold(f"The parse of '{item.gold['id']}' has another text. Delete the cache {cache}.")
    return found


def _docs(path: Path, texts: Sequence[str], cache: Path | None, parse: Parse, every: int) -> list[Any]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    if cache is None:
        return list(parse(texts))
    kept = cache / f"{path.name.split('.')[0]}-{digest(path)[:16]}-{every}.spacy"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        DocBin(docs=parse(texts)).to_disk(part)
        part.replace(kept)
    return list(DocBin().from_disk(kept).get_docs(Vocab()))


def examples(parsed: Sequence[Parsed], encode: Encode, partly: bool = False) -> list[tuple[DocArrays, Labels]]:
    """Return arrays and labels of each document; `partly` says that not all of its quotations are annotated."""
    rows = []
    for item in parsed:
        arrays = doc_arrays(item.doc, outer_ranges(item.regions), encode)
        spans = [(item.doc[int(i)].idx, item.doc[int(i)].idx + len(item.doc[int(i)])) for i in arrays.token]
        rows.append((arrays, labels(arrays, spans, item.gold["quotes"], partly)))
    return rows


def spacy_parse() -> tuple[Parse, FindRegions]:
    """Return the two functions of the shipped pipeline: from texts to Docs, and from a Doc to its regions."""
    from quotes import pipeline
    from quotes.marks import pair

    nlp = pipeline.load(pipeline="rules")
    ours = [name for name in nlp.pipe_names if name.startswith(("quote_", "speaker_"))]

    def parse(texts: Sequence[str]) -> list[Any]:
        with nlp.select_pipes(disable=ours):
            return list(nlp.pipe(texts, batch_size=16))

    return parse, lambda doc: pair(doc.text)
