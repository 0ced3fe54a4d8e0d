"""Calibration: the fit, what counts as right, and an error measured on documents that were not fitted on."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest
from tiny_reader import gold_line, marks, tiny_model, tokenise

from quotes.reader import Reader
from quotes.reader.calibrate import FEATURES
from quotes.training import calibrating
from quotes.training.calibrating import calibrate, outcome_rows
from quotes.training.calibration import apply, fit, logistic
from quotes.training.data import Parsed


def parsed(text: str, quotes: list[dict[str, Any]], id: str = "d") -> Parsed:
    doc = tokenise(text)
    return Parsed({"id": id, "text": text, "quotes": quotes}, doc, marks(text))


def right(number: int) -> Parsed:
    line = gold_line(number)
    return parsed(line["text"], line["quotes"], line["id"])


def wrong(number: int) -> Parsed:
    return parsed(gold_line(number)["text"], [], f"w{number}")


def test_logistic_regression_finds_the_share() -> None:
    y = np.array([1.0] * 30 + [0.0] * 10)
    (constant,) = logistic(np.ones((40, 1)), y)
    assert 1 / (1 + math.exp(-constant)) == pytest.approx(0.75, abs=1e-3)


def test_logistic_regression_shrinks_all_but_the_constant() -> None:
    rng = random.Random(0)
    x = np.array([[1.0, rng.gauss(0, 1)] for _ in range(200)])
    y = np.array([float(rng.random() < 1 / (1 + math.exp(-1 - 2 * v))) for _, v in x])
    loose, tight = logistic(x, y), logistic(x, y, ridge=1000)
    assert loose[1] > 1
    assert 0 < tight[1] < loose[1] / 2
    assert tight[0] > 0.3


def test_separable_rows_do_not_run_away() -> None:
    x = np.array([[1.0, v] for v in (-2, -1, 1, 2)] * 10)
    weights = logistic(x, (x[:, 1] > 0).astype(float))
    assert np.isfinite(weights).all()


def test_types_with_too_little_to_go_by_have_no_weights() -> None:
    few = [((1.0, 0.5), k % 2 == 0, "mixed") for k in range(19)]
    one = [((1.0, 0.5), True, "direct") for _ in range(50)]
    good = [((1.0, float(k % 3)), k % 4 > 0, "indirect") for k in range(40)]
    assert set(fit([*few, *one, *good])) == {"indirect"}
    assert fit([]) == {}


def test_apply() -> None:
    rows = [((1.0, 2.0), True, "direct"), ((1.0, 0.0), True, "mixed")]
    assert apply({"direct": [1.0, -0.5]}, rows) == [0.5, 0.5]
    assert apply({"direct": [0.0, 1.0]}, rows)[0] == pytest.approx(1 / (1 + math.exp(-2)))


def test_right_is_content_and_source() -> None:
    other = gold_line(1)
    other["quotes"][0]["source"] = other["quotes"][1]["source"]
    items = [right(0), parsed(other["text"], other["quotes"], "d1"), wrong(2)]
    rows = outcome_rows(Reader(tiny_model()), items)
    assert [[(ok, kind) for _, ok, kind in found] for found in rows] == [
        [(True, "direct")],
        [(False, "direct")],
        [(False, "direct")],
    ]
    assert len(rows[0][0][0]) == len(FEATURES)


def test_readings_without_a_source_are_not_counted() -> None:
    assert outcome_rows(Reader(tiny_model()), [parsed("“We won it,” said Bob.", [])]) == [[]]


def test_confidence_is_the_share_of_right_ones() -> None:
    items = [right(k) if k % 4 else wrong(k) for k in range(60)]
    found = calibrate(Reader(tiny_model()), items)
    assert set(found["calibration"]) == {"direct"}
    assert found["confidence"]["ece"]["all"] < 0.1
    assert sum(row[2] for row in found["confidence"]["table"]) == 60
    scored = Reader(tiny_model(calibration=found["calibration"])).read([items[0].doc], [items[0].regions])
    assert scored[0][0].score == pytest.approx(0.75, abs=0.05)


def test_no_document_is_judged_by_weights_it_was_fitted_with(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[set[float], set[float]]] = []
    rows = [[((1.0, float(k)), True, "direct")] for k in range(10)]

    def spy(weights: Any, held: Any) -> list[float]:
        seen.append((set(weights), {f[1] for f, _, _ in held}))
        return [0.5] * len(held)

    monkeypatch.setattr(calibrating, "outcome_rows", lambda reader, dev: rows)
    monkeypatch.setattr(calibrating, "fit", lambda given: {f[1]: [] for f, _, _ in given})
    monkeypatch.setattr(calibrating, "apply", spy)
    calibrate(None, [])  # type: ignore[arg-type]
    assert len(seen) == calibrating.FOLDS
    assert all(not fitted & held and len(fitted | held) == 10 for fitted, held in seen)
