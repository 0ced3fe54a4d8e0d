"""Our scores against the reference scorer beside the repository: equal JSON, equal text, on perturbed gold."""

from __future__ import annotations

import copy
import gzip
import importlib.util
import json
import random
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from quotes import scoring
from quotes.errors import QuotesWarning
from quotes.scoring.coref import score_coref

pytestmark = pytest.mark.shared

FILES = ["polnear/dev", "pdnc/dev", "litbank/dev", "gum/dev"]
WHERE = {
    "polnear/dev": {"cue_class": {"speech"}},
    "pdnc/dev": {"quote_type": {"Implicit", "Explicit"}},
    "litbank/dev": {"speaker_named": {"True"}},
    "gum/dev": {"polarity": {"positive"}},
}


def reference(shared: Path, name: str) -> ModuleType:
    """Load a module of the reference scorer by its path."""
    path = shared / "eval" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"reference_{name}", path)
    if spec is None or spec.loader is None or not path.is_file():
        pytest.skip(f"no reference scorer {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(shared: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def perturb(documents: list[dict[str, Any]], seed: int = 7) -> list[dict[str, Any]]:
    """Return gold with quotations dropped, shifted, split, doubled, retyped, and speakers and sources changed."""
    rng = random.Random(seed)
    found = []
    for document in copy.deepcopy(documents):
        names = [q["speaker"] for q in document["quotes"] if q.get("speaker")] or ["Nobody Else"]
        quotes = []
        for quote in document["quotes"]:
            if rng.random() < 0.15:
                continue
            quotes.append(_quote(quote, rng, names, len(document["text"])))
            if rng.random() < 0.05:
                quotes.append({**quote, "id": "x", "content": [[s + 9, e + 30] for s, e in quote["content"]]})
        found.append({"id": document["id"], "quotes": quotes})
    return found


def _quote(quote: dict[str, Any], rng: random.Random, names: list[str], length: int) -> dict[str, Any]:
    def shift(spans: list[list[int]]) -> list[list[int]]:
        moved = [[max(0, s + rng.randint(-25, 25)), min(length, e + rng.randint(-25, 25))] for s, e in spans]
        return [span for span in moved if span[1] > span[0]]

    if rng.random() < 0.5:
        quote["content"] = shift(quote["content"])
    if len(quote["content"]) > 1 and rng.random() < 0.5:
        quote["content"] = quote["content"][:1]
    if rng.random() < 0.4:
        quote["source"] = shift(quote["source"])
    if rng.random() < 0.1:
        quote["source"] = quote["content"]
    quote["type"] = rng.choice(["direct", "mixed", "indirect", None, quote["type"]])
    if rng.random() < 0.5:
        quote["speaker"] = rng.choice([*names, None, "Mr. " + rng.choice(names), rng.choice(names).split()[-1].upper()])
    return quote


@pytest.mark.parametrize("name", FILES)
def test_all_figures_equal_the_reference(name: str, shared: Path) -> None:
    theirs, gold = reference(shared, "score"), read(shared, name)
    predictions = perturb(gold)
    missing = predictions[1:]
    cases: list[tuple[list[dict[str, Any]], dict[str, Any]]] = [
        (predictions, {}),
        (predictions, {"types": ("direct",)}),
        (predictions, {"types": ("mixed", "indirect")}),
        (predictions, {"by_id": True}),
        (predictions, {"where": WHERE[name]}),
        (missing, {"allow_missing": True}),
    ]
    for pred, options in cases:
        expected, their_docs = theirs.score(gold, pred, warn=False, **options)
        with pytest.warns(QuotesWarning) if len(pred) < len(gold) else nullcontext():
            found, our_docs = scoring.score(gold, pred, **options)
        types = options.get("types", scoring.TYPES)
        if not options:
            expected["f1_ci95"] = theirs.bootstrap(their_docs, types, 20)
            found["f1_ci95"] = scoring.bootstrap(our_docs, types, n=20)
        assert json.dumps(found) == json.dumps(expected), options
        assert scoring.format_report(found) == theirs.fmt(expected), options
        per_doc = {key: theirs.summarize(counts, types)["overall"] for key, counts in their_docs}
        assert json.dumps(scoring.per_document(our_docs, types)) == json.dumps(per_doc), options


def test_the_perturbation_leaves_something_right_and_something_wrong(shared: Path) -> None:
    gold = read(shared, "polnear/dev")
    summary, _ = scoring.score(gold, perturb(gold))
    assert 0.3 < summary["overall"]["detection"]["overlap"]["f1"] < 0.95


@pytest.mark.parametrize("name", ["coref/litbank_dev", "coref/gum_dev"])
@pytest.mark.parametrize("options", [{}, {"singletons": False}, {"types": {"PER", "person"}}])
def test_coreference_scores_equal_the_reference(name: str, options: dict[str, Any], shared: Path) -> None:
    theirs, gold = reference(shared, "coref_score"), read(shared, name)[:6]
    rng = random.Random(3)
    predictions = copy.deepcopy(gold)
    for document in predictions:
        document["mentions"] = [m for m in document["mentions"] if rng.random() > 0.2]
        for mention in document["mentions"]:
            if rng.random() < 0.3:
                mention["cluster"] = rng.choice(document["mentions"])["cluster"]
    expected = theirs.score_docs(gold, predictions, **options)
    found = score_coref(gold, predictions, **options)
    assert list(found) == list(expected)
    for metric, value in expected.items():
        assert found[metric] == pytest.approx(value, abs=1e-12), metric
