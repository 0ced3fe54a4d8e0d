"""Readers of what the exporters write, each by the consumer's own library or the rules of its format.

Each returns the text, where the format has it, and the ranges of the quotations in code points.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from exported import Spans

from quotes.schema import DocumentRecord

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def empty() -> dict[str, list[tuple[int, int]]]:
    """Return the roles of a quotation without spans."""
    return {"content": [], "cue": [], "source": []}


def from_jsonl(path: Path) -> list[DocumentRecord]:
    """Read document records."""
    return [DocumentRecord.model_validate_json(line) for line in path.read_text("utf-8").split("\n") if line]


def from_sqlite(path: Path) -> dict[str, tuple[str | None, Spans]]:
    """Read the database by document id."""
    import sqlite3

    base = sqlite3.connect(path)
    found: dict[str, tuple[str | None, Spans]] = {}
    for number, id, text in base.execute("SELECT document, id, text FROM documents").fetchall():
        spans: Spans = {
            row[0]: empty()
            for row in base.execute("SELECT id FROM quotes WHERE document = ? ORDER BY rowid", (number,))
        }
        rows = base.execute(
            "SELECT quote_id, role, start_char, end_char FROM spans WHERE document = ? ORDER BY rowid", (number,)
        )
        for key, role, start, end in rows:
            spans[key][role].append((start, end))
        found[id] = (text, spans)
    base.close()
    return found


def from_webannotation(path: Path) -> Spans:
    """Read an annotation collection by the data model: selectors of targets, links between annotations."""
    spans: Spans = {}
    ids: dict[str, str] = {}
    for annotation in json.loads(path.read_text("utf-8")).get("first", {}).get("items", []):
        tags = [b["value"] for b in annotation["body"] if b.get("purpose") == "tagging"]
        if "quotation" in tags:
            details = next(b["value"] for b in annotation["body"] if b.get("purpose") == "describing")
            ids[annotation["id"]] = json.loads(details)["id"]
            spans[ids[annotation["id"]]] = empty()
        linked = [b["id"] for b in annotation["body"] if "id" in b]
        key, role = ids[linked[0] if linked else annotation["id"]], tags[0] if linked else "content"
        targets = annotation["target"]
        for target in targets if isinstance(targets, list) else [targets]:
            place = next(s for s in target["selector"] if s["type"] == "TextPositionSelector")
            spans[key][role].append((place["start"], place["end"]))
    return spans


def from_cas(folder: Path, name: str) -> tuple[str, Spans]:
    """Read a CAS with dkpro-cassis, which turns UTF-16 units into code points."""
    import cassis

    with (folder / "TypeSystem.xml").open("rb") as types, (folder / f"{name}.xmi").open("rb") as file:
        cas = cassis.load_cas_from_xmi(file, typesystem=cassis.load_typesystem(types))
    spans: Spans = {}
    parts = sorted(cas.select("webanno.custom.Quote"), key=lambda q: q.part)
    for q in parts:
        spans.setdefault(q.quoteId, empty())["content"].append((q.begin, q.end))
    for p in cas.select("webanno.custom.QuotePart"):
        for key in p.quoteId.split():
            spans[key][p.role].append((p.begin, p.end))
    return cas.sofa_string or "", spans


def from_docbin(path: Path) -> list[tuple[Any, DocumentRecord]]:
    """Read a DocBin with spaCy: the Docs, and the records in their user data."""
    import spacy
    from spacy.tokens import DocBin

    docs = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    return [(doc, DocumentRecord.model_validate_json(doc.user_data["quotedesk"])) for doc in docs]


def from_tei(path: Path) -> tuple[str, Spans]:
    """Read a TEI document with lxml: `said` by their chains of fragments, `rs` and `seg` by what they correspond to."""
    from lxml import etree

    root = etree.parse(str(path)).getroot()
    text, spans = "", {}
    places: list[tuple[Any, int, int]] = []

    def walk(element: Any) -> None:
        nonlocal text
        start = len(text)
        text += element.text or ""
        for child in element:
            walk(child)
            text += child.tail or ""
        places.append((element, start, len(text)))

    for paragraph in root.iter(f"{TEI}p"):
        if paragraph.getparent().tag == f"{TEI}body":
            walk(paragraph)
    for element, start, end in sorted(places, key=lambda p: (p[1], -p[2])):
        if element.tag == f"{TEI}said":
            key = element.get(XML_ID).partition(".")[0]
            spans.setdefault(key, empty())["content"].append((start, end))
        elif element.tag in (f"{TEI}rs", f"{TEI}seg"):
            role = {"rs": "source", "seg": "cue"}[etree.QName(element).localname]
            for pointer in element.get("corresp").split():
                spans.setdefault(pointer.strip("#").partition(".")[0], empty())[role].append((start, end))
    return text, spans


ANN_LINE = re.compile(r"(T|E|R|A|#)(\d+)\t([^\t\n]+)(?:\t([^\n]*))?")


def from_brat(folder: Path, name: str) -> tuple[str, list[dict[str, Any]]]:
    """Read standoff files as brat does: line by line, each text-bound annotation checked against the text."""
    text = (folder / f"{name}.txt").read_bytes().decode("utf-8")
    bound: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    events: dict[str, dict[str, Any]] = {}
    for line in (folder / f"{name}.ann").read_bytes().decode("utf-8").splitlines():
        match = ANN_LINE.fullmatch(line)
        assert match, line
        letter, id, data, tail = match[1], match[1] + match[2], match[3], match[4]
        if letter == "T":
            kind, _, rest = data.partition(" ")
            ranges = [(int(a), int(b)) for a, b in (pair.split(" ") for pair in rest.split(";"))]
            assert all(0 <= a < b <= len(text) for a, b in ranges)
            assert tail == " ".join(text[a:b] for a, b in ranges)
            bound[id] = (kind, ranges)
        elif letter == "E":
            arguments = [tuple(a.split(":")) for a in data.split(" ")]
            assert bound[arguments[0][1]][0] == arguments[0][0]
            events[id] = {re.sub(r"\d", "", role) + str(n or ""): bound[a][1] for n, (role, a) in enumerate(arguments)}
        elif letter == "R":
            kind, *arguments = data.split(" ")
            assert kind == "SaidBy"
            assert all(a.split(":")[1] in bound for a in arguments)
        elif letter == "A":
            target = data.split(" ")[1]
            assert target in bound or target in events
            events.setdefault(target, {"Content1": bound[target][1]} if target in bound else {})["type"] = data.split()[
                2
            ]
        else:
            events[data.split(" ")[1]]["note"] = tail
    return text, list(events.values())
