"""From annotated Docs to records: offsets into the text as given, speakers, confidence, pieces, warnings."""

from __future__ import annotations

from handmade import make_doc
from spacy.tokens import Doc

from quotes.attribution import Verdict, write_verdicts
from quotes.clusters import write_clusters
from quotes.ids import quote_id, text_hash
from quotes.inputs import Document
from quotes.records import CONTEXT, Piece, assemble, quotes_of
from quotes.regions import write_regions
from quotes.schema import DocumentRecord, ModelRecord
from quotes.spans import write_readings
from quotes.text import Text, normalise
from quotes.types import Cluster, Mention, Reading, Region

MODEL = ModelRecord(program="0", spacy="none", pipeline="rules")
ANN = Cluster((Mention(5, 6, 5, "name"),), "Ann", "person", "mayor", ("Ann", "Annie"))
BOB = Cluster((Mention(1, 2, 1, "pronoun"),), "Bob", "person")
READING = Reading(
    content=((0, 5),), cue=((6, 7),), source=((5, 6),), type="direct", score=0.8, evidence=("marks",), flags=("a",)
)
VERDICT = Verdict(0, 0.5, ((0, 0.5), (1, 0.25)), None, ("speaker:name", "marks"), ("b", "a"))


def annotated(verdict: Verdict | None = VERDICT) -> Doc:
    """Return a Doc with one quotation, two clusters and, unless None, a verdict."""
    doc = make_doc("“ We/PRON/nsubj/won won=win/VERB/ccomp/said , ” Ann/PROPN/nsubj/said said=say/VERB/ROOT .")
    write_readings(doc, [READING])
    write_clusters(doc, [ANN, BOB], {"q0": [(0, 0.5)]})
    if verdict is not None:
        write_verdicts(doc, {"q0": verdict})
    return doc


def record_of(doc: Doc, text: Text | None = None, **options: bool) -> DocumentRecord:
    text = text or Text(doc.text, doc.text)
    piece = Piece(Document(id="a", text=text.raw), text, 0, len(text.clean))
    (record,) = assemble([(doc, piece)], MODEL, **options)
    return record


def test_a_quotation() -> None:
    (quote,) = quotes_of(annotated())
    assert [(s.start, s.end, s.text) for s in quote.content] == [(0, 9, "“We won,”")]
    assert [s.text for s in quote.cue] == ["said"]
    assert [s.text for s in quote.source] == ["Ann"]
    assert (quote.type, quote.speaker, quote.reason) == ("direct", "Ann", None)
    assert quote.id == quote_id(text_hash("“We won,” Ann said."), [(0, 9)])
    assert (quote.prefix, quote.suffix) == ("", " Ann said.")


def test_confidence_in_the_attribution_and_in_the_speaker_stand_apart() -> None:
    (quote,) = quotes_of(annotated())
    assert (quote.confidence, quote.speaker_confidence) == (0.8, 0.5)
    (quote,) = quotes_of(annotated(Verdict(reason="no_source")))
    assert (quote.confidence, quote.speaker_confidence) == (0.8, None)


def test_evidence_and_flags_are_joined_without_doubles() -> None:
    (quote,) = quotes_of(annotated())
    assert [e.code for e in quote.evidence] == ["marks", "speaker:name"]
    assert all(e.words.endswith(".") for e in quote.evidence)
    assert quote.flags == ("a", "b")


def test_no_speaker_has_a_reason() -> None:
    (quote,) = quotes_of(annotated(Verdict(reason="no_source")))
    assert (quote.speaker, quote.speaker_id, quote.reason) == (None, None, "no_source")


def test_a_doc_without_attribution_has_records_without_speakers() -> None:
    (quote,) = quotes_of(annotated(None))
    assert (quote.speaker, quote.candidates) == (None, ())


def test_speakers_and_candidates_point_at_each_other() -> None:
    record = record_of(annotated())
    ann, bob = record.speakers
    assert (ann.name, ann.kind, ann.role, ann.aliases) == ("Ann", "person", "mayor", ("Annie",))
    assert [(m.text, m.form) for m in ann.mentions] == [("Ann", "name")]
    assert record.quotes[0].speaker_id == ann.id
    assert [(c.speaker_id, c.confidence) for c in record.quotes[0].candidates] == [(ann.id, 0.5), (bob.id, 0.25)]


def test_a_cluster_that_nobody_asks_for_is_no_speaker() -> None:
    assert [s.name for s in record_of(annotated(Verdict(0, 1.0))).speakers] == ["Ann"]


def test_offsets_go_back_to_the_text_as_given() -> None:
    raw = "“We\u200b won,”\u00a0Ann\u00ad said."
    text = normalise(raw)
    doc = annotated()
    assert text.clean == doc.text
    record = record_of(doc, text)
    (quote,) = record.quotes
    assert quote.content[0].text == "“We\u200b won,”"
    for span in (*quote.content, *quote.cue, *quote.source, *(m for s in record.speakers for m in s.mentions)):
        assert raw[span.start : span.end] == span.text
    assert record.text_sha256 == text_hash(raw)


def test_the_text_is_given_out_only_when_asked_for() -> None:
    assert record_of(annotated()).text is None
    assert record_of(annotated(), with_text=True).text == "“We won,” Ann said."


def test_the_context_is_short() -> None:
    doc = annotated()
    text = Text("x" * 100 + doc.text + "y" * 100, "x" * 100 + doc.text + "y" * 100)
    piece = Piece(Document(id="a", text=text.raw), text, 100, 100 + len(doc.text))
    (record,) = assemble([(doc, piece)], MODEL)
    assert record.quotes[0].content[0].start == 100
    assert record.quotes[0].prefix == "x" * CONTEXT
    assert record.quotes[0].suffix == (" Ann said." + "y" * 100)[:CONTEXT]


def test_pieces_of_one_document_become_one_record_and_share_speakers() -> None:
    doc = annotated()
    size = len(doc.text)
    text = Text(doc.text * 2, doc.text * 2)
    document = Document(id="a", text=text.raw)
    pieces = [Piece(document, text, 0, size, last=False), Piece(document, text, size, 2 * size)]
    (record,) = assemble([(annotated(), p) for p in pieces], MODEL)
    assert [q.content[0].start for q in record.quotes] == [0, size]
    assert len({q.id for q in record.quotes}) == 2
    assert [s.name for s in record.speakers] == ["Ann", "Bob"]
    assert [m.start for m in record.speakers[0].mentions] == [10, 10 + size]


def test_documents_come_out_in_order() -> None:
    doc = annotated()
    text = Text(doc.text, doc.text)
    pieces = [Piece(Document(id=i, text=doc.text), text, 0, len(doc.text)) for i in "abc"]
    assert [r.id for r in assemble([(annotated(), p) for p in pieces], MODEL)] == ["a", "b", "c"]


def test_a_repeat_names_the_quotation_that_it_repeats() -> None:
    doc = make_doc(" ".join(f"w{i}/NOUN/dep" for i in range(6)))
    write_readings(doc, [Reading(content=((0, 2),)), Reading(content=((3, 5),))])
    write_verdicts(doc, {"q0": Verdict(repeats="q1", reason="no_source"), "q1": Verdict(reason="no_source")})
    first, second = quotes_of(doc)
    assert (first.repeats, second.repeats) == (second.id, None)


def test_a_region_that_nobody_utters_is_an_aside_and_an_unclosed_one_a_warning() -> None:
    doc = make_doc("“ free/ADJ/dep ” fares/NOUN/ROOT and/CCONJ/cc/fares “ more/ADJ/dep .")
    closed = Region(parts=((0, 6),), inner=((1, 5),))
    unclosed = Region(parts=((17, 23),), inner=((18, 23),), closed=False)
    write_regions(doc, [closed, unclosed], {0: "scare"})
    record = record_of(doc)
    assert [(a.span.text, a.flag) for a in record.asides] == [("“free”", "scare")]
    assert [w.code for w in record.warnings] == ["W101"]
    assert "1 quotation mark" in record.warnings[0].message


def test_an_empty_doc() -> None:
    record = record_of(make_doc(""))
    assert (record.quotes, record.speakers, record.asides, record.warnings) == ((), (), (), ())
