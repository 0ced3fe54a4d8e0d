"""Who is who, beside coreferee retrained on the same data: `python tests/bench/beside_coreferee.py [DATA]`.

DATA is the folder of gold data that holds `coref/` (default: as for figures.py). Needs `pip install coreferee==1.5.0`
beside quotedesk. Each training takes some minutes to an hour on one core; its model is kept below `--models` and used
again. Both systems are scored by one scorer, a mention being its head word:

* `ours`: gold mentions whose head is the head of a mention of ours, as `quotes identity` scores;
* `coreferee's`: gold mentions whose head its rules take for a noun or a pronoun (of the pronouns, third person only);
* `both's`: gold mentions that are in both of these;
* `all`: every gold mention, none given; clusters of one are left out on both sides, for coreferee has none.

In the first three, a mention that a system put into no cluster is a cluster by itself. A coordination that coreferee
takes for one mention is left out: its head is that of its first member.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import coreferee_training as training
from figures import ROOT, data_folder

from quotes.clusters import read_clusters
from quotes.evaluate_coref import cluster_heads, gold_heads, sets_of
from quotes.pipeline import load
from quotes.scoring.coref import score_clusters

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

FILES = ("litbank_dev", "ontogum_dev")
TRAININGS = ("litbank", "litbank+ontogum")
METRICS = ("muc", "b3", "ceafe")
Heads = Mapping[int, Any]
Pair = tuple[list[frozenset[Any]], list[frozenset[Any]]]


@dataclass(slots=True)
class Found:
    """What a system found in a text: the cluster of each head, and the heads of all mentions that it models."""

    clusters: Heads
    models: Collection[int]


def among(gold: Heads, found: Heads, scope: Collection[int]) -> Pair:
    """Return gold clusters and found ones over the gold heads in a scope; what was not found is alone."""
    heads = [i for i in gold if i in scope]
    return sets_of({i: gold[i] for i in heads}), sets_of({i: found.get(i, ("alone", i)) for i in heads})


def linked(clusters: Heads) -> list[frozenset[Any]]:
    """Return the clusters of two mentions or more."""
    return [heads for heads in sets_of(clusters) if len(heads) > 1]


def chain_heads(chains: Sequence[Any]) -> dict[int, int]:
    """Return the chain of each head that is a mention by itself."""
    return {m.root_index: number for number, chain in enumerate(chains) for m in chain if len(m.token_indexes) == 1}


def pairs_of(gold: Sequence[Heads], found: Sequence[Found], scopes: Sequence[Collection[int]] | None) -> list[Pair]:
    """Return a pair of clusters per text, over the mentions in its scope, or over all linked ones."""
    if scopes is None:
        return [(linked(g), linked(f.clusters)) for g, f in zip(gold, found, strict=True)]
    return [among(g, f.clusters, scope) for g, f, scope in zip(gold, found, scopes, strict=True)]


def by_ours(docs: Sequence[Doc]) -> list[Found]:
    """Return what stands on Docs of ours."""
    heads = [cluster_heads(read_clusters(doc)) for doc in docs]
    return [Found(clusters, clusters.keys()) for clusters in heads]


def by_coreferee(nlp: Language, texts: Sequence[str]) -> Iterator[Found]:
    """Yield what coreferee finds in texts."""
    rules = nlp.get_pipe("coreferee").annotator.rules_analyzer
    for doc in nlp.pipe(texts):
        clusters = chain_heads(list(doc._.coref_chains))
        rules.initialize(doc)  # its rules for "it" read what this notes on the tokens; it forgets the chains
        yield Found(clusters, [t.i for t in doc if rules.is_independent_noun(t) or rules.is_potential_anaphor(t)])


def row(scope: str, system: str, pairs: Sequence[Pair], total: int) -> str:
    """Return precision, recall and F1 of each metric, their mean, and the share of the gold heads, as a table row."""
    scores = score_clusters(pairs)
    cells = [" ".join(f"{scores[metric][part]:.3f}" for part in ("p", "r", "f1")) for metric in METRICS]
    share = sum(len(heads) for gold, _ in pairs for heads in gold) / total if total else 0.0
    return f"| {scope} | {system} | {' | '.join(cells)} | {scores['conll']:.3f} | {share:.2f} |"


def scopes_of(ours: Sequence[Found], theirs: Sequence[Found]) -> dict[str, Sequence[Collection[int]] | None]:
    """Return, by name, the heads to score in each text; None for all that are linked."""
    first, second = [set(f.models) for f in ours], [set(f.models) for f in theirs]
    return {
        "ours": first,
        "coreferee's": second,
        "both's": [a & b for a, b in zip(first, second, strict=True)],
        "all": None,
    }


def table(gold: Sequence[Heads], systems: Mapping[str, Sequence[Found]]) -> Iterator[str]:
    """Yield the rows of one file; the first system is ours, the others are coreferee."""
    yield "| mentions | system | MUC P R F1 | B3 P R F1 | CEAFe P R F1 | mean | of gold heads |"
    yield "|---|---|---|---|---|---|---|"
    ours, theirs, *_ = systems.values()
    for name, scopes in scopes_of(ours, theirs).items():
        for system, found in systems.items():
            yield row(name, system, pairs_of(gold, found, scopes), sum(map(len, gold)))


def trained(name: str, data: Path, models: Path) -> Language:
    """Return the pipeline with the coreferee of a training, which is done where it was not yet."""
    folder = models / name
    if not training.is_trained(folder):
        rows = training.read_rows(data / "coref" / f"{part}_train.jsonl.gz" for part in name.split("+"))
        tell(f"training on {name}: {len(rows)} documents, {sum(len(r['mentions']) for r in rows)} mentions")
        training.train(rows, folder)
    return training.load_trained(folder)


def compare(path: Path, ours: Language, rivals: Mapping[str, Language]) -> None:
    """Print the table of one file."""
    rows = training.read_rows([path])
    docs = list(ours.pipe(r["text"] for r in rows))
    gold = [gold_heads(doc, r["mentions"]) for doc, r in zip(docs, rows, strict=True)]
    systems: dict[str, Sequence[Found]] = {"quotedesk": by_ours(docs)}
    for name, nlp in rivals.items():
        systems[f"coreferee, {name}"] = list(by_coreferee(nlp, [r["text"] for r in rows]))
    tell(f"\n### {path.name.split('.')[0]}, {len(rows)} documents\n")
    for line in table(gold, systems):
        tell(line)
    empty = Counter(name for name, found in systems.items() for f in found if not f.clusters)
    tell("".join(f"\n* {name}: no cluster in {number} documents" for name, number in empty.items()))


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, help="folder of gold data, with coref/ in it")
    parser.add_argument("--train", action="append", help="names joined by +, such as litbank or litbank+ontogum")
    parser.add_argument("--models", type=Path, default=ROOT / "build" / "coreferee", help="where models are kept")
    parser.add_argument("--pipeline", choices=["rules", "full"])
    given = parser.parse_args()
    training.require()
    data = given.data or data_folder()
    rivals = {name: trained(name, data, given.models) for name in given.train or TRAININGS}
    ours = load(pipeline=given.pipeline)
    for name in FILES:
        compare(data / "coref" / f"{name}.jsonl.gz", ours, rivals)


if __name__ == "__main__":
    main()
