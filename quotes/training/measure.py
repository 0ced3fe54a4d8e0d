"""Score a reader on gold documents: `python -m quotes.training.measure --model NAME GOLD`."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from quotes.reader import Reader, load_reader
from quotes.scoring import TYPES, outcomes, score
from quotes.scoring.calibration import expected_calibration_error, reliability
from quotes.training.data import Parsed, load_parsed, spacy_parse
from quotes.types import Range, Reading

Json = dict[str, Any]


def prediction(item: Parsed, readings: Sequence[Reading]) -> Json:
    """Return one predicted document in the scorer's form, offsets in characters."""
    doc = item.doc

    def chars(spans: Sequence[Range]) -> list[list[int]]:
        return [[doc[s].idx, doc[e - 1].idx + len(doc[e - 1])] for s, e in spans]

    quotes = [
        {
            "id": f"q{i}",
            "content": chars(r.content),
            "cue": chars(r.cue),
            "source": chars(r.source),
            "type": r.type,
            "confidence": r.score,
        }
        for i, r in enumerate(readings)
    ]
    return {"id": item.gold["id"], "quotes": quotes}


def predict(reader: Reader, parsed: Sequence[Parsed], batch: int = 32) -> list[Json]:
    """Return the reader's predictions for parsed gold documents."""
    found = []
    for i in range(0, len(parsed), batch):
        group = parsed[i : i + batch]
        rows = reader.read([p.doc for p in group], [p.regions for p in group])
        found += [prediction(p, r) for p, r in zip(group, rows, strict=True)]
    return found


def brief(gold: Sequence[Json], predictions: Sequence[Json]) -> dict[str, dict[str, float]]:
    """Return F1 of attribution, overlap, exact and token, and the accuracy of sources, over all and by type."""
    summary, _ = score(gold, predictions)
    rows = {"all": summary["overall"], **{t: summary["by_type"][t] for t in TYPES if t in summary.get("by_type", {})}}
    return {name: _row(block) for name, block in rows.items()}


def _row(block: Json) -> dict[str, float]:
    attribution = block["attribution"]
    found = {"attribution": attribution["f1"], "p": attribution["p"], "r": attribution["r"]}
    found |= {name: block["detection"][name]["f1"] for name in ("overlap", "exact", "token")}
    return {**found, "source": attribution["accuracy_on_matched"]}


def confidence(gold: Sequence[Json], predictions: Sequence[Json]) -> Json:
    """Return the expected calibration error over all and by type, and the reliability table."""
    pairs = outcomes(gold, predictions)
    by_type = {t: expected_calibration_error([(c, ok) for c, ok, k in pairs if k == t]) for t in TYPES}
    every = [(c, ok) for c, ok, _ in pairs]
    table = [[b.low, b.high, b.count, round(b.confidence, 4), round(b.accuracy, 4)] for b in reliability(every)]
    return {"ece": {"all": expected_calibration_error(every), **by_type}, "table": table}


@click.command(help=__doc__)
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--model", default="en_quotes_sm", show_default=True, help="Name or folder of the model.")
@click.option("--cache", type=click.Path(path_type=Path), help="Folder that keeps parses.")
@click.option("--no-gate", is_flag=True, help="Read every paragraph.")
def main(gold: Path, model: str, cache: Path | None, no_gate: bool) -> None:
    """Print scores, calibration and speed as JSON."""
    reader = load_reader(model)
    reader.gating = not no_gate
    parsed = load_parsed(gold, cache, *spacy_parse())
    began = time.perf_counter()
    predictions = predict(reader, parsed)
    seconds = time.perf_counter() - began
    golds = [p.gold for p in parsed]
    words = sum(len(p.doc) for p in parsed)
    facts = {"scores": brief(golds, predictions), **confidence(golds, predictions), "words_per_second": words / seconds}
    click.echo(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
