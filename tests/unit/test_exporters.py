"""Every output format, read back by its consumer, on a record with an emoji and a quotation over several lines."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from exported import META, TEXT, documents, quote, record, spans_of, write
from format_readers import (
    from_brat,
    from_cas,
    from_docbin,
    from_jsonl,
    from_sqlite,
    from_tei,
    from_webannotation,
)
from hypothesis import settings
from hypothesis.errors import NoSuchExample

from quotes.config import FORMATS
from quotes.errors import ExtraMissing, NotWritten, OutputError, TextMissing, UsageError
from quotes.exporters import EXPORTERS, exporting, format_for
from quotes.exporters.common import Names, bare, iri
from quotes.exporters.tei import to_tei
from quotes.output.cells import GAP
from quotes.schema import DocumentRecord

RECORD = record()
BARE = record(with_text=False)


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_the_setting_knows_the_exporters() -> None:
    assert tuple(EXPORTERS) == FORMATS


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_exporter_says_what_it_loses_and_its_module_says_it_too(name: str) -> None:
    exporter = EXPORTERS[name]
    exporter.load()
    lossless = {"jsonl", "json", "sqlite", "docbin"}
    assert (exporter.loses == "") == (name in lossless)
    if exporter.home.startswith("quotes.exporters.") and name not in lossless:
        words = sys.modules[exporter.home.partition(":")[0]].__doc__ or ""
        assert re.search("left out|no place", words), name


def test_json_comes_back(tmp_path: Path) -> None:
    assert from_jsonl(write("jsonl", tmp_path / "a.jsonl", RECORD, BARE)) == [RECORD, BARE]
    [one] = load(write("json", tmp_path / "a.json", RECORD))
    assert type(RECORD).model_validate(one) == RECORD


def test_csv_has_a_row_a_quotation(tmp_path: Path) -> None:
    with write("csv", tmp_path / "a.csv", RECORD, RECORD).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    assert rows[0]["content"] == "“We won 🗳️,” […] “The count\nwent on\n\nall night.”"
    assert rows[1]["content"].startswith("'=Tom Ray")
    assert (rows[0]["speaker"], rows[4]["reason"], rows[0]["url"]) == ("Ann Lee", "no_source", META["url"])


def test_sqlite_has_all_of_a_record(tmp_path: Path) -> None:
    path = write("sqlite", tmp_path / "a.db", RECORD, BARE)
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert from_sqlite(path)[RECORD.id][1] == spans_of(RECORD)
    assert base.execute("SELECT text FROM documents").fetchall() == [(TEXT,), (None,)]
    counts = [base.execute(f"SELECT count(*) FROM {t} WHERE document = 1").fetchone()[0] for t in
              ("speakers", "mentions", "quotes", "candidates", "evidence", "asides", "warnings")]  # fmt: skip
    assert counts == [2, 3, 5, 3, 5, 1, 1]
    row = base.execute("SELECT speaker, kind, role, source, cue, url FROM quotations").fetchone()
    assert row == ("Ann Lee", "person", "mayor", "Mayor Ann Lee", "told", META["url"])
    base.close()


def test_parquet_reads_with_pyarrow(tmp_path: Path) -> None:
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(write("parquet", tmp_path / "a.parquet", RECORD, BARE)).to_pylist()
    assert len(rows) == 10
    roles = ("content", "cue", "source")
    got = {r["id"]: {role: [(p["start"], p["end"]) for p in r[f"{role}_parts"]] for role in roles} for r in rows}
    assert got == spans_of(RECORD)
    assert all(TEXT[p["start"] : p["end"]] == p["text"] for r in rows for p in r["content_parts"])
    assert (rows[0]["content"], rows[0]["title"], rows[0]["role"]) == (
        GAP.join(s.text for s in RECORD.quotes[0].content), META["title"], "mayor",
    )  # fmt: skip
    made_by = RECORD.model.model_dump(exclude={"spacy"})
    assert {key: rows[0][key] for key in made_by} == made_by
    empty = pyarrow.parquet.read_table(write("parquet", tmp_path / "b.parquet"))
    assert empty.num_rows == 0
    assert "content_parts" in empty.column_names


@pytest.mark.parametrize("one", [RECORD, BARE], ids=["with text", "without"])
def test_web_annotation_has_quote_and_position_selectors(tmp_path: Path, one: Any) -> None:
    path = write("webannotation", tmp_path / "a.json", one, record("b.txt"))
    assert from_webannotation(path) == spans_of(RECORD)
    data = load(path)
    items = data["first"]["items"]
    assert data["total"] == len(items) == 26
    assert len({i["id"] for i in items}) == 26
    first = items[0]["target"][0]
    assert first["source"] == "https://example.org/a/1?x=%C3%BC"
    selector = first["selector"][0]
    assert TEXT.count(selector["prefix"] + selector["exact"] + selector.get("suffix", "")) == 1
    assert all("prefix" in i["selector"][0] for i in items[0]["target"]) == (one is RECORD)
    assert load(write("webannotation", tmp_path / "b.json"))["total"] == 0


LOCAL = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": "http://www.w3.org/ns/oa#", "as": "http://www.w3.org/ns/activitystreams#", "id": "@id", "type": "@type",
        "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource",
        "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "linking": "oa:linking",
        "identifying": "oa:identifying", "first": {"@id": "as:first", "@type": "@id"},
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"}, "@vocab": "http://www.w3.org/ns/oa#",
    },
    "https://schema.org": {"@vocab": "http://schema.org/"},
}  # fmt: skip


@pytest.fixture
def local_contexts(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let PyLD take the contexts from here, and nothing from the network."""
    from pyld import jsonld

    def load_local(url: str, options: Any = None) -> Any:
        document = {"@context": LOCAL[url.rstrip("/") if "schema" in url else url]}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}

    previous = jsonld.get_document_loader()
    jsonld.set_document_loader(load_local)
    yield jsonld
    jsonld.set_document_loader(previous)


def graph(jsonld: Any, path: Path) -> Any:
    """Return a JSON-LD file as an RDF graph, by PyLD and rdflib."""
    import rdflib

    triples = jsonld.to_rdf(load(path), {"format": "application/n-quads"})
    return rdflib.Graph().parse(data=triples, format="nt")


def test_web_annotation_is_rdf(tmp_path: Path, local_contexts: Any) -> None:
    found = graph(local_contexts, write("webannotation", tmp_path / "a.json", RECORD))
    rows = list(
        found.query(
            """PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?exact ?start ?end WHERE {
            ?a a oa:Annotation; oa:motivatedBy oa:identifying; oa:hasTarget ?t. ?t oa:hasSelector ?q, ?p.
            ?q oa:exact ?exact. ?p oa:start ?start; oa:end ?end }"""
        )
    )
    assert sorted((int(a), int(b)) for _, a, b in rows) == sorted(
        (s.start, s.end) for q in RECORD.quotes for s in q.content
    )
    assert all(TEXT[int(a) : int(b)] == str(words) for words, a, b in rows)


def test_schema_org_is_rdf_and_never_rates(tmp_path: Path, local_contexts: Any) -> None:
    path = write("schemaorg", tmp_path / "a.jsonld", RECORD, record("b.txt"))
    article, *stubs = load(path)["@graph"][:4]
    assert [p["@type"] for p in article["hasPart"]] == ["Quotation", "Quotation", "Claim", "Quotation", "Quotation"]
    said = article["hasPart"][0]
    assert said["text"] == "We won 🗳️, […] The count went on all night."
    assert said["spokenByCharacter"] == {"@type": "Person", "name": "Ann Lee", "jobTitle": "mayor"}
    assert article["hasPart"][3]["spokenByCharacter"] == {"name": "The note"}
    assert "spokenByCharacter" not in article["hasPart"][4]
    assert [s["@type"] for s in stubs] == ["ClaimReview"] * 3
    text = path.read_text("utf-8")
    assert '"reviewRating": null' in text
    assert not re.search(r"ratingValue|alternateName|bestRating|TODO", text)
    found = graph(local_contexts, path)
    assert "reviewRating" not in str(found.serialize(format="nt"))
    assert load(write("schemaorg", tmp_path / "b.jsonld"))["@graph"] == []


def test_brat_files_pass_brats_own_checks(tmp_path: Path) -> None:
    folder = write("brat", tmp_path / "out", RECORD)
    text, events = from_brat(folder, "news_a_1")
    assert text == TEXT
    assert [e["type"] for e in events] == ["direct", "mixed", "indirect", "direct", "direct"]
    pieces = [TEXT[a:b] for a, b in events[0]["Content1"]]
    assert pieces == ["“We won 🗳️,”", "“The count", "went on", "all night.”"]
    assert events[0]["Cue"] == [(s.start, s.end) for s in RECORD.quotes[0].cue]
    assert "speaker=Ann Lee; confidence=0.875" in events[0]["note"]
    configuration = (folder / "annotation.conf").read_text()
    assert all(f"[{s}]" in configuration for s in ("entities", "relations", "events", "attributes"))


def test_tei_is_the_text_and_its_spans(tmp_path: Path) -> None:
    path = write("tei", tmp_path / "out", RECORD) / "news_a_1.xml"
    text, _ = from_tei(path)
    assert text == TEXT.replace("\x0b", "\ufffd")
    from lxml import etree

    root = etree.parse(str(path)).getroot()
    names = [n.text for n in root.iterfind(".//{*}persName")]
    assert names == ["Ann Lee"]
    said = root.findall(".//{*}said")
    assert {s.get("who") for s in said} == {"#s_lee", "#s_note", None}
    assert {s.get("direct") for s in said} == {"true", "unknown", "false"}
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    pointers = {
        p for a in ("who", "next", "prev", "ref", "corresp", "ana") for v in root.xpath(f"//@{a}") for p in v.split()
    }
    assert {p.lstrip("#") for p in pointers} <= set(ids)


@pytest.mark.slow  # compiling the schema takes ten seconds
def test_tei_is_valid_by_the_schema_of_the_tei(corpus: Path) -> None:
    import lzma

    from hypothesis import find
    from lxml import etree

    packed = corpus.parent / "schemas" / "tei_all-4.3.0.rng.xz"
    schema = etree.RelaxNG(etree.fromstring(lzma.decompress(packed.read_bytes())))

    def is_wrong(one: DocumentRecord) -> bool:
        return not schema.validate(etree.fromstring(to_tei(one).encode()))

    assert not is_wrong(RECORD)
    assert not is_wrong(RECORD.model_copy(update={"text": "", "quotes": (), "speakers": (), "meta": {}}))
    with pytest.raises(NoSuchExample):
        find(documents(), is_wrong, settings=settings(max_examples=200, deadline=None))


def test_inception_gets_a_cas_that_cassis_reads(tmp_path: Path) -> None:
    folder = write("cas", tmp_path / "out", RECORD)
    text, spans = from_cas(folder, "news_a_1")
    assert text == TEXT.replace("\x0b", "\ufffd")
    assert spans == spans_of(RECORD)
    xmi = (folder / "news_a_1.xmi").read_text("utf-8")
    first = RECORD.quotes[0].content[0]
    units = len(TEXT[: first.end].encode("utf-16-le")) // 2
    assert units == first.end + 2
    assert f'end="{units}"' in xmi


def test_label_studio_tasks_have_the_form_of_an_import(tmp_path: Path) -> None:
    folder = write("labelstudio", tmp_path / "out", RECORD, record("b.txt"))
    tasks = load(folder / "tasks.json")
    assert len(tasks) == 2
    data, [prediction] = tasks[0]["data"], tasks[0]["predictions"]
    assert len(data["text"]) == len(TEXT)
    assert "\r" not in data["text"]
    assert prediction["score"] == 0.875
    regions = {r["id"]: r for r in prediction["result"] if r["type"] == "labels"}
    relations = [r for r in prediction["result"] if r["type"] == "relation"]
    assert len(regions) + len(relations) == len(prediction["result"])
    from lxml import etree

    view = etree.parse(str(folder / "label_config.xml")).getroot()
    labels = {e.get("value") for e in view.iter("Label")}
    kinds = {e.get("value") for e in view.iter("Relation")}
    for region in regions.values():
        value = region["value"]
        assert data["text"][value["start"] : value["end"]] == value["text"]
        assert (region["from_name"], region["to_name"]) == (
            view.find("Labels").get("name"),
            view.find("Text").get("name"),
        )
        assert set(value["labels"]) <= labels
    assert view.find("Text").get("value") == "$text"
    assert all({r["from_id"], r["to_id"]} <= set(regions) and set(r["labels"]) <= kinds for r in relations)
    assert regions[relations[0]["from_id"]]["meta"] == {"text": ["Ann Lee"]}
    got = {(r["value"]["start"], r["value"]["end"]) for r in regions.values()}
    assert got == {s for roles in spans_of(RECORD).values() for spans in roles.values() for s in spans}
    assert load(write("labelstudio", tmp_path / "none") / "tasks.json") == []


def test_citron_reads_its_documents(tmp_path: Path) -> None:
    """By the rules of its parser: each span is looked up in a spaCy Doc of the text by its first and last character."""
    import spacy

    data = load(write("citron", tmp_path / "out", RECORD) / "news_a_1.json")
    doc = spacy.blank("en")(data["text"])
    token_at = {token.idx + i: token.i for token in doc for i in range(len(token) + len(token.whitespace_))}
    assert [q["id"] for q in data["quotes"]] == [q.id for q in RECORD.quotes if q.cue]
    for q in data["quotes"]:
        for s in (q["cue"], *q["sources"], *q["contents"], *q["coreferences"]):
            assert data["text"][s["start"] : s["end"]] == s["text"]
            assert token_at[s["end"] - 1] + 1 > token_at[s["start"]]
    assert [s["text"] for s in data["quotes"][1]["coreferences"]] == ["Ann Lee"]
    assert [[s["text"] for s in g] for g in data["coreference_groups"]] == [["Ann Lee", "Mayor Ann Lee"]]


def test_docbin_gives_docs_with_spans_and_the_record(tmp_path: Path) -> None:
    [(doc, one), _] = from_docbin(write("docbin", tmp_path / "a.spacy", RECORD, record("b")))
    assert doc.text == TEXT
    assert one == BARE
    first = [s for s in doc.spans["quotes"] if s.id_ == RECORD.quotes[0].id]
    assert [s.text for s in first] == [s.text for s in RECORD.quotes[0].content]
    assert {s.label_ for s in doc.spans["quotes"]} == {"direct", "mixed", "indirect"}
    assert doc.spans["quote_cues"][0].text == "told"


@pytest.mark.parametrize("name", [n for n, e in EXPORTERS.items() if e.needs_text])
def test_a_missing_text_is_told_and_the_next_record_follows(tmp_path: Path, name: str) -> None:
    with exporting(name, str(tmp_path / "out")) as put:
        with pytest.raises(TextMissing, match=r"news/a 1\.txt: .* --text"):
            put(BARE)
        put(RECORD)
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [n for n, e in EXPORTERS.items() if e.shape != "stream"])
def test_what_is_no_stream_needs_a_path(name: str) -> None:
    with pytest.raises(UsageError, match="--out"), exporting(name, None):
        pass


@pytest.mark.parametrize("name", [n for n, e in EXPORTERS.items() if e.shape != "folder"])
def test_nothing_is_left_of_an_output_that_fails(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.write_text("old")
    with pytest.raises(KeyError), exporting(name, str(out)) as put:
        put(RECORD)
        raise KeyError
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert out.read_text() == "old"
    with pytest.raises(OutputError, match="nowhere"), exporting(name, str(tmp_path / "nowhere" / "out")):
        pass


def test_label_studio_leaves_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(KeyError), exporting("labelstudio", str(tmp_path)) as put:
        put(RECORD)
        raise KeyError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["brat", "tei", "cas", "citron"])
def test_a_document_that_cannot_be_written_does_not_stop_the_others(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, home = EXPORTERS[name].load(), sys.modules[EXPORTERS[name].home.partition(":")[0]]
    assert real
    writes = home.__dict__["write_whole"]

    def full(path: Path, data: str) -> None:
        if path.name.startswith("bad"):
            raise OSError(28, "No space left on device")
        writes(path, data)

    monkeypatch.setattr(home, "write_whole", full)
    with exporting(name, str(tmp_path / "out")) as put:
        with pytest.raises(NotWritten, match=r"bad: .*No space left"):
            put(record("bad"))
        put(record("good"))
    assert [p for p in (tmp_path / "out").iterdir() if p.name.startswith("good")]


@pytest.mark.parametrize("name", ["sqlite", "parquet", "docbin", "jsonl", "webannotation"])
def test_a_full_disk_is_one_line(name: str, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    out = full if EXPORTERS[name].shape == "stream" else tmp_path
    with pytest.raises(OutputError, match=re.escape(str(out))), exporting(name, str(out)) as put:
        for _ in range(200):
            put(RECORD)


@pytest.mark.parametrize("name", [n for n, e in EXPORTERS.items() if e.extra])
def test_a_format_that_is_not_installed_names_its_extra(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in EXPORTERS[name].packages:
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ExtraMissing, match=f"quotedesk\\[{EXPORTERS[name].extra}\\]"), exporting(name, "x"):
        pass


def test_exporters_are_imported_when_they_are_used() -> None:
    heavy = ("pyarrow", "cassis", "spacy", "sqlite3", "lxml", "quotes.exporters.tei", "quotes.exporters.csv_rows")
    code = (
        "import sys; from quotes.exporters import exporting\n"
        "with exporting('jsonl', '-x'): pass\n"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    ).replace("'-x'", "'/dev/null'")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.jsonl", "jsonl"),
        ("A.PARQUET", "parquet"),
        ("a.db", "sqlite"),
        ("a.spacy", "docbin"),
        ("a.txt", "text"),
        ("a", "jsonl"),
    ],
)
def test_the_ending_tells_the_format(path: str, format: str) -> None:
    assert format_for(path) == format


def test_files_are_named_after_documents_and_never_the_same() -> None:
    names = Names()
    got = [names.name_for(i) for i in ("a/b.txt", "a/b.html", "https://x.org/ä?1", "../..", "", "A/B.txt", "\ud800.md")]
    assert got[0] == "a_b"
    assert got[2:4] == ["https_x.org_ä_1", "document"]
    assert len({n.casefold() for n in got}) == len(got)
    assert not [n for n in got if "/" in n or n.startswith(".")]


def test_documents_without_an_address_are_named_by_their_text() -> None:
    assert iri(RECORD) == "https://example.org/a/1?x=%C3%BC"
    assert iri(RECORD.model_copy(update={"meta": {"url": "javascript:x"}})).startswith("ni:///sha-256;")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("“A,”", "A,"),
        ('"A', "A"),
        ("A”", "A"),
        ("‘A’", "A"),
        ("the players’", "the players’"),
        ("“”", ""),
    ],
)
def test_marks_are_taken_off(said: str, words: str) -> None:
    assert bare(quote("direct", (said,), text=said), GAP) == words
