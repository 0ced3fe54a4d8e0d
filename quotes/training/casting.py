"""Fit the weights of `quotes.casting`: `python -m quotes.training.casting GOLD.jsonl.gz quotes/data/casting.en.json`.

A conditional random field over conversations: one hidden layer scores each candidate, tables score pairs of turns, and
the likelihood of the gold speakers given all castings is raised by gradient steps. Needs the extra `train`.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from quotes.casting.chain import KINDS, NOBODY, shares
from quotes.casting.features import NAMES
from quotes.casting.model import EDGE, Model, from_json
from quotes.casting.scene import STEPS
from quotes.training.conversations import Labelled, labelled
from quotes.training.tables import to_text

LONGEST, BATCH, HIDDEN, EPOCHS, RATE, DECAY, SEED = 40, 48, 16, 14, 0.01, 0.05, 1
WARM_UP, KEPT = 60, 7
NEWTON = 12
NEVER = -1e4
ABOUT = (
    "Weights of quotes.casting, trained by quotes/training/casting.py on every fourth chapter of 18 novels of the "
    "Project Dialogism Novel Corpus (6,300 turns). Holds no text. Meant for English fiction; not trained on news."
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded conversations. B conversations, T turns, K candidates, F features: `rows` [B,T,K,F]; `open`, `right` and
    `addressed` (is the candidate of the turn before addressed) [B,T,K]; `steps`, `skips` [B,T]; `same1`, `same2`
    [B,T,K,K]: is a candidate one or two turns before the same; `lengths` [B]."""

    rows: Tensor
    open: Tensor
    right: Tensor
    addressed: Tensor
    steps: Tensor
    skips: Tensor
    same1: Tensor
    same2: Tensor
    lengths: Tensor


class Scorer(nn.Module):
    """The weights that `quotes.casting.model.Model` reads."""

    def __init__(self, features: int, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, hidden)
        self.out = nn.Linear(hidden, 1, bias=False)
        self.linear = nn.Linear(features, 1, bias=False)
        nn.init.zeros_(self.linear.weight)
        nn.init.normal_(self.out.weight, std=0.1)
        self.steps = nn.Parameter(torch.tensor([2.0, -1.0, -1.0, 0.0, 0.0, 2.0]))
        self.answers = nn.Parameter(torch.zeros(STEPS))
        self.skips = nn.Parameter(torch.tensor([1.0, 0.5, 0.0, 0.0]))

    def unary(self, rows: Tensor) -> Tensor:
        """Return the scores of rows of features."""
        scores: Tensor = (self.out(torch.tanh(self.hidden(rows))) + self.linear(rows)).squeeze(-1)
        return scores

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of candidates [B,T,K], of pairs [B,T,K,K] and of pairs over one turn [B,T,K,K]."""
        unary = self.unary(batch.rows)
        first = self.steps[batch.steps][..., None, None] * batch.same1
        first = first + (self.answers[batch.steps][..., None] * batch.addressed)[..., :, None]
        return unary.masked_fill(~batch.open, NEVER), first, self.skips[batch.skips][..., None, None] * batch.same2


def partition(unary: Tensor, first: Tensor, second: Tensor, lengths: Tensor) -> Tensor:
    """Return the log of the sum over all castings of each conversation, [B]."""
    totals = [torch.logsumexp(unary[:, 0], -1)]
    paths = unary[:, 0, :, None]
    for t in range(1, unary.shape[1]):
        if t > 1:
            paths = torch.logsumexp(paths[:, :, :, None] + second[:, t, :, None, :], 1)
        paths = paths + first[:, t] + unary[:, t, None, :]
        totals.append(torch.logsumexp(paths.flatten(1), -1))
    return torch.stack(totals, 1).gather(1, (lengths - 1)[:, None])[:, 0]


def loss_of(scorer: Scorer, batch: Batch) -> Tensor:
    """Return the mean over turns of the negative log likelihood of the right castings."""
    unary, first, second = scorer(batch)
    right = partition(unary.masked_fill(~batch.right, NEVER), first, second, batch.lengths)
    everything = partition(unary, first, second, batch.lengths)
    return (everything - right).sum() / batch.lengths.sum()


def make_batch(rows: Sequence[Sequence[Labelled]]) -> Batch:
    """Pad conversations to one batch."""
    size = (len(rows), max(map(len, rows)), max(len(x.link.who) for row in rows for x in row))
    features = np.zeros((*size, len(NAMES)), np.float32)
    known, right, addressed = (np.zeros(size, kind) for kind in (bool, bool, np.float32))
    who = np.full(size, NOBODY)
    steps, skips = np.zeros(size[:2], int), np.zeros(size[:2], int)
    for b, row in enumerate(rows):
        for t, item in enumerate(row):
            link, n = item.link, len(item.link.who)
            features[b, t, :n], known[b, t, :n], right[b, t, :n], who[b, t, :n] = link.rows, True, item.right, link.who
            steps[b, t], skips[b, t] = link.step or 0, link.skip or 0
            if t:
                called = {w for w, c in zip(link.who, link.called, strict=True) if c}
                before = row[t - 1].link.who
                addressed[b, t, : len(before)] = [w in called for w in before]
    lengths = np.array([len(row) for row in rows])
    arrays = (features, known, right, addressed, steps, skips, _same(who, 1), _same(who, 2), lengths)
    return Batch(*map(torch.from_numpy, arrays))


def _same(who: Any, away: int) -> Any:
    table = np.zeros((*who.shape, who.shape[2]), np.float32)
    before, now = who[:, :-away, :, None], who[:, away:, None, :]
    table[:, away:] = (before == now) & (before != NOBODY)
    return table


def fit(rows: Sequence[list[Labelled]], *, epochs: int = EPOCHS) -> Scorer:
    """Return a scorer fitted to labelled conversations: first turn by turn, then conversations as wholes, in which only
    the likeliest candidates are kept (the cost grows with their cube)."""
    torch.manual_seed(SEED)
    scorer, shuffle = Scorer(len(NAMES)), random.Random(SEED)
    pieces = sorted((row[i : i + LONGEST] for row in rows for i in range(0, len(row), LONGEST)), key=len)
    turns = make_batch([[replace(x, link=replace(x.link, step=None, skip=None))] for row in pieces for x in row])
    _descend(scorer, [turns], WARM_UP, shuffle)
    pieces = [_pruned(scorer, row) for row in pieces]
    _descend(scorer, [make_batch(pieces[i : i + BATCH]) for i in range(0, len(pieces), BATCH)], epochs, shuffle)
    return scorer


def _descend(scorer: Scorer, batches: list[Batch], epochs: int, shuffle: random.Random) -> None:
    steps = epochs * len(batches)
    optimiser = torch.optim.AdamW(scorer.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=RATE, total_steps=steps, pct_start=0.2)
    for _ in range(epochs):
        shuffle.shuffle(batches)
        for batch in batches:
            loss = loss_of(scorer, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
            optimiser.step()
            schedule.step()


def _pruned(scorer: Scorer, row: Sequence[Labelled]) -> list[Labelled]:
    """Keep nobody, the right candidates and the likeliest others of each turn."""
    with torch.no_grad():
        scores = [scorer.unary(torch.from_numpy(x.link.rows)).numpy() for x in row]
    kept = []
    for item, score in zip(row, scores, strict=True):
        order = sorted(range(len(score)), key=lambda i: (i > 0 and not item.right[i], -score[i]))
        keep = sorted(order[: max(KEPT, int(item.right.sum()) + 1)])
        link = item.link
        who, called = (tuple(values[i] for i in keep) for values in (link.who, link.called))
        kept.append(Labelled(replace(link, who=who, rows=link.rows[keep], called=called), item.right[keep]))  # type: ignore[arg-type]
    return kept


def calibrate(model: Model, rows: Iterable[Sequence[Labelled]]) -> tuple[float, float]:
    """Return slope and offset of the log odds that the best candidate is right, by logistic regression (Newton)."""
    odds, right = [], []
    for row in rows:
        for item, found in zip(row, shares([x.link for x in row], model), strict=True):
            if len(found) > 1:
                best = 1 + int(np.argmax(found[1:]))
                top = min(max(float(found[best]), EDGE), 1 - EDGE)
                odds.append((np.log(top / (1 - top)), 1.0))
                right.append(float(item.right[best]))
    x, y, weights = np.array(odds), np.array(right), np.array([1.0, 0.0])
    for _ in range(NEWTON):
        p = 1 / (1 + np.exp(-x @ weights))
        weights += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (y - p))
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def as_json(scorer: Scorer, calibration: tuple[float, float] = (1.0, 0.0)) -> dict[str, Any]:
    """Return the weights in the form of the data file."""

    def numbers(tensor: Tensor) -> Any:
        return np.round(tensor.detach().numpy().astype(float), 4).tolist()

    return {
        "about": ABOUT,
        "features": list(NAMES),
        "hidden": numbers(scorer.hidden.weight.T),
        "hidden_bias": numbers(scorer.hidden.bias),
        "out": numbers(scorer.out.weight[0]),
        "linear": numbers(scorer.linear.weight[0]),
        "steps": numbers(scorer.steps),
        "answers": numbers(scorer.answers),
        "skips": numbers(scorer.skips)[:KINDS],
        "calibration": list(calibration),
    }


def main(gold: str, out: str, every: str = "4") -> None:
    """Fit on every n-th document of a gold file, calibrate on others, and write the data file."""
    from quotes.corpora import read_gold
    from quotes.pipeline import load

    step, nlp = int(every), load(pipeline="rules")
    rows = list(labelled(islice(read_gold(gold), 0, None, step), nlp))
    scorer = fit(rows)
    unseen = labelled(islice(read_gold(gold), step // 2, None, 2 * step), nlp) if step > 1 else rows
    data = as_json(scorer, calibrate(from_json(as_json(scorer)), unseen))
    Path(out).write_text(to_text(data), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
