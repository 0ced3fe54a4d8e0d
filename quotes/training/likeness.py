"""The network of `quotes.reader.likeness`, and how it learns: what is left over by the ranker's features.

`python -m quotes.training.likeness DATA FOLDER` trains it on the corpora of `SOURCES` with the states of the reader
that is installed, and writes a model folder. Needs the extra `train`.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from quotes.coref.ranker import Ranker, ranker
from quotes.reader.likeness import MENTIONS
from quotes.training.model import Layer
from quotes.training.passages import Asked, Passage, Text, passages, read_texts

SOURCES = (
    ("coref/litbank_train.jsonl.gz", 1, 0.5),
    ("coref/gum_train.jsonl.gz", 1, 1.0),
    ("coref/ontogum_train.jsonl.gz", 1, 0.5),
    ("pdnc/train.jsonl.gz", 4, 1.0),
    ("gap/val.jsonl.gz", 1, 3.0),
)
"""File, every how many documents are used, and the weight of its passages."""
RANK, EPOCHS, TOGETHER, WARM = 64, 3, 3, 60
RATE, RATE_HEADS = 1e-4, 5e-4
USUAL = 20
"""So many choices in a passage give it the weight of its source; more or fewer count as their square root."""
Group = tuple[float, Sequence[Text]]


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


def vectors(net: LikenessNet, passage: Passage) -> tuple[Tensor, Tensor]:
    """Return the two vectors [words of the passage, rank] of each word, from the core of its window."""
    views = passage.views
    pieces, most = max(len(v.states) for v in views), max(len(v.first) for v in views)
    states = torch.zeros(len(views), pieces, views[0].states.shape[1])
    mask, words = torch.zeros(len(views), pieces), torch.zeros(len(views), most, dtype=torch.long)
    for k, view in enumerate(views):
        states[k, : len(view.states)] = torch.from_numpy(view.states.astype(np.float32))
        mask[k, : len(view.states)] = 1
        words[k, : len(view.first)] = torch.from_numpy(view.first.astype(np.int64))
    both = net(states, words, mask)
    cores = [(k, max(v.core[0], passage.start) - v.start, v.core[1] - v.start) for k, v in enumerate(views)]
    ask, answer = (torch.cat([rows[k, s:e].float() for k, s, e in cores]) for rows in both)
    return ask, answer


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
    slow = list(net.layers.parameters())
    fast = [*net.ask.parameters(), *net.answer.parameters()]
    rates = (RATE, RATE_HEADS)
    optimizer = torch.optim.AdamW([{"params": slow}, {"params": fast}], weight_decay=0.01)
    steps = EPOCHS * max(1, sum(1 for _ in _items(groups, random.Random(seed))) // TOGETHER)
    done = 0
    net.train()
    for epoch in range(EPOCHS):
        items = list(_items(groups, chance))
        chance.shuffle(items)
        total = 0.0
        for i in range(0, len(items), TOGETHER):
            parts = []
            for weight, passage in items[i : i + TOGETHER]:
                with torch.autocast("cpu", torch.bfloat16):
                    ask, answer = vectors(net, passage)
                size = weight * math.sqrt(len(passage.asked) / USUAL)
                parts.append(size * loss(likeness(ask, answer, passage), passage.asked, judge))
            value = torch.stack(parts).mean()
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            factor = min(1.0, (done + 1) / WARM) * max(0.02, 1 - done / steps)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            optimizer.step()
            done, total = done + 1, total + float(value.detach())
        log(f"epoch {epoch} loss {total * TOGETHER / max(1, len(items)):.4f}")
    net.eval()


def _items(groups: Sequence[Group], chance: random.Random) -> Iterator[tuple[float, Passage]]:
    return ((weight, p) for weight, texts in groups for text in texts for p in passages(text, chance))


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


def main(data: str, out: str) -> None:
    """Train on the corpora below a folder and write the model folder."""
    from quotes.paths import find_model
    from quotes.reader import load_reader
    from quotes.training.likeness_export import attach, start, write

    reader, files = load_reader(), [Path(data) / name for name, *_ in SOURCES]
    net = start(find_model())
    groups = [(weight, read_texts(f, every, reader)) for f, (_, every, weight) in zip(files, SOURCES, strict=True)]
    fit(net, groups, _tell)
    write(net, reader, Path(out), files)
    attach(find_model())


if __name__ == "__main__":
    main(*sys.argv[1:])
