"""The committed corpus is what the markup says, large enough, and shows every difficulty it is meant to show."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from corpus import convert

# fmt: off
DIFFICULTIES = {
    "headline", "pull-quote", "role-name", "last-name", "pronoun-he", "pronoun-she", "pronoun-they", "nominal",
    "group", "anonymous", "organization", "interrupted", "multi-paragraph", "nested", "scare-quote", "nickname",
    "title", "report", "according-to", "quoted-as-saying", "negated", "question-answer", "tweet", "no-break-space",
    "ellipsis", "boilerplate", "vocative",
}
# fmt: on
KINDS = {"person", "organization", "group", "document", "anonymous"}
MARKS = re.compile("[“”\"]|``|''")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in convert.GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def quotes(gold: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(document["text"], quote) for document in gold for quote in document["quotes"]]


def test_committed_files_are_what_the_markup_gives() -> None:
    gold, example = convert.convert()
    assert convert.GOLD.read_text(encoding="utf-8") == gold, "run: python tests/corpus/convert.py"
    assert convert.EXAMPLE.read_text(encoding="utf-8") == example, "run: python tests/corpus/convert.py"


def test_corpus_is_large_and_varied_enough(gold: list[dict[str, Any]]) -> None:
    count = Counter(quote["type"] for document in gold for quote in document["quotes"])
    assert len(gold) >= 12
    assert count.total() >= 200
    assert min(count["direct"], count["indirect"]) >= 80
    assert count["mixed"] >= 25
    assert len({document["style"] for document in gold}) == len(gold)
    assert len({document["id"] for document in gold}) == len(gold)


def test_every_difficulty_is_shown_and_none_is_misspelt(gold: list[dict[str, Any]]) -> None:
    assert {word for document in gold for word in document["shows"]} == DIFFICULTIES


def test_the_example_alone_shows_every_difficulty_of_the_news(gold: list[dict[str, Any]]) -> None:
    example = next(document for document in gold if document["id"] == "own/example")
    assert DIFFICULTIES - set(example["shows"]) == {"vocative"}
    assert 550 <= len(example["text"].split()) <= 650
    assert "\u00a0" in example["text"]


def test_spans_fit_and_are_trimmed(quotes: list[tuple[str, dict[str, Any]]]) -> None:
    for text, quote in quotes:
        for start, end in [*quote["content"], *quote["cue"], *quote["source"]]:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip(), text[start:end]
            assert start == 0 or not (text[start - 1].isalnum() and text[start].isalnum()), text[start:end]
            assert end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()), text[start:end]


def test_contents_are_in_order_and_do_not_overlap(gold: list[dict[str, Any]]) -> None:
    for document in gold:
        spans = sorted(span for quote in document["quotes"] for span in quote["content"])
        assert all(left[1] <= right[0] for left, right in pairwise(spans)), document["id"]
        for quote in document["quotes"]:
            assert quote["content"] == sorted(quote["content"])


def test_a_quotation_has_cue_and_source_or_neither(quotes: list[tuple[str, dict[str, Any]]]) -> None:
    for text, quote in quotes:
        shown = text[slice(*quote["content"][0])]
        assert bool(quote["cue"]) == bool(quote["source"]), shown
        assert len(quote["cue"]) <= 1, shown
        assert quote["source"] or quote["type"] == "direct", shown


def test_types_agree_with_the_marks(quotes: list[tuple[str, dict[str, Any]]]) -> None:
    for text, quote in quotes:
        start, end = quote["content"][0]
        before = text[:start].rstrip()[-1:] if start else ""
        inside = any(MARKS.search(text[s:e]) or "‘" in text[s:e] for s, e in quote["content"])
        if quote["type"] == "direct":
            assert before in {*"“‘\"'`"}, text[start:end]
        elif quote["type"] == "mixed":
            assert inside, text[start:end]
        else:
            assert not inside or re.search(r'\d"', text[start:end]), text[start:end]


def test_speakers_have_a_name_and_a_kind(quotes: list[tuple[str, dict[str, Any]]]) -> None:
    for _, quote in quotes:
        assert quote["speaker"], quote["id"]
        assert quote["speaker_kind"] in KINDS
        assert quote["speaker"] not in quote["speaker_aliases"]
        assert all(alias == alias.strip() and alias for alias in quote["speaker_aliases"])


def test_asides_are_in_marks_and_outside_the_contents(gold: list[dict[str, Any]]) -> None:
    for document in gold:
        for aside in document["asides"]:
            start, end = aside["span"]
            assert MARKS.match(document["text"][start:end]), document["text"][start:end]
            assert aside["flag"] in {"scare", "title", "nickname", "motto", "term"}
            contents = [span for quote in document["quotes"] for span in quote["content"]]
            assert not any(s < end and start < e for s, e in contents), document["text"][start:end]


HEAD = "# style: a style\n# speaker ab: Ann Beck | Beck; Ms. Beck | person\n# shows: boilerplate\n---\n"


def test_convert_reads_parts_shared_sources_and_asides() -> None:
    body = "“<q1 d ab nested>One,</>” <s1,2>Beck <a nickname>“B”</></> <c1>said</>. “<q1>Two.</>” <q2 i ->X</>"
    document = convert.to_gold("x", convert.parse(HEAD + body))
    text = document["text"]
    assert text == "“One,” Beck “B” said. “Two.” X"
    first, second = document["quotes"]
    assert [text[s:e] for s, e in first["content"]] == ["One,", "Two."]
    assert [text[s:e] for s, e in second["source"]] == ["Beck “B”"]
    assert (first["speaker"], first["speaker_aliases"], first["shows"]) == (
        "Ann Beck",
        ["Beck", "Ms. Beck"],
        ["nested"],
    )
    assert (second["speaker"], second["cue"]) == (None, [])
    assert document["asides"] == [{"span": [12, 15], "flag": "nickname"}]
    assert document["shows"] == ["boilerplate", "nested"]


def test_convert_turns_entities_before_it_counts() -> None:
    document = convert.to_gold("x", convert.parse(HEAD + "a&nbsp;b <q1 i ->c</>"))
    assert (document["text"], document["quotes"][0]["content"]) == ("a\u00a0b c", [[4, 5]])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<q1 d ->open", "unclosed tag"),
        ("a</>", "nothing to close"),
        ("<c1>said</>", "has no quotation 1"),
        ("<q1 d ->a</> <q1 d ->b</>", "opened twice"),
    ],
)
def test_convert_refuses_broken_markup(body: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        convert.parse(HEAD + body)


def test_convert_refuses_an_unknown_head_line() -> None:
    with pytest.raises(ValueError, match="unknown key"):
        convert.parse("# colour: red\n---\nText")
