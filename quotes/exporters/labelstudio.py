"""Label Studio: `tasks.json` with predictions to correct, and `label_config.xml` to paste into the project's settings.

Offsets are code points there. A carriage return becomes a space: a browser would drop it and move all that follows.
Candidates, evidence, asides and warnings are left out; the speaker's name stands with the region of the content.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

from quotes.exporters.common import utf8
from quotes.output import Close, Write
from quotes.output.target import replaced, write_whole
from quotes.schema import DocumentRecord, SpanRecord

LABELS = {"direct": "Direct", "mixed": "Mixed", "indirect": "Indirect", "cue": "Cue", "source": "Source"}
CONFIGURATION = """<View>
  <Relations>
    <Relation value="said_by"/>
    <Relation value="reported_by"/>
    <Relation value="goes_on"/>
  </Relations>
  <Labels name="label" toName="text">
    <Label value="Direct" background="#1f77b4"/>
    <Label value="Mixed" background="#17becf"/>
    <Label value="Indirect" background="#9467bd"/>
    <Label value="Cue" background="#ff7f0e"/>
    <Label value="Source" background="#2ca02c"/>
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
</View>
"""


def labelstudio_writer(folder: Path, stack: ExitStack) -> tuple[Write, Close]:
    """A list of tasks, one a document, written as it comes."""
    path = stack.enter_context(replaced(str(folder / "tasks.json")))
    stream = stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
    count = 0

    def write(record: DocumentRecord) -> None:
        nonlocal count
        stream.write("[\n" if not count else ",\n")
        stream.write(json.dumps(to_task(record), ensure_ascii=False))
        count += 1

    def close() -> None:
        stream.write("\n]\n" if count else "[]\n")
        write_whole(folder / "label_config.xml", CONFIGURATION)

    return write, close


def to_task(record: DocumentRecord) -> dict[str, Any]:
    """Return the task of a record. Its score is that of the quotation most in doubt, by which tasks can be sorted."""
    out: list[dict[str, Any]] = []
    known: dict[tuple[str, int, int], str] = {}
    for quote in record.quotes:
        note = [utf8(quote.speaker)] if quote.speaker else []
        content = [_region(s, LABELS[quote.type], quote.confidence, note, out, known) for s in quote.content]
        out += [_relation(a, b, "goes_on") for a, b in pairwise(content)]
        for role, label, spans in (("said_by", "Source", quote.source), ("reported_by", "Cue", quote.cue)):
            for span in spans:
                out.append(_relation(content[0], _region(span, label, quote.confidence, [], out, known), role))
    data = {"id": utf8(record.id), "text": utf8(record.text or "").replace("\r", " "), "sha256": record.text_sha256}
    data |= {key: utf8(record.meta[key]) for key in ("url", "title", "date") if key in record.meta}
    prediction: dict[str, Any] = {"model_version": f"quotedesk {record.model.program}", "result": out}
    if record.quotes:
        prediction["score"] = min(q.confidence for q in record.quotes)
    return {"data": data, "predictions": [prediction]}


def _region(
    span: SpanRecord,
    label: str,
    score: float,
    note: list[str],
    out: list[dict[str, Any]],
    known: dict[tuple[str, int, int], str],
) -> str:
    """Add a region, if it is not there yet, and return its id."""
    key = (label, span.start, span.end)
    if key not in known:
        known[key] = f"{label[0].lower()}{span.start}-{span.end}"
        words = utf8(span.text).replace("\r", " ")
        region: dict[str, Any] = {
            "id": known[key],
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "score": score,
            "value": {"start": span.start, "end": span.end, "text": words, "labels": [label]},
        }
        out.append(region | ({"meta": {"text": note}} if note else {}))
    return known[key]


def _relation(start: str, end: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]}
