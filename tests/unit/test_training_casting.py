"""Fitting the weights of casting: the likelihood is right, training learns, the data file can be read back."""

from __future__ import annotations

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from quotes.casting.chain import NOBODY, Link, shares  # noqa: E402
from quotes.casting.features import NAMES  # noqa: E402
from quotes.casting.model import from_json  # noqa: E402
from quotes.casting.scene import BARE  # noqa: E402
from quotes.training import casting  # noqa: E402
from quotes.training.conversations import Labelled  # noqa: E402

MARK = NAMES.index("first_subject")


def conversation(turns: int, first: int) -> list[Labelled]:
    """Two people take turns; the narration names the first speaker only."""
    row = []
    for t in range(turns):
        rows = np.zeros((3, len(NAMES)), np.float32)
        rows[1:, NAMES.index("bias")] = 1.0
        if t == 0:
            rows[1 + first, MARK] = 1.0
        step, skip = (BARE if t else None), (0 if t > 1 else None)
        link = Link(t, (NOBODY, 5, 8), rows, (False, False, False), step, skip)
        row.append(Labelled(link, np.array([False, (first + t) % 2 == 0, (first + t) % 2 == 1])))
    return row


def test_the_partition_adds_up_all_castings() -> None:
    torch.manual_seed(0)
    unary, first, second = torch.randn(1, 4, 3), torch.randn(1, 4, 3, 3), torch.randn(1, 4, 3, 3)
    total = 0.0
    for way in np.ndindex(3, 3, 3, 3):
        score = sum(unary[0, t, k].item() for t, k in enumerate(way))
        score += sum(first[0, t, way[t - 1], way[t]].item() for t in range(1, 4))
        score += sum(second[0, t, way[t - 2], way[t]].item() for t in range(2, 4))
        total += np.exp(score)
    found = casting.partition(unary, first, second, torch.tensor([4]))
    assert found.item() == pytest.approx(np.log(total), rel=1e-5)


def test_padding_changes_nothing() -> None:
    short, long = conversation(3, 0), conversation(6, 1)
    scorer = casting.Scorer(len(NAMES), 4)
    alone = [casting.loss_of(scorer, casting.make_batch([row])).item() * len(row) for row in (short, long)]
    both = casting.loss_of(scorer, casting.make_batch([short, long])).item() * 9
    assert both == pytest.approx(sum(alone), rel=1e-4)


def test_turn_taking_is_learnt_and_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casting, "WARM_UP", 10)
    rows = [conversation(n, n % 2) for n in range(3, 9)]
    scorer = casting.fit(rows, epochs=30)
    data = json.loads(casting.to_text(casting.as_json(scorer)))
    model = from_json(data)
    test = conversation(7, 1)
    best = [int(np.argmax(x)) for x in shares([x.link for x in test], model)]
    assert best == [int(np.argmax(x.right)) for x in test]
    slope, _ = casting.calibrate(model, rows)
    assert slope > 0
