"""Hand-made articles with quotations, and a desk on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotes.errors import InputError
from quotes.ids import quote_id, speaker_id, text_hash
from quotes.review.database import Store, open_store
from quotes.review.desk import Desk
from quotes.review.ingest import take_in
from quotes.schema import (
    CandidateRecord,
    DocumentRecord,
    EvidenceRecord,
    MentionRecord,
    ModelRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
)

PEOPLE = ("Ann Lee", "Tom Ray", "Eva Fox")
MODEL = ModelRecord(program="0", spacy="0", pipeline="rules")
Json = dict[str, Any]


def article(number: int = 4, *, lead: str = "The council met.", people: Sequence[str] = PEOPLE) -> str:
    """Return a text with so many quotations, each in a paragraph of its own and by another speaker in turn."""
    lines = [f"“Point {n} will stand,” said {people[n % len(people)]}." for n in range(number)]
    return "\n\n".join([lead, *lines])


def span(text: str, words: str, after: int = 0) -> SpanRecord:
    """Return the span of the first occurrence of words."""
    start = text.index(words, after)
    return SpanRecord(start=start, end=start + len(words), text=words)


def record(text: str | None = None, *, id: str = "a.txt", model: ModelRecord = MODEL, **meta: str) -> DocumentRecord:
    """Return the record of an article: every line that begins with a quotation mark holds one quotation."""
    text = article() if text is None else text
    sha = text_hash(text)
    quotes, speakers, at = [], {}, 0
    for line in text.split("\n"):
        if line.startswith("“"):
            name = line.rsplit("said ", 1)[1].rstrip(".")
            key = speaker_id(sha, name, "person")
            content = span(text, line[: line.index("”") + 1], at)
            source = span(text, name, content.end)
            mention = MentionRecord(**source.model_dump(), form="name")
            known = speakers.get(key, SpeakerRecord(id=key, name=name, kind="person", mentions=()))
            speakers[key] = known.model_copy(update={"mentions": (*known.mentions, mention)})
            quotes.append(_quote(text, sha, content, span(text, "said", content.end), source, key, name, len(quotes)))
        at += len(line) + 1
    ids = list(speakers)
    full = [q.model_copy(update={"candidates": _candidates(q, ids, speakers)}) for q in quotes]
    return DocumentRecord(
        id=id, text_sha256=sha, text=text, meta=meta, model=model, speakers=tuple(speakers.values()), quotes=tuple(full)
    )


def _quote(
    text: str, sha: str, content: SpanRecord, cue: SpanRecord, source: SpanRecord, key: str, name: str, number: int
) -> QuoteRecord:
    return QuoteRecord(
        id=quote_id(sha, [(content.start, content.end)]),
        type="direct",
        content=(content,),
        cue=(cue,),
        source=(source,),
        speaker_id=key,
        speaker=name,
        confidence=round(0.95 - 0.05 * (number % 10), 3),
        speaker_confidence=0.9,
        evidence=(EvidenceRecord(code="marks", words="It stands between quotation marks."),),
    )


def _candidates(quote: QuoteRecord, ids: list[str], speakers: dict[str, SpeakerRecord]) -> tuple[CandidateRecord, ...]:
    ordered = sorted(ids, key=lambda key: key != quote.speaker_id)[:3]
    shares = (0.9, 0.07, 0.03)
    return tuple(
        CandidateRecord(speaker_id=key, name=speakers[key].name, confidence=share)
        for key, share in zip(ordered, shares, strict=False)
    )


def fail(error: InputError, source: str) -> None:
    """Raise what was found wrong with an input."""
    raise error


def put(store: Store, *records: DocumentRecord) -> int:
    """Take records in; none may be refused."""
    return take_in(store, records, fail)


_made: dict[tuple[str, ...], bytes] = {}


def desk_on(path: Path, *records: DocumentRecord) -> Desk:
    """Return a desk on a database with records (one article if none is given); a new file is copied where it can be."""
    records = records or (record(),)
    key = tuple(map(repr, records))
    if not path.exists() and key in _made:
        path.write_bytes(_made[key])
    fresh = not path.exists()
    store = open_store(path)
    put(store, *records)
    if fresh and key not in _made:
        store.close()
        _made[key] = path.read_bytes()
        store = open_store(path)
    return Desk(store)


def quick(desk: Desk) -> Desk:
    """Return the desk with a store that does not wait for the disk, for tests of logic alone."""
    desk.store._connection.execute("PRAGMA synchronous = OFF")
    return desk


def first_doc(desk: Desk, who: str = "Ann") -> str:
    """Return the key of the first document."""
    key: str = desk.documents(who)["documents"][0]["id"]
    return key


def view(desk: Desk, who: str = "Ann", doc: str | None = None) -> Json:
    """Return a document as somebody sees it."""
    return desk.document(who, doc or first_doc(desk))


def decide(
    desk: Desk, number: int, action: str = "accept", who: str = "Ann", doc: str | None = None, **more: Any
) -> Json:
    """Decide on a quotation by its place in the text, as it is now."""
    doc = doc or first_doc(desk)
    quote = view(desk, who, doc)["quotes"][number]
    body = {"doc": doc, "quote": quote["id"], "action": action, "base_revision": quote["revision"], "after": {}}
    return desk.decide(who, body | more)


def by_name(found: Json, name: str) -> str:
    """Return the id of a speaker in a view."""
    return next(s["id"] for s in found["speakers"] if s["name"] == name)


def write_jsonl(path: Path, *records: DocumentRecord) -> Path:
    """Write records as `quotes extract --with-text` does."""
    path.write_text("".join(json.dumps(r.model_dump()) + "\n" for r in records), encoding="utf-8")
    return path
