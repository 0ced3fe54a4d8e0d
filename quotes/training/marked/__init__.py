"""Marks of who is meant, made for this project, beside the gold data: `passages.txt.gz`, texts of our own, and
`news.jsonl.gz`, places in articles of PolNeAR's training part (no words of them).

Both were made with a large language model that read each text as an annotator would, following written guidelines; of
40 marks of the news that were read again one was arguable. In a line of the passages `{2|her}` marks a mention of the
passage's second person. A line of the news is `{"id", "mentions": [[start, end, entity], ...]}`, end-exclusive code
points into the article; pronouns and descriptions that mean nobody who is named are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.corpora import gold_lines, parse_line

HERE = Path(__file__).resolve().parent
PASSAGES, NEWS = HERE / "passages.txt.gz", HERE / "news.jsonl.gz"
ARTICLES = "polnear/train.jsonl.gz"
"""The file that the news marks are about, below the folder of gold data."""
_MARK = re.compile(r"\{(\d+)\|([^{}|]+)\}")


def passages() -> Iterator[dict[str, Any]]:
    """Yield our own passages as rows of gold coreference: `id`, `text`, `mentions`."""
    for number, (line, _) in enumerate(gold_lines(PASSAGES), 1):
        yield {"id": f"passage/{number}", **unmarked(line.rstrip("\n"))}


def unmarked(line: str) -> dict[str, Any]:
    """Return the `text` of a marked line and its `mentions`: `start`, `end`, `cluster`.

    Raises `ValueError` where a brace or bar is left over.
    """
    text, mentions, last = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[last : mark.start()]
        mentions.append({"start": len(text), "end": len(text) + len(mark[2]), "cluster": mark[1]})
        text, last = text + mark[2], mark.end()
    text += line[last:]
    if re.search(r"[{}|]", text):
        raise ValueError(f"A mark is not closed, or empty: {line[:80]!r}")
    return {"text": text, "mentions": mentions}


def marked(articles: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield those articles whose mentions are marked, with `mentions`, as `by_mentions` reads them."""
    marks = _news()
    for row in articles:
        if row["id"] in marks:
            found = [{"start": s, "end": e, "cluster": str(entity)} for s, e, entity in marks[row["id"]]]
            yield {**row, "mentions": found}


def _news() -> dict[str, list[tuple[int, int, int]]]:
    rows = (parse_line(line, where) for line, where in gold_lines(NEWS))
    return {row["id"]: row["mentions"] for row in rows}
