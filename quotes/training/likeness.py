"""The network of `quotes.reader.likeness`, and how it learns: what is left over by the ranker's features.

`python -m quotes.training.likeness DATA FOLDER [FROM]` trains it on the corpora of `SOURCES` with the states of the
reader that is installed, and writes a model folder. It starts from the upper layers of the reader, or goes on from the
network in the folder FROM and ends in the mean of the two, as version 1.1 did from 1.0. Needs the extra `train`.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from quotes.coref.ranker import Ranker, ranker
from quotes.reader.likeness import MENTIONS
from quotes.training.marked import ARTICLES, NEWS, PASSAGES
from quotes.training.model import Layer
from quotes.training.passages import Asked, Passage, Text, passages, read_texts

SOURCES = (
    ("coref/litbank_train.jsonl.gz", 1, 0.5),
    ("coref/gum_train.jsonl.gz", 1, 1.0),
    ("pdnc/train.jsonl.gz", 4, 1.0),
    ("gap/val.jsonl.gz", 1, 3.0),
    (ARTICLES, 1, 1.0),
    (str(PASSAGES), 1, 3.0),
)
"""File, every how many documents are used, and the weight of its passages; as in `training.antecedents`."""
RANK, EPOCHS, WARM = 64, 2, 60
RATE, RATE_HEADS = 1e-4, 5e-4
BATCH, SHUFFLED, SHARE = 4096, 200, 1 / 6
"""So many pieces, padding included, make a batch; so many passages are sorted by length at a time; what the loss of one
passage counts for in the sum of a batch."""
USUAL = 20
"""So many choices in a passage give it the weight of its source; more or fewer count as their square root."""
Group = tuple[float, Sequence[Text]]
Weighted = tuple[float, Passage]
State = dict[str, Tensor]


class LikenessNet(nn.Module):
    """Layers that carry states further, and two vectors for each word."""

    def __init__(self, hidden: int = 384, heads: int = 12, layers: int = 3, rank: int = RANK, drop: float = 0.1):
        super().__init__()
        self.layers = nn.ModuleList(Layer(hidden, heads, 4 * hidden, drop) for _ in range(layers))
        self.ask, self.answer = (
            nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, rank)) for _ in range(2)
        )
        self.drop = nn.Dropout(drop)

    def forward(self, states: Tensor, words: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return two vectors [b, w, rank] for the words whose first pieces are `words` [b, w]; `mask` [b, t] is 1 for
        pieces, 0 for padding."""
        bias = torch.zeros(1, 1, 1, 1) if mask is None else (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, bias)
        x = self.drop(torch.gather(states, 1, words[:, :, None].expand(-1, -1, states.shape[2])))
        return self.ask(x), self.answer(x)


def vectors(net: LikenessNet, batch: Sequence[Passage]) -> list[tuple[Tensor, Tensor]]:
    """Return for each passage the two vectors [words of the passage, rank] of each word, from the core of its window.
    All windows are read together."""
    views = [view for passage in batch for view in passage.views]
    pieces, most = max(len(v.states) for v in views), max(len(v.first) for v in views)
    states = torch.zeros(len(views), pieces, views[0].states.shape[1])
    mask, words = torch.zeros(len(views), pieces), torch.zeros(len(views), most, dtype=torch.long)
    for k, view in enumerate(views):
        states[k, : len(view.states)] = torch.from_numpy(view.states.astype(np.float32))
        mask[k, : len(view.states)] = 1
        words[k, : len(view.first)] = torch.from_numpy(view.first.astype(np.int64))
    both = net(states, words, mask)
    found, k = [], 0
    for passage in batch:
        cores = [
            (i, max(v.core[0], passage.start) - v.start, v.core[1] - v.start) for i, v in enumerate(passage.views, k)
        ]
        ask, answer = (torch.cat([rows[i, s:e].float() for i, s, e in cores]) for rows in both)
        found.append((ask, answer))
        k += len(passage.views)
    return found


def likeness(ask: Tensor, answer: Tensor, passage: Passage) -> Tensor:
    """Return [choices, candidates] how alike each asker and its candidates are; 0 where nothing was read of one."""
    most = max(len(a.heads) for a in passage.asked)
    place = np.zeros((len(passage.asked), most, MENTIONS), np.int64)
    there = np.zeros(place.shape, bool)
    for i, asked in enumerate(passage.asked):
        for j, heads in enumerate(asked.heads):
            near = [h - passage.start for h in heads[:MENTIONS] if passage.start <= h < passage.end]
            place[i, j, : len(near)], there[i, j, : len(near)] = near, True
    known = torch.from_numpy(there)
    question = ask[[a.word - passage.start for a in passage.asked]]
    dots = (answer[torch.from_numpy(place)] * question[:, None, None, :]).sum(-1) / math.sqrt(ask.shape[-1])
    mean = torch.logsumexp(dots.masked_fill(~known, -1e4), -1) - known.sum(-1).clamp(min=1).float().log()
    return torch.where(known.any(-1), mean, torch.zeros(()))


def loss(alike: Tensor, asked: Sequence[Asked], judge: Ranker) -> Tensor:
    """Return the mean of -log(share of the right candidates, or of none) where likeness adds to the ranker's scores."""
    most = alike.shape[1]
    base = np.full((len(asked), most + 1), -1e9, np.float32)
    right = np.zeros(base.shape, bool)
    for i, a in enumerate(asked):
        base[i, : len(a.rows)], base[i, most] = judge.scores(a.rows), judge.none[a.kind]
        right[i, list(a.right) or [most]] = True
    scores = torch.from_numpy(base) + torch.cat([alike, torch.zeros(len(asked), 1)], -1)
    wanted = torch.logsumexp(scores.masked_fill(~torch.from_numpy(right), -1e9), -1)
    return (torch.logsumexp(scores, -1) - wanted).mean()


def fit(net: LikenessNet, groups: Sequence[Group], log: Callable[[str], None], seed: int = 0) -> None:
    """Train the network on weighted groups of texts; passages are cut anew each epoch."""
    judge, chance = ranker(), random.Random(seed)
    torch.manual_seed(seed)
    heads = [*net.ask.parameters(), *net.answer.parameters()]
    rates = (RATE, RATE_HEADS)
    optimizer = torch.optim.AdamW([{"params": list(net.layers.parameters())}, {"params": heads}], weight_decay=0.01)
    steps = EPOCHS * len(batches(groups, random.Random(seed)))
    done = 0
    net.train()
    for epoch in range(EPOCHS):
        order = batches(groups, chance)
        total = 0.0
        for batch in order:
            value = _batch_loss(net, batch, judge)
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            factor = min(1.0, (done + 1) / WARM) * max(0.02, 1 - done / steps)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            optimizer.step()
            done, total = done + 1, total + float(value.detach())
        log(f"epoch {epoch} loss {total / max(1, len(order)):.4f}")
    net.eval()


def _batch_loss(net: LikenessNet, batch: Sequence[Weighted], judge: Ranker) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        found = vectors(net, [passage for _, passage in batch])
    losses = [
        weight * math.sqrt(len(p.asked) / USUAL) * loss(likeness(ask, answer, p), p.asked, judge)
        for (weight, p), (ask, answer) in zip(batch, found, strict=True)
    ]
    return torch.stack(losses).sum() * SHARE


def batches(groups: Sequence[Group], chance: random.Random) -> list[list[Weighted]]:
    """Return the passages of all texts in batches of about `BATCH` pieces, those of like length together, by chance."""
    items = [(weight, p) for weight, texts in groups for text in texts for p in passages(text, chance)]
    chance.shuffle(items)
    made: list[list[Weighted]] = []
    for i in range(0, len(items), SHUFFLED):
        batch: list[Weighted] = []
        size = 0
        for item in sorted(items[i : i + SHUFFLED], key=lambda item: _longest(item[1])):
            pieces = len(item[1].views) * _longest(item[1])
            if batch and size + pieces > BATCH:
                made.append(batch)
                batch, size = [], 0
            batch.append(item)
            size += pieces
        made.append(batch)
    chance.shuffle(made)
    return made


def _longest(passage: Passage) -> int:
    return max(len(view.states) for view in passage.views)


def mean(one: State, other: State) -> State:
    """Return the mean of two networks' weights, which, where one was trained on from the other, often does better than
    either (Wortsman et al. 2022, "Model soups")."""
    return {name: (value + other[name]) / 2 for name, value in one.items()}


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


def main(data: str, out: str, before: str | None = None) -> None:
    """Train on the corpora below a folder and write the model folder; `before` is a network to go on from."""
    from quotes.paths import find_model
    from quotes.reader import load_reader
    from quotes.training.likeness_export import attach, start, write
    from quotes.training.start import load_served

    reader, files = load_reader(), [Path(data) / name for name, *_ in SOURCES]
    net, first = start(find_model()), None
    if before is not None:
        load_served(net, Path(before))
        first = {name: value.clone() for name, value in net.state_dict().items()}
    groups = [(weight, read_texts(f, every, reader)) for f, (_, every, weight) in zip(files, SOURCES, strict=True)]
    fit(net, groups, _tell)
    if first is not None:
        net.load_state_dict(mean(first, net.state_dict()))
    write(net, reader, Path(out), [*files, NEWS], Path(before) if before else None)
    attach(find_model())


if __name__ == "__main__":
    main(*sys.argv[1:])
