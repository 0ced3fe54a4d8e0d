"""Gold documents: read JSON Lines, check every offset, and turn quotes into labels per word."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.errors import BadGold, DataMissing
from quotes.reader.features import DocArrays, Ints
from quotes.reader.windows import Window

ROLES = ("content", "cue", "source")
IGNORE = -100


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a `.jsonl` or `.jsonl.gz` file. Raises `DataMissing` or `BadGold`, naming the line."""
    if not path.is_file():
        raise DataMissing(f"There is no data file {path}. Set `data` in the configuration to the folder that holds it.")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _document(line, f"{path.name}, line {number}")


def _document(line: str, where: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
        text, quotes = document["text"], document["quotes"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadGold(
            f"{where}: not a gold document ({error!r}). Each line is an object with `text` and `quotes`."
        ) from error
    for quote in quotes:
        for role in ROLES:
            for span in quote.get(role) or []:
                check_span(span, len(text), f"{where}, quote {quote.get('id')}, {role}")
    return dict(document)


def check_span(span: Any, length: int, where: str) -> None:
    """Raise `BadGold` unless `span` is `[start, end]` with 0 <= start < end <= length."""
    good = isinstance(span, list) and len(span) == 2 and all(isinstance(x, int) for x in span)
    if not good or not 0 <= span[0] < span[1] <= length:
        raise BadGold(
            f"{where}: broken offsets {span!r} in a text of {length} characters. "
            f"Offsets are end-exclusive code points; export the file again."
        )


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one document's words: `tag` [n] as in `model.TAGS`, `owner` [n] the quote whose content or cue the
    word is in (or -1), and the words of each quote's cue and source."""

    tag: Ints
    owner: Ints
    cues: tuple[Ints, ...]
    sources: tuple[Ints, ...]


def labels(arrays: DocArrays, spans: list[tuple[int, int]], quotes: list[dict[str, Any]]) -> Labels:
    """Return the labels of a document; `spans` are the characters of each word."""
    n = len(arrays)
    starts, ends = np.array([s for s, _ in spans]), np.array([e for _, e in spans])
    tag, owner = np.zeros(n, np.int32), np.full(n, -1, np.int32)
    found: dict[str, list[Ints]] = {"cue": [], "source": []}

    def words(ranges: list[list[int]]) -> list[Ints]:
        return [np.flatnonzero((starts < e) & (ends > s)).astype(np.int32) for s, e in ranges or []] if n else []

    for k, quote in enumerate(quotes):
        for part in words(quote["content"]):
            tag[part], owner[part] = 1, k
    for k, quote in enumerate(quotes):
        for role, base in (("source", 4), ("cue", 2)):
            parts = [p for p in words(quote.get(role) or []) if len(p)]
            for part in parts:
                tag[part], tag[part[0]] = base + 1, base
                owner[part] = k if role == "cue" else -1
            found[role].append(np.concatenate(parts) if parts else np.zeros(0, np.int32))
    return Labels(tag, owner, tuple(found["cue"]), tuple(found["source"]))


def targets(lab: Labels, window: Window, width: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return tags [w], and the multi-hot targets [w, w + 1] of the pointers; the last column is none.

    Rows without any target are not trained on: all words that are no cue, in the second pointer.
    """
    s, e = window.start, window.end
    tag = np.full(width, IGNORE, np.int64)
    tag[: e - s] = lab.tag[s:e]
    cue, source = np.zeros((width, width + 1), bool), np.zeros((width, width + 1), bool)
    cue[: e - s, width] = True
    for k in np.unique(lab.owner[s:e]):
        if k < 0:
            continue
        mine = np.flatnonzero((lab.owner[s:e] == k) & (lab.tag[s:e] == 1))
        asks = np.flatnonzero((lab.owner[s:e] == k) & (lab.tag[s:e] >= 2))
        _point(cue, mine, lab.cues[k] - s, e - s, width)
        _point(source, asks, lab.sources[k] - s, e - s, width)
    return tag, cue, source


def _point(matrix: NDArray[Any], rows: NDArray[Any], columns: NDArray[Any], size: int, width: int) -> None:
    columns = columns[(columns >= 0) & (columns < size)]
    matrix[rows, width] = len(columns) == 0
    if len(columns) and len(rows):
        matrix[np.ix_(rows, columns)] = True
