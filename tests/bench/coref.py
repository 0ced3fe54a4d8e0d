"""Who is who, beside a baseline: `python tests/bench/coref.py [FILE ...] [--pipeline rules]`, files below data/.

The baseline has our mentions, names and agreement, and takes the nearest entity that agrees in place of the learned
ranker; a description that no name explains stays alone. It is an ablation, no rival of another make: for that see
`beside_coreferee.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import data_folder

from quotes.coref import Resolution, resolve
from quotes.coref.nodes import Node
from quotes.evaluate_coref import evaluate_clusters, evaluate_gap, what_is_in
from quotes.pipeline import load
from quotes.spans import read_readings

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILES = ("coref/litbank_dev.jsonl.gz", "coref/ontogum_dev.jsonl.gz", "coref/gum_dev.jsonl.gz", "gap/dev.jsonl.gz")


def nearest(node: Node, candidates: Any, rows: Any) -> list[tuple[int, float]]:
    """Return the nearest candidate of a pronoun, none of a description."""
    return [(entity, 1.0) for entity in candidates if node.pronoun][:1]


def by_nearest(docs: Sequence[Doc]) -> list[Resolution]:
    """Resolve by the baseline; stands in for `predict` of `speaker_coref`."""
    return [resolve(doc, list(read_readings(doc).values()), nearest) for doc in docs]


def row(name: str, path: Path, nlp: Any) -> str:
    """Return the scores of a file as a row of a Markdown table."""
    if what_is_in(path) == "gap":
        return f"| {name} | | | | F1 {evaluate_gap(path, nlp)['f1']:.3f} | |"
    found = evaluate_clusters(path, nlp)
    scores = " | ".join(f"{found[metric]['f1']:.3f}" for metric in ("muc", "b3", "ceafe"))
    return f"| {name} | {scores} | {found['conll']:.3f} | {found['coverage']:.2f} |"


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--pipeline", choices=["rules", "full"])
    given = parser.parse_args()
    nlp = load(pipeline=given.pipeline)
    resolver = nlp.get_pipe("speaker_coref")
    tell("| | MUC | B3 | CEAFe | mean | mentions scored |\n|---|---|---|---|---|---|")
    for name in given.files:
        path = data_folder() / name
        resolver.__dict__.pop("predict", None)
        tell(row(name.split(".")[0], path, nlp))
        resolver.predict = by_nearest
        tell(row("the nearest that agrees", path, nlp))


if __name__ == "__main__":
    main()
