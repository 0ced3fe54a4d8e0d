"""The adapter for Spark: the function on its own, and (slow) on a local Spark."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from batch_cases import HERE, ROOT
from batch_stand_in import LOADER

from quotes.batch.spark import SCHEMA, extract_in_pandas

pandas = pytest.importorskip("pandas", reason="install the extra spark")
ROWS = [("a", "Word one", "The Post"), ("b", "RAISE it", "The Post"), ("c", "x" * 99, "The Post"), ("d", None, None)]
COLUMNS = ["key", "body", "site"]


def test_every_row_comes_back_with_its_record_or_its_error() -> None:
    function = extract_in_pandas(text="body", id="key", max_chars=50, loader=LOADER)
    frames = [pandas.DataFrame(ROWS[:2], columns=COLUMNS), pandas.DataFrame(ROWS[2:], columns=COLUMNS)]
    rows = [row for frame in function(iter(frames)) for row in frame.to_dict("records")]
    assert [r["id"] for r in rows] == ["a", "b", "c", "d"]
    assert [r["quotes"] for r in rows] == [1, 0, 0, 1]
    assert [isinstance(r["error"], str) for r in rows] == [False, True, True, True]
    assert json.loads(rows[0]["record"])["meta"] == {"site": "The Post"}
    assert "no such verb" in rows[1]["error"]
    assert "the text is null" in rows[3]["error"]
    assert [part.split()[0] for part in SCHEMA.split(", ")] == list(rows[0])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_on_a_local_spark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="install the extra spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(HERE)]))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.warehouse.dir", str(tmp_path)).getOrCreate()
    try:
        articles = spark.createDataFrame([(f"d{n}", f"Word{n} and more") for n in range(40)], "id string, text string")
        found = articles.repartition(4).mapInPandas(extract_in_pandas(loader=LOADER), schema=SCHEMA)
        rows = {row["id"]: row for row in found.collect()}
    finally:
        spark.stop()
    assert len(rows) == 40
    assert all(json.loads(rows[f"d{n}"]["record"])["quotes"][0]["content"][0]["text"] == f"Word{n}" for n in range(40))
