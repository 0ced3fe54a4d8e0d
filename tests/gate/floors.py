"""Score floors on our own corpus: measure, compare, raise or (on demand) lower what `floors.json` pins."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

FLOORS = Path(__file__).resolve().parent / "floors.json"
MARGIN = 0.02
SCORES = {
    "overlap": ("detection", "overlap"),
    "attribution": ("attribution",),
    "speaker": ("speaker_strict",),
}
Scores = dict[str, float]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sha256(path: Path) -> str:
    """Return the hash by which the floors know the corpus they were measured on."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure(nlp: Language, path: Path) -> Scores:
    """Return F1 by name (`direct.attribution`, ...) of a pipeline on a gold file."""
    from quotes import scoring
    from quotes.inputs import Document
    from quotes.pipeline import extract

    gold = read_gold(path)
    records = extract([Document(id=document["id"], text=document["text"]) for document in gold], nlp=nlp)
    summary, _ = scoring.score(gold, [record.model_dump(mode="json") for record in records])
    return flatten(summary)


def flatten(summary: dict[str, Any]) -> Scores:
    """Return the F1 scores that are pinned, overall and by type, from the scorer's summary."""
    scores = {}
    for part, block in {"all": summary["overall"], **summary["by_type"]}.items():
        for name, keys in SCORES.items():
            value = block
            for key in keys:
                value = value[key]
            scores[f"{part}.{name}"] = float(value["f1"])
    return scores


def missed(floors: Scores, measured: Scores) -> list[str]:
    """Return a line for each floor that a score is below of, or that was not measured at all."""
    return [
        f"{name}: {measured.get(name, 0.0):.4f} is below the floor {floor:.4f}"
        for name, floor in sorted(floors.items())
        if measured.get(name, 0.0) < floor
    ]


def raised(floors: Scores, measured: Scores, *, lower: bool = False) -> Scores:
    """Return new floors, `MARGIN` below what was measured. Unless `lower`, no floor falls or goes."""
    fresh = {name: max(0.0, round(value - MARGIN, 3)) for name, value in measured.items()}
    if lower:
        return fresh
    return {name: max(fresh.get(name, 0.0), floors.get(name, 0.0)) for name in {**floors, **fresh}}


def read_floors() -> dict[str, Any]:
    """Return the pinned floors: `corpus_sha256`, and scores by pipeline."""
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def write_floors(floors: dict[str, Any]) -> None:
    """Write the floors, sorted, for a readable diff."""
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
