"""Gold files: what is read, what is refused, and gold on a spaCy Doc and back."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin
from unit.scoring_cases import TEXT, gold

from quotes import scoring
from quotes.corpora import GoldDoc, from_doc, parse_document, read_gold, set_gold, to_doc, to_prediction
from quotes.errors import BadGold, DataMissing
from quotes.schema import DocumentRecord, ModelRecord, QuoteRecord, SpanRecord
from quotes.spans import CUES, QUOTES, SOURCES, read_readings


def write(path: Path, *documents: Any) -> Path:
    lines = "\n".join(json.dumps(document, ensure_ascii=False) for document in documents) + "\n\n"
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


def document(**fields: Any) -> GoldDoc:
    return parse_document(json.dumps({**gold(), **fields}), "here")


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_files_are_read_packed_or_not(name: str, tmp_path: Path) -> None:
    documents = list(read_gold(write(tmp_path / name, gold(), {**gold(), "id": "e"})))
    assert [d.id for d in documents] == ["d", "e"]
    first = documents[0].quotes[0]
    assert (first.id, first.type, first.speaker, first.speaker_aliases) == ("g1", "direct", "Eve Ash", ("Dr. Ash",))
    assert [TEXT[s:e] for s, e in first.content + first.source] == ["Rents must fall", "Dr. Eve Ash"]


def test_what_was_read_scores_like_the_file(tmp_path: Path) -> None:
    raw = {**gold(), "corpus": "own"}
    raw["quotes"][0]["voice"] = "loud"
    found = next(read_gold(write(tmp_path / "gold.jsonl", raw)))
    assert (found.extra, found.quotes[0].extra) == ({"corpus": "own"}, {"voice": "loud"})
    summary, _ = scoring.score([found.as_dict()], [raw], where={"voice": {"loud"}})
    assert summary == scoring.score([raw], [raw], where={"voice": {"loud"}})[0]


def test_ids_and_types_have_defaults() -> None:
    quotes = document(quotes=[{"content": [[0, 1]]}, {"content": []}]).quotes
    assert [(q.id, q.type, q.content, q.speaker) for q in quotes] == [
        ("q0", "indirect", ((0, 1),), None),
        ("q1", "indirect", (), None),
    ]


@pytest.mark.parametrize(
    "span", [[5, 5], [9, 3], [-1, 3], [0, 9999], [0], [0, 1, 2], ["0", "1"], [0.5, 2], [True, 2], None, 7]
)
@pytest.mark.parametrize("role", ["content", "cue", "source"])
def test_broken_offsets_are_refused_by_name(role: str, span: Any, tmp_path: Path) -> None:
    broken = {**gold(), "quotes": [{**gold()["quotes"][0], role: [span]}]}
    path = write(tmp_path / "gold.jsonl", {**gold(), "id": "fine"}, broken)
    with pytest.raises(BadGold, match=rf"\[Q301\] .*gold\.jsonl, line 2, quote g1, {role}: .*end-exclusive"):
        list(read_gold(path))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "here: not JSON"),
        ("[]", "must be an object with `id`, `text` and `quotes`"),
        ('{"id": "x"}', "not a gold document"),
        ('{"text": "x"}', "not a gold document"),
        ('{"id": "x", "text": 5}', "not a gold document"),
        ('{"id": "x", "text": "y", "quotes": {"a": 1}}', "`quotes` must be a list"),
        ('{"id": "x", "text": "y", "quotes": ["a"]}', "`quotes` must be a list"),
        ('{"id": "x", "text": "y", "quotes": [{"type": "shout"}]}', "quote q0: no such type 'shout'"),
        ('{"id": "x", "text": "y", "quotes": [{"content": "y"}]}', "not a list of"),
    ],
)
def test_lines_of_another_form_are_refused(line: str, message: str) -> None:
    with pytest.raises(BadGold, match=message):
        parse_document(line, "here")


def test_no_file() -> None:
    with pytest.raises(DataMissing, match=r"\[Q103\] There is no file nowhere\.jsonl"):
        list(read_gold("nowhere.jsonl"))


@pytest.mark.parametrize(
    ("name", "data"), [("a.jsonl.gz", b"not gzip"), ("b.jsonl.gz", gzip.compress(b"x" * 99)[:20]), ("c.jsonl", b"\xff")]
)
def test_unreadable_files_are_refused(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadGold, match=r"after line 0: can't be read"):
        list(read_gold(tmp_path / name))


def test_a_record_becomes_a_prediction() -> None:
    def span(piece: str) -> SpanRecord:
        return SpanRecord(start=TEXT.index(piece), end=TEXT.index(piece) + len(piece), text=piece)

    row = QuoteRecord(
        id="q_1",
        type="direct",
        content=(span('"Rents must fall,"'),),
        cue=(span("said"),),
        source=(span("Dr. Eve Ash"),),
        speaker="Eve Ash",
        confidence=0.8,
    )
    model = ModelRecord(program="0", spacy="0", pipeline="rules")
    record = DocumentRecord(id="d", text_sha256="0", model=model, quotes=(row,))
    prediction = to_prediction(record)
    assert prediction == {
        "id": "d",
        "quotes": [
            {
                "id": "q_1",
                "type": "direct",
                "content": [[0, 18]],
                "cue": [[19, 23]],
                "source": [[24, 35]],
                "speaker": "Eve Ash",
                "confidence": 0.8,
            }
        ],
    }
    from_record = scoring.score([gold()], [record.model_dump(mode="json")])[0]
    assert scoring.score([gold()], [prediction])[0] == from_record


def test_gold_on_a_doc_and_back() -> None:
    expected = document()
    doc = to_doc(spacy.blank("en"), expected)
    assert [(span.id_, span.label_, span.text) for span in doc.spans[QUOTES]] == [
        ("g1", "direct", "Rents must fall"),
        ("g2", "mixed", 'the law "was broken" then'),
        ("g3", "indirect", "they agree"),
    ]
    assert [span.text for span in doc.spans[SOURCES]] == ["Dr. Eve Ash", "She", "Tom"]
    assert list(doc.spans[CUES]) == []
    back = from_doc(doc, id="d")
    assert (back.id, back.text) == (expected.id, expected.text)
    assert [(q.id, q.content, q.source) for q in back.quotes] == [(q.id, q.content, q.source) for q in expected.quotes]


def test_gold_on_a_doc_reads_as_our_own_annotations_and_can_be_stored() -> None:
    nlp = spacy.blank("en")
    doc = to_doc(nlp, document())
    stored = next(iter(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)))
    for found in (read_readings(doc), read_readings(stored)):
        assert list(found) == ["g1", "g2", "g3"]
        assert (found["g2"].type, found["g2"].by, found["g2"].score) == ("mixed", "gold", 1.0)


def test_parts_stay_together_and_quotations_come_in_text_order() -> None:
    rows = [{"id": "late", "content": [[90, 103], [40, 50]]}, {"id": "early", "content": [[1, 6]], "type": "direct"}]
    doc = to_doc(spacy.blank("en"), document(quotes=rows))
    back = from_doc(doc)
    assert [(q.id, len(q.content)) for q in back.quotes] == [("early", 1), ("late", 2)]


def test_a_span_within_a_token_is_widened() -> None:
    doc = to_doc(spacy.blank("en"), document(quotes=[{"content": [[2, 9]]}]))
    assert doc.spans[QUOTES][0].text == "Rents must"


def test_a_doc_of_another_text_is_refused() -> None:
    with pytest.raises(BadGold, match="differs from the gold text of 'd'"):
        set_gold(spacy.blank("en")("Something else"), document())
