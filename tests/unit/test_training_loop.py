"""The loop: batches by seed, losses by hand, averaged weights, checkpoints, resume after a kill."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_reader import NETWORK, encode, marks, tokenise, write_gold

torch = pytest.importorskip("torch", reason="needs the extra `train` (torch)")

from quotes.errors import BadGold, ConfigError  # noqa: E402
from quotes.training import loop  # noqa: E402
from quotes.training.data import examples, load_parsed  # noqa: E402
from quotes.training.model import ReaderNet  # noqa: E402

SETTINGS: dict[str, Any] = {
    "epochs": 3, "batch": 2, "window": 32, "seed": 0, "warmup": 2, "ema": 0.9, "save_every": 1, "log_every": 1,
    "drop_parse": 0.5, "lr_heads": 1e-2, "lr_encoder": 1e-2,
}  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[loop.Example]:
    path = write_gold(tmp_path_factory.mktemp("gold") / "gold.jsonl", 4)
    return examples(load_parsed(path, None, lambda ts: [tokenise(t) for t in ts], lambda doc: marks(doc.text)), encode)


def fresh(settings: dict[str, Any] = SETTINGS) -> loop.State:
    torch.manual_seed(3)
    return loop.make_state(ReaderNet(NETWORK), settings)


def fit(state: loop.State, data: Any, folder: Path, settings: dict[str, Any] = SETTINGS) -> list[str]:
    lines: list[str] = []
    loop.fit(state, data, settings, folder, lambda net: {"attribution": 0.5}, lines.append)
    return lines


def facts(groups: list[list[loop.Item]]) -> list[list[tuple[int, int, int]]]:
    return [[(id(a), w.start, w.end) for a, _, w in group] for group in groups]


def weights(net: Any) -> list[Any]:
    return [p.detach().clone() for p in net.parameters()]


def same(a: list[Any], b: list[Any]) -> bool:
    return all(torch.equal(x, y) for x, y in zip(a, b, strict=True))


def test_batches_are_those_of_the_seed(data: Any) -> None:
    assert facts(loop.batches(data, 2, 1, 32)) == facts(loop.batches(data, 2, 1, 32))
    assert facts(loop.batches(data, 2, 1, 32)) != facts(loop.batches(data, 2, 2, 32))


def test_batches_hold_every_word_once(data: Any) -> None:
    items = [item for group in loop.batches(data, 2, 5, 32) for item in group]
    for arrays, _ in data:
        cores = sorted(w.core for a, _, w in items if a is arrays)
        assert [i for core in cores for i in range(*core)] == list(range(len(arrays)))


def test_windows_without_a_known_word_are_left_out(data: Any) -> None:
    dark = [(a, type(lab)(lab.tag, lab.owner, np.zeros(len(a), bool), lab.cues, lab.sources)) for a, lab in data]
    assert loop.batches(dark, 2, 1, 32) == []
    with pytest.raises(BadGold, match=r"no annotated words\. Check"):
        loop.fit(fresh(), dark, SETTINGS, Path(), lambda net: {}, print)


def test_the_pointer_loss_by_hand() -> None:
    scores = torch.tensor([[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [3.0, 1.0, 1.0]])
    goal = torch.tensor([[True, False, True], [False, False, False], [True, False, False]])
    total = math.e + math.e**2 + 1
    first = -math.log((math.e + 1) / total)
    third = -math.log(math.e**3 / (math.e**3 + 2 * math.e))
    assert loop.pointer_loss(scores, goal).item() == pytest.approx((first + third) / 2, abs=1e-5)


def test_the_pointer_loss_without_targets_is_zero_and_has_a_slope() -> None:
    scores = torch.ones(2, 3, requires_grad=True)
    value = loop.pointer_loss(scores, torch.zeros(2, 3, dtype=torch.bool))
    value.backward()
    assert value.item() == 0
    assert scores.grad is not None


def test_the_loss_is_the_weighted_sum_over_known_words() -> None:
    tags = torch.zeros(1, 3, 6)
    tags[0, 0, 1] = 2.0
    to_cue, to_source = torch.zeros(1, 3, 4), torch.zeros(1, 3, 4)
    cue = torch.zeros(1, 3, 4, dtype=torch.bool)
    cue[0, :, 3] = True
    source = torch.zeros(1, 3, 4, dtype=torch.bool)
    source[0, 2, 0] = True  # the third word is unknown
    goals = (torch.tensor([[1, 0, -100]]), cue, source)
    tag_part = (math.log(math.e**2 + 5) - 2 + math.log(6)) / 2
    value = loop.loss((tags, to_cue, to_source), goals, (1.0, 2.0, 5.0))
    assert value.item() == pytest.approx(tag_part + 2 * math.log(4), abs=1e-5)


def test_the_rate_goes_up_and_down() -> None:
    assert loop.rate(0, 0.0, 10) == pytest.approx(0.1)
    assert loop.rate(100, 0.25, 10) == pytest.approx(0.75)
    assert loop.rate(100, 1.5, 10) == 0


def test_training_learns(data: Any, tmp_path: Path) -> None:
    settings = {**SETTINGS, "epochs": 12, "save_every": 1000, "drop_parse": 0.0}
    lines = fit(fresh(), data, tmp_path, settings)
    values = [float(line.split("loss ")[1].split()[0]) for line in lines if "loss" in line]
    assert np.mean(values[-4:]) < 0.7 * np.mean(values[:4])


def test_the_average_follows_the_weights(data: Any) -> None:
    state = fresh()
    start = weights(state.average)
    group = loop.batches(data, 2, 0, 32)[0]
    keep = []
    for step in range(3):
        loop._step(state, group, 1.0, SETTINGS)
        rate = min(0.9, (step + 1) / (step + 10))
        start = [rate * old + (1 - rate) * new for old, new in zip(start, weights(state.net), strict=True)]
        keep.append(rate)
        state.step += 1
    assert keep[0] == pytest.approx(0.1)
    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(start, weights(state.average), strict=True))
    assert not any(p.requires_grad for p in state.average.parameters())


def test_the_same_seed_gives_the_same_weights(data: Any, tmp_path: Path) -> None:
    one, two = fresh(), fresh()
    fit(one, data, tmp_path, {**SETTINGS, "epochs": 1})
    torch.manual_seed(3)
    two = fresh()
    fit(two, data, tmp_path, {**SETTINGS, "epochs": 1})
    assert same(weights(one.net), weights(two.net))


class Killed(Exception):
    """Stands for a kill of the process."""


def test_after_a_kill_training_goes_on_as_if_undisturbed(data: Any, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "cut").mkdir()
    whole = fresh()
    fit(whole, data, tmp_path / "whole")
    assert whole.step >= 6

    def kill(line: str) -> None:
        if " step 4 " in line:  # logged after the step, before its checkpoint: the fourth step is lost
            raise Killed

    with pytest.raises(Killed):
        loop.fit(fresh(), data, SETTINGS, tmp_path / "cut", lambda net: {"attribution": 0.5}, kill)
    torch.manual_seed(99)
    resumed = loop.make_state(ReaderNet(NETWORK), SETTINGS)
    loop.resume(resumed, tmp_path / "cut" / "checkpoint.pt")
    assert resumed.step == 3
    fit(resumed, data, tmp_path / "cut")
    assert resumed.step == whole.step
    assert same(weights(resumed.net), weights(whole.net))
    assert same(weights(resumed.average), weights(whole.average))
    assert resumed.history == whole.history


def test_scores_after_each_epoch_and_at_the_end(data: Any, tmp_path: Path) -> None:
    state = fresh()
    lines = fit(state, data, tmp_path)
    assert [h["epoch"] for h in state.history] == [0, 1, 2]
    assert state.history[-1] == {"epoch": 2, "step": state.step, "attribution": 0.5}
    assert sum("attribution" in line for line in lines) == 3


def test_a_finished_training_is_not_gone_on_with(data: Any, tmp_path: Path) -> None:
    state = fresh()
    fit(state, data, tmp_path)
    before, step = weights(state.net), state.step
    assert fit(state, data, tmp_path) == []
    assert (same(weights(state.net), before), state.step) == (True, step)


def test_a_budget_of_minutes_ends_training(data: Any, tmp_path: Path) -> None:
    settings = {**SETTINGS, "minutes": 1e-6, "epochs": 1000}
    state = fresh(settings)
    fit(state, data, tmp_path, settings)
    assert state.step <= 2
    assert fit(state, data, tmp_path, settings) == []
    assert len(state.history) == 1


@pytest.mark.parametrize("cut", [0, 10, 1000])
def test_a_damaged_checkpoint_is_named_with_the_cure(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "checkpoint.pt"
    loop.save(fresh(), path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ConfigError, match=r"checkpoint\.pt is damaged or of another configuration.*Delete it"):
        loop.resume(fresh(), path)


def test_a_checkpoint_of_another_network(tmp_path: Path) -> None:
    loop.save(fresh(), tmp_path / "checkpoint.pt")
    other = loop.make_state(ReaderNet({**NETWORK, "hidden": 32}), SETTINGS)
    with pytest.raises(ConfigError, match="another configuration"):
        loop.resume(other, tmp_path / "checkpoint.pt")


def test_a_kill_while_saving_leaves_the_old_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "checkpoint.pt"
    loop.save(fresh(), path)
    old = path.read_bytes()

    def half(given: Any, part: Path) -> None:
        part.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(torch, "save", half)
    with pytest.raises(KeyboardInterrupt):
        loop.save(fresh(), path)
    assert path.read_bytes() == old
