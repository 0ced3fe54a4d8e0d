"""Offsets of any quotation in any text survive every format that keeps them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from quotes.schema import DocumentRecord

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
from exported import documents, spans_of, write
from format_readers import from_brat, from_cas, from_docbin, from_jsonl, from_sqlite, from_tei, from_webannotation

from quotes.exporters.common import xml_text

quickly = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@quickly
@given(documents())
def test_records(record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        assert from_jsonl(write("jsonl", Path(folder) / "a", record)) == [record]


@quickly
@given(documents())
def test_tables(record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        assert from_sqlite(write("sqlite", Path(folder) / "a", record)) == {"d": (record.text, spans_of(record))}


@quickly
@given(documents())
def test_parquet(record: DocumentRecord) -> None:
    import pyarrow.parquet

    with TemporaryDirectory() as folder:
        rows = pyarrow.parquet.read_table(write("parquet", Path(folder) / "a", record)).to_pylist()
    roles = ("content", "cue", "source")
    got = {r["id"]: {role: [(p["start"], p["end"]) for p in r[f"{role}_parts"]] for role in roles} for r in rows}
    assert got == spans_of(record)


@quickly
@given(documents())
def test_web_annotation(record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        assert from_webannotation(write("webannotation", Path(folder) / "a", record)) == spans_of(record)


@settings(quickly, max_examples=12)  # a pipeline is made for each
@given(documents())
def test_docbin(record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        [(doc, one)] = from_docbin(write("docbin", Path(folder) / "a", record))
    assert doc.text == record.text
    assert spans_of(one) == spans_of(record)
    for q in record.quotes:  # spans are widened to whole tokens; white space may be no token
        widened = {i for s in doc.spans["quotes"] if s.id_ == q.id for i in range(s.start_char, s.end_char)}
        assert {i for s in q.content for i in range(s.start, s.end) if not doc.text[i].isspace()} <= widened


@quickly
@given(documents())
def test_cas(record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        text, spans = from_cas(write("cas", Path(folder) / "a", record), "d")
    assert text == xml_text(record.text or "")
    assert spans == spans_of(record)


def covered(spans: dict[str, dict[str, list[tuple[int, int]]]]) -> dict[str, dict[str, set[int]]]:
    """Return the characters of each role: what remains where spans are cut in fragments."""
    return {
        id: {role: {i for a, b in ranges for i in range(a, b)} for role, ranges in roles.items()}
        for id, roles in spans.items()
    }


@quickly
@given(documents())
def test_tei(record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        text, spans = from_tei(write("tei", Path(folder) / "a", record) / "d.xml")
    assert text == xml_text(record.text or "")
    assert covered(spans) == covered(spans_of(record))


@quickly
@given(documents())
def test_brat(record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        text, events = from_brat(write("brat", Path(folder) / "a", record), "d")
    assert text == record.text
    kept = [q for q in record.quotes if re.search(r"\S", "".join(s.text for s in q.content))]
    assert len(events) == len(kept)
    for event, q in zip(
        sorted(events, key=lambda e: e["note"].rpartition("=")[2]), sorted(kept, key=lambda q: q.id), strict=True
    ):
        said = {i for s in q.content for i in range(s.start, s.end) if not text[i].isspace()}
        found = {i for a, b in event["Content1"] for i in range(a, b) if not text[i].isspace()}
        assert found == said


@pytest.mark.parametrize("format", ["labelstudio", "citron", "schemaorg", "csv", "json"])
@quickly
@given(record=documents())
def test_whatever_is_in_a_text_is_written(format: str, record: DocumentRecord) -> None:
    with TemporaryDirectory() as folder:
        assert write(format, Path(folder) / "a", record).exists()
