"""Reprint every figure of the README as a Markdown table: `python tests/bench/figures.py [--pipeline rules]`.

Needs the gold data beside the checkout, or its folder in `$QUOTES_SHARED`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from quotes import scoring  # noqa: E402
from quotes.corpora import GoldDoc, read_gold, to_prediction  # noqa: E402
from quotes.errors import QuotesError  # noqa: E402

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PARTS = ("all", "direct", "mixed", "indirect")
FILES = {
    "PolNeAR dev": "polnear/dev.jsonl.gz",
    "PolNeAR dev, resolved": "polnear/dev_resolved.jsonl.gz",
    "PDNC dev": "pdnc/dev.jsonl.gz",
    "LitBank dev": "litbank/dev.jsonl.gz",
    "GUM dev": "gum/dev.jsonl.gz",
    "seed article": "seed_article.gold.json",
}
SCORES = {
    "exact": ("detection", "exact"),
    "overlap": ("detection", "overlap"),
    "token": ("detection", "token"),
    "attribution": ("attribution",),
    "speaker": ("speaker_strict",),
    "speaker, last name": ("speaker_lastname",),
}
AGREEMENT = {
    "all": (0.691, 0.796, 0.913, 0.780),
    "direct": (0.950, 0.982, 0.994, 0.980),
    "mixed": (0.782, 0.934, 0.957, 0.911),
    "indirect": (0.606, 0.723, 0.846, 0.698),
}
Predictions = list[dict[str, Any]]
Row = dict[str, float | None]


@dataclass(slots=True)
class Run:
    """What one system found in some documents, on how many it raised and on how many it found nothing."""

    predictions: Predictions = field(default_factory=list)
    raised: int = 0
    empty: set[str] = field(default_factory=set)
    seconds: float = 0.0


def data_folder() -> Path:
    """Return the folder of gold data, or end with a message that names the cure."""
    folder = Path(os.environ.get("QUOTES_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        raise SystemExit(f"There is no gold data in {folder}. Set QUOTES_SHARED to the folder that holds data/.")
    return folder


def run_ours(documents: Sequence[GoldDoc], nlp: Language) -> Run:
    """Run a pipeline of ours, each document by itself, so that a failure would be seen."""
    from quotes.inputs import Document
    from quotes.pipeline import extract

    run, start = Run(), time.perf_counter()
    for document in documents:
        try:
            found = [to_prediction(r) for r in extract([Document(id=document.id, text=document.text)], nlp=nlp)]
        except Exception as error:  # noqa: BLE001 - counted and told: this is the measurement
            run.raised += 1
            found = [{"id": document.id, "quotes": []}]
            print(f"{document.id}: {error!r}", file=sys.stderr)  # noqa: T201
        _add(run, found)
    run.seconds = time.perf_counter() - start
    return run


def run_textacy(documents: Sequence[GoldDoc], nlp: Language) -> Run:
    """Run textacy's extractor on Docs of the same spaCy pipeline without our components."""
    from textacy.extract import direct_quotations

    return run_triples(documents, plain_docs(documents, nlp), direct_quotations)


def run_triples(documents: Iterable[GoldDoc], docs: Iterable[Doc], extractor: Callable[[Doc], Iterable[Any]]) -> Run:
    """Run an extractor of (speaker, cue, content) triples; a Doc on which it raises has no quotations."""
    run = Run()
    for document, doc in zip(documents, docs, strict=True):
        try:
            triples = list(extractor(doc))
        except ValueError:
            run.raised += 1
            triples = []
        _add(run, [{"id": document.id, "quotes": [_triple(triple) for triple in triples]}])
    return run


def plain_docs(documents: Iterable[GoldDoc], nlp: Language) -> Iterator[Doc]:
    """Yield Docs without annotations of ours."""
    from quotes.factories import COMPONENTS

    ours = [name for name in COMPONENTS if name in nlp.pipe_names]
    for document in documents:
        with nlp.select_pipes(disable=ours):
            doc = nlp(document.text)
        yield doc


def _add(run: Run, found: Predictions) -> None:
    run.predictions += found
    run.empty |= {p["id"] for p in found if not p["quotes"]}


def _triple(triple: Any) -> dict[str, Any]:
    def spans(tokens: Iterable[Any]) -> list[list[int]]:
        return [[token.idx, token.idx + len(token)] for token in tokens]

    content = [[triple.content.start_char, triple.content.end_char]]
    return {"type": "direct", "content": content, "cue": spans(triple.cue), "source": spans(triple.speaker)}


def rows_of(documents: Iterable[GoldDoc], predictions: Predictions) -> dict[str, Row]:
    """Return the F1 scores by part (all, direct, ...) and name; None where gold has nothing to score."""
    summary, _ = scoring.score([document.as_dict() for document in documents], predictions)
    blocks = {"all": summary["overall"], **summary["by_type"]}
    return {part: {name: _f1(block, keys) for name, keys in SCORES.items()} for part, block in blocks.items()}


def _f1(block: dict[str, Any], keys: Sequence[str]) -> float | None:
    value: Any = block
    for key in keys:
        value = value.get(key, {})
    return float(value["f1"]) if value.get("gold") else None


def agreement() -> dict[str, Row]:
    """Return how far PolNeAR's annotators agree with each other, as published with the data."""
    names = ("exact", "overlap", "token", "attribution")
    return {part: dict(zip(names, figures, strict=True)) for part, figures in AGREEMENT.items()}


def table(title: str, systems: dict[str, dict[str, Row]]) -> str:
    """Return a Markdown table: a row per part and system, a column per score that any of them has."""
    rows = [(part, name, found[part]) for part in PARTS for name, found in systems.items() if part in found]
    columns = [c for c in SCORES if any(row.get(c) is not None for _, _, row in rows)]
    lines = [
        f"### {title}",
        "",
        f"| quotations | system | {' | '.join(columns)} |",
        f"|---|---|{'---|' * len(columns)}",
    ]
    for part, name, row in rows:
        lines.append(f"| {part} | {name} | {' | '.join(_cell(row.get(column)) for column in columns)} |")
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def rescued(rival: Run, ours: Run, documents: Sequence[GoldDoc]) -> int:
    """Return on how many documents with quotations the rival gives nothing while ours gives something."""
    quoted = {document.id for document in documents if document.quotes}
    return len((rival.empty - ours.empty) & quoted)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipeline", action="append", choices=["rules", "full"], help="default: all that are there")
    parser.add_argument("--only", action="append", choices=sorted(FILES), help="measure on this file only")
    options = parser.parse_args(arguments)
    folder = data_folder()
    pipelines = load_pipelines(options.pipeline or ["full", "rules"])
    for title in options.only or FILES:
        print(report(title, list(read_gold(folder / FILES[title])), pipelines), end="\n\n", flush=True)  # noqa: T201


def load_pipelines(names: Sequence[Any]) -> dict[str, Language]:
    """Return the pipelines that can be loaded; tells which can't."""
    from quotes.pipeline import load

    found = {}
    for name in names:
        try:
            found[name] = load(pipeline=name)
        except QuotesError as error:
            print(f"without '{name}': {error}", file=sys.stderr)  # noqa: T201
    if not found:
        raise SystemExit("No pipeline can be loaded.")
    return found


def report(title: str, documents: Sequence[GoldDoc], pipelines: dict[str, Language]) -> str:
    """Return the table of one file, and under PolNeAR's how often textacy's extractor fails."""
    runs = {f"quotedesk, {name}": run_ours(documents, nlp) for name, nlp in pipelines.items()}
    systems = {name: rows_of(documents, run.predictions) for name, run in runs.items()}
    notes = [f"{name}: {run.seconds:.0f} s, raised on {run.raised} of {len(documents)}" for name, run in runs.items()]
    if title == "PolNeAR dev":
        rival = run_textacy(documents, next(iter(pipelines.values())))
        direct = rows_of(documents, rival.predictions).get("direct", {})
        systems |= {"textacy": {"direct": direct}, "annotators among each other": agreement()}
        notes.append(f"textacy: raises on {rival.raised} of {len(documents)}, nothing on {len(rival.empty)}")
        notes += [f"{name} finds quotations in {rescued(rival, r, documents)} of these" for name, r in runs.items()]
    return "\n".join([table(title, systems), "", *(f"* {note}" for note in notes)])


if __name__ == "__main__":
    main()
