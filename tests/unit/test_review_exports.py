"""What goes out: who is taken at their word, that records are valid, and that the report stands on its own."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from desk_cases import Desk, article, by_name, decide, desk_on, first_doc, quick, record, view

from quotes.commands.validate import problems
from quotes.errors import DataMissing
from quotes.exporters import EXPORTERS
from quotes.review.database import open_store
from quotes.review.exports import FORMATS, scope_of, write
from quotes.review.gold import gold
from quotes.review.plot import MOST, plot
from quotes.review.records import reviewed
from quotes.review.settled import outcome
from quotes.schema import DocumentRecord


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Accepted, rejected with a note, corrected in words and speaker, undecided; one added."""
    desk = quick(desk_on(tmp_path / "desk.db", record(title="Title", url="https://e.example/a", date="2026-01-02")))
    quotes = view(desk)["quotes"]
    decide(desk, 0)
    decide(desk, 1, "reject", note="Nobody said that.")
    start, end = quotes[2]["content"][0]
    decide(desk, 2, "correct", after={"content": [[start + 1, end - 1]], "speaker_name": "Zoe Quist"})
    key = by_name(view(desk), "Zoe Quist")
    desk.speakers("Ann", {"doc": first_doc(desk), "op": "edit", "ids": [key], "identifier": "Q42", "role": "clerk"})
    desk.decide(
        "Ann", {"doc": first_doc(desk), "quote": None, "action": "add", "after": {"content": [[4, 11]]}, "note": "=1+1"}
    )
    return desk


def out(desk: Desk, format: str, reviewer: str | None = None, **more: Any) -> str:
    stream = io.StringIO(newline="")
    with desk.store.reading() as connection:
        write(connection, scope_of(connection, reviewer=reviewer), format, stream, **more)
    return stream.getvalue()


def test_records_are_valid_and_say_who_decided(desk: Desk) -> None:
    (line,) = out(desk, "jsonl").splitlines()
    assert list(problems(line)) == []
    found = DocumentRecord.model_validate(json.loads(line))
    assert [q.flags[-1] for q in found.quotes] == [
        "review:accepted",
        "review:accepted",
        "review:corrected",
        "review:unreviewed",
    ]
    corrected = found.quotes[2]
    assert (corrected.content[0].text, corrected.speaker, corrected.confidence) == (
        "Point 2 will stand,",
        "Zoe Quist",
        1.0,
    )
    assert corrected.evidence[-1].words == "Corrected by Ann."
    assert "Nobody said" not in line
    key = next(s for s in found.speakers if s.name == "Zoe Quist")
    assert (key.role, json.loads(found.meta["identifiers"])) == ("clerk", {key.id: "Q42"})
    assert found.quotes[3].confidence == 0.8


def test_csv_has_the_columns_of_extract_and_those_of_the_decision(desk: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(out(desk, "csv"), newline="")))
    assert [r["status"] for r in rows] == ["accepted", "accepted", "corrected", "unreviewed"]
    assert [r["reviewers"] for r in rows] == ["Ann", "Ann", "Ann", ""]
    assert rows[0]["note"] == "'=1+1"
    assert (rows[2]["speaker"], rows[2]["identifier"], rows[2]["title"]) == ("Zoe Quist", "Q42", "Title")
    assert rows[0]["decided_at"].startswith("20")
    assert rows[3]["decided_at"] == ""
    assert out(desk, "csv", bom=True).startswith("\ufeff")


@pytest.mark.parametrize("format", sorted({"json", "webannotation"} & set(EXPORTERS)))
def test_other_formats_are_those_of_the_exporters(desk: Desk, format: str) -> None:
    assert "Zoe Quist" in str(json.loads(out(desk, format)))


def test_the_log_has_every_entry(desk: Desk) -> None:
    entries = [json.loads(line) for line in out(desk, "log").splitlines()]
    assert [e["action"] for e in entries] == ["run", "accept", "reject", "create", "correct", "edit", "add"]
    assert entries[2]["note"] == "Nobody said that."
    assert {e["group"] for e in entries[3:5]} == {entries[3]["seq"]}


def test_nothing_to_export_is_told(tmp_path: Path) -> None:
    store = open_store(tmp_path / "empty.db")
    with store.reading() as connection, pytest.raises(DataMissing, match="no article"):
        scope_of(connection)


class Page(HTMLParser):
    """What a page holds: its tags, ids, addresses, and what a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name == "id":
                self.ids.append(str(value))
            if name in ("href", "src"):
                self.links.append(str(value))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_report_is_one_file_that_fetches_nothing(desk: Desk) -> None:
    text = out(desk, "html")
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert [link for link in page.links if not link.startswith("#")] == ["https://e.example/a"]
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "url(" not in text
    assert "@import" not in text
    assert "prefers-color-scheme: dark" in text


def test_the_report_has_the_article_the_quotes_the_plot_and_the_decisions(desk: Desk) -> None:
    page = Page(out(desk, "html"))
    words = re.sub(r"\[\d\]|\n", "", "".join(page.words))
    assert article().replace("\n", "") in words
    assert page.tags.count("svg") == 1
    assert "Nobody said that." in words
    assert "Zoe Quist" in words
    assert "accept" in words
    assert "1 rejected" in words


def test_hostile_texts_are_shown_and_never_run(tmp_path: Path) -> None:
    text = "<script>alert(1)</script>\n\n" + article(2, people=("<img src=x onerror=alert(1)>", "Tom & Ray"))
    url = "javascript:alert(1)"
    desk = quick(desk_on(tmp_path / "h.db", record(text, id="<b>", title="</title><script>x</script>", url=url)))
    decide(desk, 0, "note", note="</table><script>alert(2)</script>\ud800")
    text = out(desk, "html")
    page = Page(text)
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert not any(link.startswith("javascript") for link in page.links)
    assert "<script>alert(1)</script>" in "".join(page.words)
    text.encode("utf-8")


def test_two_who_agree_count_as_one_and_two_who_differ_are_disputed(tmp_path: Path) -> None:
    desk = quick(desk_on(tmp_path / "two.db"))
    for who, action in (("Ann", "accept"), ("Bob", "reject")):
        decide(desk, 0, who=who)
        decide(desk, 1, action, who=who)
    decide(desk, 2, "reject", who="Bob")
    doc = first_doc(desk)
    with desk.store.reading() as connection:
        rows, alone = outcome(connection, doc).quotes, outcome(connection, doc, "Ann").quotes
    assert [(r.status, r.by) for r in rows] == [
        ("accepted", ("Ann", "Bob")),
        ("disputed", ("Ann", "Bob")),
        ("rejected", ("Bob",)),
        ("unreviewed", ()),
    ]
    assert [r.status for r in alone] == ["accepted", "accepted", "unreviewed", "unreviewed"]
    for who in ("Ann", "Bob"):
        desk.finish(who, first_doc(desk), True)
    item = desk.adjudication(first_doc(desk))["items"][1]
    desk.settle("Cy", {"doc": first_doc(desk), "quote": item["quote"], "choose": "Ann", "base_revision": 0})
    with desk.store.reading() as connection:
        assert outcome(connection, doc).quotes[1].status == "accepted"


def test_one_quotation_corrected_to_what_another_added_goes_out_once(tmp_path: Path) -> None:
    desk = quick(desk_on(tmp_path / "one.db"))
    (start, end), doc = view(desk)["quotes"][0]["content"][0], first_doc(desk)
    inner = [[start + 1, end - 1]]
    decide(desk, 0, "correct", who="Ann", after={"content": inner})
    decide(desk, 0, "reject", who="Bob")
    desk.decide("Bob", {"doc": doc, "quote": None, "action": "add", "after": {"content": inner}})
    with desk.store.reading() as connection:
        found = reviewed(connection, doc).record
    assert len({q.id for q in found.quotes}) == len(found.quotes) == 4


def test_decisions_as_gold_data(desk: Desk, tmp_path: Path) -> None:
    with desk.store.reading() as connection:
        assert (gold(connection).documents, gold(connection).unfinished) == ([], 1)
    decide(desk, 4, "unsure")
    with desk.store.reading() as connection:
        found = gold(connection)
    assert found.unfinished == 0
    assert [(q["speaker"], q["settled"]) for q in found.documents[0]["quotes"]] == [
        (None, "yes"),
        ("Ann Lee", "yes"),
        ("Zoe Quist", "yes"),
        ("Ann Lee", "no"),
    ]
    assert len(found.predictions[0]["quotes"]) == 4


def test_the_plot_gives_the_rest_one_bar() -> None:
    found = plot([(f"Name {n} {'x' * 40}", 30 - n) for n in range(MOST + 3)])
    assert len(found.bars) == MOST + 1
    assert (found.bars[-1].label, found.bars[-1].count, found.others) == ("3 others", 27, 3)
    assert found.bars[0].label.endswith("…")
    assert plot([]).bars == ()


def test_every_format_has_a_media_type() -> None:
    assert set(FORMATS) == {"jsonl", "csv", "json", "webannotation", "html", "log"}
