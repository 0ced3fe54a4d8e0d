"""Train the antecedent ranker: gold coreference and gold speakers to choices, choices to a small network.

`python -m quotes.training.antecedents DATA quotes/data/antecedents.en.json` reads the corpora of `SOURCES` below a
folder and writes the weights that `quotes.coref.ranker` reads. While the choices are collected every pronoun with a
known answer is linked as the gold has it. Needs the extra `train`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from quotes.coref.entities import Board
from quotes.coref.features import COLUMNS, Matrix, asker_type
from quotes.coref.nodes import Node
from quotes.coref.pronouns import link_pronouns
from quotes.coref.ranker import Candidates, Shares
from quotes.coref.resolver import begin
from quotes.corpora import gold_lines, parse_document, parse_line, set_gold
from quotes.names import folded
from quotes.spans import read_readings
from quotes.training.marked import ARTICLES, PASSAGES, marked, passages
from quotes.training.tables import to_text
from quotes.types import Reading

SOURCES = (
    ("coref/litbank_train.jsonl.gz", 1, 1.0),
    ("coref/gum_train.jsonl.gz", 1, 1.0),
    ("coref/ontogum_train.jsonl.gz", 1, 0.5),
    ("pdnc/train.jsonl.gz", 4, 3.0),
    ("gap/val.jsonl.gz", 1, 0.5),
    (ARTICLES, 1, 1.0),
    (str(PASSAGES), 1, 0.3),
)
"""File, every how many documents are used, and the weight of its choices. Of PolNeAR's articles (`training.marked`)
those are used whose mentions are marked."""
SEEDS, HIDDEN, EPOCHS = 4, 48, 25
"""So many networks of so many hidden units are fitted, and their scores averaged."""
HEAT = (1.5, 1.5, 1.5, 1.0)
"""By type of asker, the shares are flattened by this: in use an error draws others after it, in training none does."""
Keys = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One pronoun or description: who asks, a row per candidate, and which rows are right (none: no candidate is).

    `token` is the head of the asker, `heads` the heads of the mentions of each candidate, nearest first; tokens.
    """

    kind: int
    rows: Matrix
    right: tuple[int, ...]
    token: int
    heads: tuple[tuple[int, ...], ...]


class Teacher:
    """A judge that knows the gold: links what it knows as it should be, and keeps each choice."""

    def __init__(self, board: Board, keys: Keys) -> None:
        self.board, self.keys = board, keys
        self.choices: list[Choice] = []

    def __call__(self, node: Node, candidates: Candidates, rows: Matrix) -> Shares:
        key = self.keys.get(node.i)
        if key is None:
            return []
        entities = list(candidates)
        right = tuple(i for i, e in enumerate(entities) if self._key(e) == key)
        heads = tuple(tuple(m.mention.head for m in mentions) for mentions in candidates.values())
        self.choices.append(Choice(asker_type(node), rows, right, node.mention.head, heads))
        return [(entities[right[0]], 1.0)] if right else []

    def _key(self, number: int) -> str | None:
        votes = Counter(k for n in self.board.entities[number].nodes if (k := self.keys.get(n.i)))
        return votes.most_common(1)[0][0] if votes else None


def choices(doc: Any, readings: Sequence[Reading], keys_of: Callable[[Any, Sequence[Node]], Keys]) -> list[Choice]:
    """Return the choices of one Doc."""
    _, board = begin(doc, readings)
    teacher = Teacher(board, keys_of(doc, board.nodes))
    link_pronouns(doc, board, teacher)
    return teacher.choices


def by_mentions(doc: Any, nodes: Sequence[Node], mentions: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return the gold cluster of each node: that of the smallest gold mention which holds the node's head."""
    smallest: dict[int, tuple[int, str]] = {}
    heads = {doc[n.mention.head].idx: n.i for n in nodes}
    for mention in mentions:
        size = mention["end"] - mention["start"]
        for at in (x for x in range(mention["start"], mention["end"]) if x in heads):
            if size < smallest.get(heads[at], (size + 1, ""))[0]:
                smallest[heads[at]] = (size, str(mention["cluster"]))
    return {i: cluster for i, (_, cluster) in smallest.items()}


def by_speakers(doc: Any, nodes: Sequence[Node], quotes: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return the speaker of each node that is a gold source, and of each name that is an alias of one speaker only."""
    names: dict[tuple[str, ...], set[str]] = {}
    sources: list[tuple[int, int, str]] = []
    for quote in quotes:
        if quote.get("speaker"):
            for alias in (quote["speaker"], *quote.get("speaker_aliases", ())):
                names.setdefault(folded(alias), set()).add(quote["speaker"])
            sources += [(s, e, quote["speaker"]) for s, e in quote["source"] or ()]
    found = {}
    for node in nodes:
        if node.mention.form == "name":
            owners = names.get(folded(node.mention.name or node.text), set())
            if len(owners) == 1:
                found[node.i] = next(iter(owners))
    by_head = {doc[n.mention.head].idx: n.i for n in nodes if n.sources}
    for start, end, speaker in sources:
        inside = [i for at, i in by_head.items() if start <= at < end]
        if len(inside) == 1:
            found[inside[0]] = speaker
    return found


def by_pair(doc: Any, nodes: Sequence[Node], row: Mapping[str, Any]) -> dict[int, str]:
    """Return what a text of GAP says: which of two names its pronoun means. Nothing where it means neither, for then
    it may mean somebody who is not marked."""
    right = next((key for key in "ab" if row[f"{key}_coref"]), None)
    if right is None:
        return {}
    places = [(row["pronoun"], right), (row["a"], "a"), (row["b"], "b")]
    heads = ((doc[n.mention.head].idx, n.i) for n in nodes)
    return {i: key for at, i in heads for (start, end), key in places if start <= at < end}


def fit(
    groups: Sequence[tuple[float, Sequence[Choice]]], seed: int = 0, hidden: int = HIDDEN, epochs: int = EPOCHS
) -> dict[str, Any]:
    """Return the weights, as `ranker.from_data` takes them, of a network fitted to weighted groups of choices."""
    import torch

    torch.manual_seed(seed)
    every = [(weight, c) for weight, group in groups for c in group if len(c.rows)]
    rows = np.concatenate([c.rows for _, c in every])
    center, scale = rows.mean(0), 1 / np.maximum(rows.std(0), 0.05)
    net = torch.nn.Sequential(torch.nn.Linear(rows.shape[1], hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 1))
    none = torch.nn.Parameter(torch.zeros(4))
    optimizer = torch.optim.AdamW([*net.parameters(), none], lr=3e-3, weight_decay=1e-2)
    order = torch.Generator().manual_seed(seed)
    size = 256
    steps = epochs * (len(every) // size + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.0, 1 - step / steps))
    for _ in range(epochs):
        shuffled = torch.randperm(len(every), generator=order).tolist()
        for i in range(0, len(shuffled), size):
            loss = _loss(net, none, [every[k] for k in shuffled[i : i + size]], center, scale)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            plan.step()
    enter, leave = net[0], net[2]
    return {
        "center": center, "scale": scale, "enter": enter.weight.detach().numpy().T, "bias": enter.bias.detach().numpy(),
        "leave": leave.weight.detach().numpy()[0], "none": (none - leave.bias).detach().numpy(),
        "heat": np.array(HEAT, np.float32),
    }  # fmt: skip


def _loss(net: Any, none: Any, batch: Sequence[tuple[float, Choice]], center: Any, scale: Any) -> Any:
    """Return the weighted mean of -log(share of the right candidates, or of none)."""
    import torch

    most = max(len(c.rows) for _, c in batch)
    rows = np.zeros((len(batch), most, len(center)), np.float32)
    open_, right = np.zeros((len(batch), most + 1), bool), np.zeros((len(batch), most + 1), bool)
    for k, (_, c) in enumerate(batch):
        rows[k, : len(c.rows)] = (c.rows - center) * scale
        open_[k, : len(c.rows)] = open_[k, most] = True
        right[k, list(c.right) or [most]] = True
    kinds = torch.tensor([c.kind for _, c in batch])
    scores = torch.cat([net(torch.from_numpy(rows)).squeeze(-1), none[kinds][:, None]], -1)
    scores = scores.masked_fill(~torch.from_numpy(open_), -1e9)
    wanted = torch.logsumexp(scores.masked_fill(~torch.from_numpy(right), -1e9), -1)
    weights = torch.tensor([w for w, _ in batch])
    return (weights * (torch.logsumexp(scores, -1) - wanted)).sum() / weights.sum()


def averaged(fitted: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one network, as wide as all of them together, whose scores are the mean of theirs."""
    joined = {name: np.concatenate([w[name] for w in fitted], -1) for name in ("enter", "bias", "leave")}
    none = np.mean([w["none"] for w in fitted], 0)
    return {**fitted[0], **joined, "leave": joined["leave"] / len(fitted), "none": none}


def collect(path: Path, every: int, nlp: Any) -> list[Choice]:
    """Return the choices of each `every`th document of a file of gold coreference, of gold speakers, or of GAP."""
    return [choice for _, found in gather(path, every, nlp) for choice in found]


def gather(path: Path, every: int, nlp: Any) -> Iterator[tuple[Any, list[Choice]]]:
    """Yield the Docs of `collect`, each with its choices."""
    finders = ("quote_spans", "quote_tagger")
    for row in islice(_rows(path), 0, None, every):
        with nlp.select_pipes(disable=(*finders, "speaker_coref", "quote_attribution")):
            doc = nlp(row["text"])
        if "quotes" not in row:
            for name in finders:
                doc = nlp.get_pipe(name)(doc)
        else:
            doc = set_gold(doc, parse_document(json.dumps(row), path.name))
        yield doc, choices(doc, list(read_readings(doc).values()), partial(_keys, row=row))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path == PASSAGES:
        return passages()
    rows = (parse_line(line, where) for line, where in gold_lines(path))
    return marked(rows) if path.as_posix().endswith(ARTICLES) else rows


def _keys(doc: Any, nodes: Sequence[Node], row: Mapping[str, Any]) -> Keys:
    if "pronoun" in row:
        return by_pair(doc, nodes, row)
    return by_mentions(doc, nodes, row["mentions"]) if "mentions" in row else by_speakers(doc, nodes, row["quotes"])


def main(data: str, out: str) -> None:
    """Fit on the corpora below a folder and write the data file."""
    from quotes.pipeline import load

    nlp = load(pipeline="rules")
    groups = [(weight, collect(Path(data) / name, every, nlp)) for name, every, weight in SOURCES]
    weights = averaged([fit(groups, seed) for seed in range(SEEDS)])
    rounded = {name: np.round(np.asarray(value, dtype=float), 4).tolist() for name, value in weights.items()}
    Path(out).write_text(to_text({"columns": list(COLUMNS), **rounded}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
