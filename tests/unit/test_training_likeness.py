"""Training of likeness: passages of texts, a network that learns who is meant, and the file that is served."""

from __future__ import annotations

import random
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra train")
pytest.importorskip("onnx", reason="needs the extra train")

from tiny_reader import random_arrays  # noqa: E402

from quotes.coref.features import COLUMNS  # noqa: E402
from quotes.coref.ranker import ranker  # noqa: E402
from quotes.reader.likeness import Likeness  # noqa: E402
from quotes.reader.session import open_session  # noqa: E402
from quotes.reader.windows import Window  # noqa: E402
from quotes.training import likeness  # noqa: E402
from quotes.training.likeness import LikenessNet, fit, loss, vectors  # noqa: E402
from quotes.training.likeness_export import card, export  # noqa: E402
from quotes.training.passages import WINDOWS, Asked, Text, View, passages  # noqa: E402

HIDDEN = 16


def tiny() -> LikenessNet:
    torch.manual_seed(0)
    return LikenessNet(hidden=HIDDEN, heads=2, layers=1, rank=4, drop=0.0)


def a_text(windows: int, seed: int, words: int = 8) -> Text:
    """A text whose windows overlap by two words; in each the last word asks, and means the word of the same kind."""
    made = np.random.default_rng(seed)
    views, asked = [], []
    for k in range(windows):
        start = k * (words - 2)
        states = made.normal(size=(words + 2, HIDDEN)).astype(np.float16)
        core = (start + (2 if k else 0), start + words)
        right = int(made.integers(2))
        candidates = (core[0] + 1, core[0] + 2)
        states[words, 0], states[words, 1] = (9, 0) if right == 0 else (0, 9)
        for i, head in enumerate(candidates):
            states[head - start + 1, 0], states[head - start + 1, 1] = (9, 0) if i == 0 else (0, 9)
        views.append(View(start, core, states, np.arange(1, words + 1, dtype=np.int32)))
        rows = np.zeros((2, len(COLUMNS)), np.float32)
        asked.append(Asked(0, rows, (right,), core[1] - 1, tuple((h,) for h in candidates)))
    return Text(views, asked)


def test_passages_hold_every_choice_once_wherever_they_are_cut() -> None:
    text = a_text(2 * WINDOWS + 3, 0)
    for seed in range(6):
        found = list(passages(text, random.Random(seed)))
        assert list(chain.from_iterable(p.asked for p in found)) == text.asked
        assert all(p.start <= a.word < p.end for p in found for a in p.asked)
        assert all(len(p.views) <= WINDOWS for p in found)


def test_a_passage_has_a_vector_for_each_of_its_words() -> None:
    for passage in passages(a_text(WINDOWS + 2, 1)):
        ((ask, answer),) = vectors(tiny(), [passage])
        assert ask.shape == answer.shape == (passage.end - passage.start, 4)


def test_passages_read_together_have_the_vectors_they_have_alone() -> None:
    two = [next(passages(a_text(1, 3, words))) for words in (8, 5)]
    net = tiny()
    for passage, (ask, answer) in zip(two, vectors(net, two), strict=True):
        ((alone, too),) = vectors(net, [passage])
        assert ask.detach().numpy() == pytest.approx(alone.detach().numpy(), abs=1e-5)
        assert answer.detach().numpy() == pytest.approx(too.detach().numpy(), abs=1e-5)


def test_batches_hold_every_passage_and_no_more_pieces_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "BATCH", 40)
    texts = [a_text(windows, windows) for windows in (1, 2, 3, 1)]
    made = likeness.batches([(1.0, texts)], random.Random(0))
    assert sorted(len(p.asked) for batch in made for _, p in batch) == [1, 1, 2, 3]
    assert all(len(batch) == 1 or sum(10 * len(p.views) for _, p in batch) <= 40 for batch in made)


def test_what_the_ranker_knows_already_costs_nothing() -> None:
    (passage,) = passages(a_text(1, 2))
    asked = passage.asked[0]
    wrong, right = torch.zeros(1, 2), torch.zeros(1, 2)
    right[0, asked.right[0]], wrong[0, 1 - asked.right[0]] = 20, 20
    assert float(loss(right, [asked], ranker())) < 0.01 < 5 < float(loss(wrong, [asked], ranker()))


def test_it_learns_who_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"EPOCHS": 12, "RATE": 3e-3, "RATE_HEADS": 3e-3, "WARM": 5, "BATCH": 150}.items():
        monkeypatch.setattr(likeness, name, value)
    net, lines = tiny(), list[str]()
    fit(net, [(1.0, [a_text(6, seed) for seed in range(24)])], lines.append)
    first, *_, last = (float(line.split()[-1]) for line in lines)
    assert last < first / 2
    (passage,) = passages(a_text(6, 99))
    with torch.inference_mode():
        ((ask, answer),) = vectors(net, [passage])
    found = likeness.likeness(ask, answer, passage).argmax(-1).tolist()
    assert sum(f == a.right[0] for f, a in zip(found, passage.asked, strict=True)) >= 5


def test_the_mean_of_two_networks() -> None:
    one, other = tiny().state_dict(), {name: torch.zeros_like(value) for name, value in tiny().state_dict().items()}
    halves = likeness.mean(one, other)
    assert all(torch.equal(halves[name] * 2, value) for name, value in one.items())


def test_the_card_tells_what_a_network_went_on_from() -> None:
    meta = {
        "name": "n",
        "version": "2",
        "layers": 1,
        "reads": "r 1",
        "rank": 4,
        "weight": 0.5,
        "data": {"a/b": "c" * 20},
    }
    assert "the mean of those of n 1 and" in card({**meta, "from": "n 1"})
    assert "mean" not in card(meta)


def test_the_exported_file_serves_what_was_trained(tmp_path: Path) -> None:
    net = tiny()
    export(net, tmp_path / "model.onnx")
    assert [p.name for p in tmp_path.iterdir()] == ["model.onnx"]
    served = Likeness({"rank": 4, "weight": 0.5}, open_session(tmp_path / "model.onnx"))
    arrays = random_arrays([1, 2, 1], [0] * 3, [0] * 3)
    states = np.random.default_rng(0).normal(size=(6, HIDDEN)).astype(np.float32)
    row = served.blank(3)
    served.fill(row, arrays, Window(0, 3, (0, 3)), states)
    with torch.inference_mode():
        ask, answer = net(torch.from_numpy(states)[None], torch.tensor([[1, 2, 4]]))
    assert row.ask == pytest.approx(ask[0].numpy(), abs=0.05)
    assert row.answer == pytest.approx(answer[0].numpy(), abs=0.05)
