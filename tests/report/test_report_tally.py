"""Counting: what is counted once, what is left out, where and when; and the tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from report_cases import names, record, speaker, tally_of

from quotes.errors import DataMissing, UsageError
from quotes.report.counts import month_of, outlet_of
from quotes.report.people import read_people
from quotes.report.tables import Table, tables
from quotes.report.text import lines, write_csv

ANN, TOM = speaker("Ann Lee", role="mayor"), speaker("Tom Ray", role="coach")
MARCH = {"site": "The Courier", "date": "2026-03-04"}


def table(name: str, found: list[Table]) -> Table:
    return next(t for t in found if t.name == name)


def column(found: Table, name: str) -> list[object]:
    return [row[found.columns.index(name)] for row in found.rows]


def test_counts_words_types_articles_and_who_is_not_named() -> None:
    one = record((ANN, "we will win"), (None, "go home"), (speaker("officials", "anonymous"), "no"), meta=MARCH)
    two = record((ANN, "yes"), type="indirect", meta={"url": "https://www.post.example/a", "date": "2026-04-01"})
    found = tables(tally_of(one, two, record(meta=MARCH)))
    speakers = table("speakers", found)
    assert speakers.rows == (
        ("Ann Lee", "person", "mayor", 2, 0.5, 1, 0, 1, 4, 2.0, 2, 2, "2026-03", "2026-04", ""),
    )  # fmt: skip
    assert column(table("kinds", found), "kind") == ["person", "anonymous", "nobody named"]
    assert column(table("unnamed", found), "words")[0] == "officials"
    assert column(table("outlets", found), "outlet") == ["The Courier", "post.example"]
    assert column(table("outlets", found), "named") == [0.3333, 1.0]
    assert column(table("months", found), "month") == ["2026-03", "2026-04"]
    assert column(table("months", found), "articles") == [2, 1]
    assert column(table("outlets_by_month", found), "quotations") == [3, 1]
    assert table("roles", found).rows == (("mayor", 2, 0.5, 1),)


def test_a_pull_quote_is_not_counted_again() -> None:
    tally = tally_of(record((ANN, "we will win"), (ANN, "we will win"), repeats={1: "q0"}))
    assert (tally.total.quotes, tally.repeated) == (1, 1)


def test_articles_that_were_not_read_are_told() -> None:
    tally = tally_of(record(warnings=["W202"]), record(warnings=["W101"]))
    assert (tally.unread, tally.total.documents) == (1, 2)


def test_a_description_is_no_name_and_a_courtesy_title_is_no_role() -> None:
    company = speaker("the company", "organization", mentions=[("nominal", 0)])
    tally = tally_of(record((company, "no")), record((company, "yes")), record((speaker("Jo Orr", role="Mrs."), "so")))
    assert names(tally) == {"Jo Orr": 1}
    assert tally.unnamed["the company"].quotes == 2
    assert not table("roles", tables(tally)).rows
    assert table("speakers", tables(tally)).rows[0][2] == ""


STORY = record((ANN, "we will win"), (TOM, "we will see"), meta={"title": "Lee: we will win"})


def test_subjects_named_in_the_headline_are_left_out_on_demand() -> None:
    assert names(tally_of(STORY)) == {"Ann Lee": 1, "Tom Ray": 1}
    tally = tally_of(STORY, without_subjects=True)
    assert (names(tally), tally.left_out, tally.total.quotes) == ({"Tom Ray": 1}, 1, 1)


@pytest.mark.parametrize(
    ("mentions", "kept"),
    [
        ([("name", 10), *[("pronoun", 400 + n) for n in range(5)]], False),
        ([("name", 900), *[("pronoun", 400 + n) for n in range(5)]], True),
        ([("name", 10), ("pronoun", 400)], True),
    ],
)
def test_subjects_are_named_in_the_lead_and_mentioned_most(mentions: list[tuple[str, int]], kept: bool) -> None:
    much = speaker("Ann Lee", mentions=mentions)
    assert ("Ann Lee" in names(tally_of(record((much, "so"), (TOM, "no")), without_subjects=True))) == kept


def test_a_headline_is_the_first_line_of_the_text_where_there_is_no_title() -> None:
    assert names(tally_of(record((ANN, "so"), text="Mayor Lee goes\n\nMore."), without_subjects=True)) == {}
    assert names(tally_of(record((ANN, "so"), text="Leeward goes\n\nLee."), without_subjects=True)) == {"Ann Lee": 1}


@pytest.mark.parametrize(
    ("meta", "month"),
    [
        ({"date": "2026-03-04T10:00:00Z"}, "2026-03"),
        ({"date": "2026/3/4"}, "2026-03"),
        ({"date": "20260304"}, "2026-03"),
        ({"date": "Wed, 04 Mar 2026 10:00:00 +0000"}, "2026-03"),
        ({"date": "soon", "crawled": "2026-03-04"}, "2026-03"),
        ({"date": "2026-13-04"}, "(none)"),
        ({"date": "03/04/2026"}, "(none)"),
        ({}, "(none)"),
    ],
)
def test_months(meta: dict[str, str], month: str) -> None:
    assert month_of(meta) == month


@pytest.mark.parametrize(
    ("meta", "outlet"),
    [
        ({"site": " The Post ", "url": "https://x.example"}, "The Post"),
        ({"url": "https://www.x.example/a"}, "x.example"),
        ({"url": "http://[broken"}, "(none)"),
        ({"url": "no url"}, "(none)"),
        ({}, "(none)"),
    ],
)
def test_outlets(meta: dict[str, str], outlet: str) -> None:
    assert outlet_of(meta) == outlet


def people(tmp_path: Path, text: str) -> str:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_table_of_people_is_joined_and_nobody_is_guessed(tmp_path: Path) -> None:
    staff = read_people(people(tmp_path, "name,aliases,gender,desk\nAnne Lee,Ann Lee; A. Lee,woman,politics\n"))
    found = tables(tally_of(STORY, STORY), staff)
    speakers = table("speakers", found)
    assert list(zip(column(speakers, "speaker"), column(speakers, "gender"), strict=True)) == [
        ("Ann Lee", "woman"), ("Tom Ray", ""),
    ]  # fmt: skip
    by = table("by_gender", found)
    assert [(row[0], row[1], row[-1]) for row in by.rows] == [("(not in the table)", 2, 1), ("woman", 2, 1)]


def test_rows_that_differ_for_one_name_join_none(tmp_path: Path) -> None:
    staff = read_people(people(tmp_path, "name,desk\nAnn Lee,city\nMayor Ann Lee,sport\n"))
    assert column(table("speakers", tables(tally_of(STORY), staff)), "desk") == ["", ""]
    assert staff.ambiguous == {"Ann Lee"}


def test_a_table_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Columns: 'who', 'desk'"):
        read_people(people(tmp_path, "who,desk\n"))
    with pytest.raises(DataMissing, match="Can't read"):
        read_people(str(tmp_path / "none.csv"))


def test_csv_has_all_rows_and_no_formula(tmp_path: Path) -> None:
    evil = speaker("=HYPERLINK(1)")
    found = tables(tally_of(record((evil, "so"), (ANN, 'a, "b"\nc'))))
    write_csv(str(tmp_path / "out"), found)
    with (tmp_path / "out/speakers.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {r["speaker"] for r in rows} == {"'=HYPERLINK(1)", "Ann Lee"}
    assert sorted(p.stem for p in (tmp_path / "out").iterdir()) == sorted(t.name for t in found)


def test_a_table_in_the_terminal_is_cut_and_says_so() -> None:
    tally = tally_of(*(record((speaker(f"Ann Lee{chr(97 + n)}"), "so")) for n in range(5)))
    shown = list(lines(table("speakers", tables(tally)), 3))
    assert len(shown) == 6
    assert shown[-1].strip() == "and 2 rows more"
    assert len({len(line.rstrip()) for line in shown[2:5]}) == 1
