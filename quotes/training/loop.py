"""The training loop: warm-up and decay, moving average of the weights, checkpoints, resume, scores every epoch."""

from __future__ import annotations

import json
import random
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from quotes.errors import BadGold, ConfigError
from quotes.reader.features import DocArrays
from quotes.reader.windows import Window, collate, cut
from quotes.training.gold import Labels, targets
from quotes.training.model import ReaderNet

Example = tuple[DocArrays, Labels]
Item = tuple[DocArrays, Labels, Window]
Evaluate = Callable[[ReaderNet], dict[str, Any]]


def batches(data: Sequence[Example], size: int, seed: int, window: int) -> list[list[Item]]:
    """Cut every document anew (the first cut moves with the seed), group windows by length, shuffle the groups."""
    rng = random.Random(seed)
    items = [
        (a, lab, w)
        for a, lab in data
        for w in cut(a, window, 0, first=rng.randint(window // 3, window))
        if w.end - w.start > 2 and lab.known[w.start : w.end].any()
    ]
    rng.shuffle(items)
    items.sort(key=lambda it: int(it[0].first[it[2].end] - it[0].first[it[2].start]) // 16)
    groups = [items[i : i + size] for i in range(0, len(items), size)]
    rng.shuffle(groups)
    return groups


def tensors(group: Sequence[Item]) -> tuple[dict[str, Tensor], tuple[Tensor, Tensor, Tensor]]:
    """Return the inputs and the targets of a batch."""
    batch = collate([(a, w) for a, _, w in group])
    width = batch.words.shape[1]
    rows = [targets(lab, w, width) for _, lab, w in group]
    goals = tuple(torch.from_numpy(np.stack([r[i] for r in rows])) for i in range(3))
    return {k: torch.from_numpy(v) for k, v in batch.inputs().items()}, goals


def loss(
    outputs: tuple[Tensor, Tensor, Tensor], goals: tuple[Tensor, Tensor, Tensor], weights: Sequence[float]
) -> Tensor:
    """Return the weighted sum of the three losses."""
    tags, to_cue, to_source = (x.float() for x in outputs)
    tag, cue, source = goals
    real = tag >= 0
    parts = (
        torch.nn.functional.cross_entropy(tags.flatten(0, 1), tag.flatten(), ignore_index=-100),
        pointer_loss(to_cue[real], cue[real]),
        pointer_loss(to_source[real], source[real]),
    )
    return sum((w * p for w, p in zip(weights, parts, strict=True)), torch.zeros(()))


def pointer_loss(scores: Tensor, goal: Tensor) -> Tensor:
    """Return the mean of -log(sum of the probabilities of the right targets) over rows that have a target."""
    rows = goal.any(-1)
    if not rows.any():
        return scores.sum() * 0
    scores, goal = scores[rows], goal[rows]
    right = torch.logsumexp(scores.masked_fill(~goal, -1e9), -1)
    return (torch.logsumexp(scores, -1) - right).mean()


@dataclass
class State:
    """All that a checkpoint holds; torch's own random state goes with it, `rng` is for the rest."""

    net: ReaderNet
    average: ReaderNet
    optimizer: torch.optim.Optimizer
    rng: random.Random
    step: int = 0
    seconds: float = 0.0
    history: list[dict[str, Any]] = field(default_factory=list)


def make_state(net: ReaderNet, settings: dict[str, Any]) -> State:
    """Return a fresh state: two learning rates, weight decay on matrices only."""
    import copy

    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, p in net.named_parameters():
        groups.setdefault((name.startswith("encoder."), p.ndim >= 2 and "early" not in name), []).append(p)
    rates = (settings.get("lr_heads", 1e-3), settings.get("lr_encoder", 1.5e-4))
    rows = [
        {"params": ps, "lr": rates[enc], "base": rates[enc], "weight_decay": 0.01 * decay}
        for (enc, decay), ps in groups.items()
    ]
    optimizer = torch.optim.AdamW(rows, betas=(0.9, 0.98), fused=True)
    rng = random.Random(settings.get("seed", 0))
    return State(net, copy.deepcopy(net).eval().requires_grad_(False), optimizer, rng)


def save(state: State, path: Path) -> None:
    """Write a checkpoint; a kill in between leaves the old one."""
    part = path.with_suffix(".part")
    parts = {"net": state.net, "average": state.average, "optimizer": state.optimizer}
    facts = {"step": state.step, "seconds": state.seconds, "history": state.history}
    facts["random"] = (torch.get_rng_state(), state.rng.getstate())
    torch.save({**{k: v.state_dict() for k, v in parts.items()}, **facts}, part)
    part.replace(path)


def resume(state: State, path: Path) -> None:
    """Load a checkpoint into `state`, and torch's random state. Raises `ConfigError` where it can't be used."""
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("it is cut short")
        given = torch.load(path, weights_only=True)
        state.net.load_state_dict(given["net"])
        state.average.load_state_dict(given["average"])
        state.optimizer.load_state_dict(given["optimizer"])
        state.step, state.seconds, state.history = given["step"], given["seconds"], given["history"]
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"The checkpoint {path} is damaged or of another configuration ({type(error).__name__}). "
            "Delete it to begin anew, or choose another folder with --out."
        ) from error
    if "random" in given:
        torch.set_rng_state(given["random"][0])
        state.rng.setstate(given["random"][1])


def rate(step: int, progress: float, warm: int) -> float:
    """Return the factor of the learning rate: linear up over `warm` steps, linear down with `progress` (0 to 1)."""
    return min(1.0, (step + 1) / warm) * max(0.0, 1.0 - progress)


def fit(
    state: State,
    data: Sequence[Example],
    settings: dict[str, Any],
    folder: Path,
    evaluate: Evaluate,
    log: Callable[[str], None],
) -> None:
    """Train for `epochs`, or until `minutes` have passed where that is set; the learning rate ends at 0 either way.

    Scores and a checkpoint after each epoch and at the end, a checkpoint every `save_every` steps too.
    """
    per_epoch = len(batches(data, settings.get("batch", 8), settings.get("seed", 0), settings.get("window", 254)))
    total, budget = per_epoch * settings.get("epochs", 6), 60 * settings.get("minutes", 0)
    if not per_epoch:
        raise BadGold("The training data have no annotated words. Check the files of [data] in the configuration.")
    if state.step >= total or (budget and state.seconds >= budget):
        return
    began, spent = time.perf_counter(), state.seconds
    pieces, mark, last = 0, began, False
    for epoch, index, group in _schedule(data, settings, state.step):
        state.seconds = spent + time.perf_counter() - began
        progress = state.seconds / budget if budget else state.step / total
        value = _step(state, group, rate(state.step, progress, settings.get("warmup", 150)), settings)
        state.step += 1
        last = progress >= 1 or state.step == total
        pieces += sum(int(a.first[w.end] - a.first[w.start]) for a, _, w in group)
        if state.step % settings.get("log_every", 50) == 0:
            now = time.perf_counter()
            log(f"epoch {epoch} step {state.step} {progress:.1%} loss {value:.4f} {pieces / (now - mark):.0f} pieces/s")
            pieces, mark = 0, now
        if index == -1 or last:
            state.history.append({"epoch": epoch, "step": state.step, **evaluate(state.average)})
            log(json.dumps(state.history[-1]))
        if index == -1 or last or state.step % settings.get("save_every", 200) == 0:
            save(state, folder / "checkpoint.pt")
        if last:
            break


def _schedule(data: Sequence[Example], settings: dict[str, Any], done: int) -> Iterator[tuple[int, int, list[Item]]]:
    size, window, seed = settings.get("batch", 8), settings.get("window", 254), settings.get("seed", 0)
    seen = 0
    for epoch in range(settings.get("epochs", 6)):
        groups = batches(data, size, seed + epoch, window)
        for i, group in enumerate(groups):
            seen += 1
            if seen > done:
                yield epoch, -1 if i == len(groups) - 1 else i, group


def _step(state: State, group: list[Item], factor: float, settings: dict[str, Any]) -> float:
    inputs, goals = tensors(group)
    if state.rng.random() < settings.get("drop_parse", 0.05):
        inputs["feats"][:, :, 3:] = 0
    state.net.train()
    for row in state.optimizer.param_groups:
        row["lr"] = row["base"] * factor
    with torch.autocast("cpu", torch.bfloat16, enabled=settings.get("bf16", False)):
        outputs = state.net(**inputs)
    value = loss(outputs, goals, settings.get("weights", (1.0, 1.0, 0.5)))
    state.optimizer.zero_grad(set_to_none=True)
    value.backward()
    torch.nn.utils.clip_grad_norm_(state.net.parameters(), 1.0)
    state.optimizer.step()
    keep = min(settings.get("ema", 0.998), (state.step + 1) / (state.step + 10))
    with torch.no_grad():
        torch._foreach_lerp_(list(state.average.parameters()), list(state.net.parameters()), 1 - keep)
    return float(value.detach())
