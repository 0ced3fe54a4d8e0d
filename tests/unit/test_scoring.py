"""The scores of small documents, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from unit.scoring_cases import TEXT, at, counts, flawed, gold, quote, scores

from quotes import scoring
from quotes.errors import BadGold, QuotesWarning, UsageError
from quotes.scoring.sources import source_match
from quotes.scoring.tokens import Tokens


def rows(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from block["detection"].values()
    yield block["attribution"]


def test_gold_scored_against_itself_is_perfect() -> None:
    summary = scores(gold(), gold())
    blocks = [summary["overall"], *summary["by_type"].values()]
    assert all((r["p"], r["r"], r["f1"]) == (1, 1, 1) for block in blocks for r in rows(block))
    assert counts(summary["overall"]["attribution"]) == (3, 3, 3)
    assert counts(summary["overall"]["speaker_strict"]) == (2, 2, 2)
    assert list(summary["by_type"]) == ["direct", "mixed", "indirect"]


def test_marks_and_commas_at_the_edges_do_not_matter() -> None:
    wide = gold()
    wide["quotes"][0]["content"] = [at(TEXT, '"Rents must fall,"')]
    start, end = wide["quotes"][1]["content"][0]
    wide["quotes"][1]["content"] = [[start - 1, end + 1]]
    assert scores(gold(), wide)["overall"]["detection"]["exact"]["f1"] == 1
    assert scores(wide, gold())["overall"]["detection"]["exact"]["f1"] == 1


def test_contents_without_words_are_compared_by_their_characters() -> None:
    text = 'Bo: "!?" Al: "+++"'
    expected = {"id": "w", "text": text, "quotes": [quote(text, "!?"), quote(text, "+++")]}
    found = {"id": "w", "quotes": [quote(text, '"!?"')]}
    assert counts(scores(expected, found)["overall"]["detection"]["exact"]) == (1, 1, 2)
    assert scores(expected, expected)["overall"]["detection"]["exact"]["f1"] == 1


def test_an_empty_prediction_has_no_score() -> None:
    overall = scores(gold(), {"id": "d", "quotes": []})["overall"]
    assert overall["detection"]["overlap"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "tp": 0, "pred": 0, "gold": 3}
    assert overall["detection"]["token"]["gold"] == 3 + 5 + 2


def test_flat_spans_and_null_sources_are_read() -> None:
    found = gold()
    found["quotes"][0]["content"] = found["quotes"][0]["content"][0]
    found["quotes"][1]["source"] = None
    overall = scores(gold(), found)["overall"]
    assert overall["detection"]["exact"]["f1"] == 1
    assert counts(overall["attribution"]) == (2, 2, 3)


def test_a_flawed_prediction_counted_by_hand() -> None:
    overall = scores(gold(), flawed())["overall"]
    detection, attribution = overall["detection"], overall["attribution"]
    assert counts(detection["exact"]) == (1, 5, 3)  # c
    assert counts(detection["overlap"]) == (2, 5, 3)  # a has 2 of 3 words, c all; b has 1 of 5
    assert counts(detection["token"]) == (5, 7, 10)  # 2 + 1 + 2 of the 7 words
    assert counts(attribution) == (1, 4, 3)  # a: "Ash" is in "Dr. Eve Ash"; f has no source
    assert attribution["f1"] == round(2 * 0.25 * (1 / 3) / (0.25 + 1 / 3), 4)
    assert (attribution["matched"], attribution["accuracy_on_matched"]) == (2, 0.5)
    assert attribution["accuracy_on_matched_iou50"] == 0.0  # one word of three
    assert counts(overall["speaker_strict"]) == (1, 2, 2)  # a right, b in vain
    assert overall["speaker_strict"]["accuracy_on_matched"] == 1.0


def test_a_matched_prediction_counts_under_the_type_of_gold() -> None:
    found = {kind: counts(b["detection"]["overlap"]) for kind, b in scores(gold(), flawed())["by_type"].items()}
    # a is matched, so its own type is not used; b says direct; e and f have no marks around them
    assert found == {"direct": (1, 2, 1), "mixed": (0, 0, 1), "indirect": (1, 3, 1)}


@pytest.mark.parametrize("kind", scoring.TYPES)
def test_one_type_alone_equals_its_row(kind: str) -> None:
    alone = scores(gold(), flawed(), types=(kind,))
    assert alone["overall"] == scores(gold(), flawed())["by_type"][kind]
    assert "by_type" not in alone


def test_where_leaves_out_gold_and_what_is_matched_to_it() -> None:
    expected = gold()
    for row, value in zip(expected["quotes"], ("loud", "loud", "quiet"), strict=True):
        row["voice"] = value
    overall = scores(expected, flawed(), where={"voice": {"loud"}})["overall"]
    assert counts(overall["detection"]["overlap"]) == (1, 4, 2)  # c is ignored together with g3
    assert counts(overall["attribution"]) == (1, 3, 2)
    assert overall["detection"]["token"]["gold"] == 8
    assert expected["quotes"][2]["type"] == "indirect"  # the input is left as it was


def test_where_compares_as_text() -> None:
    expected = gold()
    expected["quotes"][0]["sure"] = True
    overall = scores(expected, gold(), where={"sure": {"True"}})["overall"]
    assert counts(overall["detection"]["overlap"]) == (1, 1, 1)


def test_matches_are_one_to_one() -> None:
    found = {"id": "d", "quotes": [{**flawed()["quotes"][0], "id": str(i)} for i in range(3)]}
    assert counts(scores(gold(), found)["overall"]["detection"]["overlap"]) == (1, 3, 3)


def test_the_better_overlap_is_taken_first() -> None:
    found = {"id": "d", "quotes": [quote(TEXT, "must fall"), quote(TEXT, "Rents must fall")]}
    assert counts(scores(gold(), found)["overall"]["detection"]["exact"])[0] == 1


@pytest.mark.parametrize(("piece", "hits"), [("broken", 0), ('"was broken" then', 1), ("law", 0)])
def test_half_of_the_words_are_enough(piece: str, hits: int) -> None:
    found = {"id": "d", "quotes": [quote(TEXT, piece)]}
    assert scores(gold(), found)["overall"]["detection"]["overlap"]["tp"] == hits


PARTS = '"It was dark," said Kim at noon, "so nobody saw them leave the old house."'
SHORT, LONG = "It was dark", "so nobody saw them leave the old house"


def in_parts() -> dict[str, Any]:
    return {"id": "p", "text": PARTS, "quotes": [quote(PARTS, SHORT, LONG, source="Kim", type="direct")]}


@pytest.mark.parametrize(
    ("contents", "overlap", "hits", "predicted", "p", "r"),
    [
        ([(SHORT, LONG)], 1, 2, 2, 1.0, 1.0),
        ([(LONG,)], 1, 2, 1, 1.0, 1.0),  # 8 of 11 words: the whole is matched and credits both parts
        ([(SHORT,)], 0, 1, 1, 1.0, 0.5),  # 3 of 11 words: right for one part
        ([(SHORT,), (LONG,)], 1, 2, 2, 0.5, 1.0),  # the first part is left over
        ([("at noon",)], 0, 0, 1, 0.0, 0.0),
    ],
)
def test_parts(contents: list[tuple[str, ...]], overlap: int, hits: int, predicted: int, p: float, r: float) -> None:
    found = {"id": "p", "quotes": [quote(PARTS, *pieces) for pieces in contents]}
    detection = scores(in_parts(), found)["overall"]["detection"]
    assert detection["overlap"]["tp"] == overlap
    assert counts(detection["lenient_parts"]) == (hits, predicted, 2)
    assert (detection["lenient_parts"]["p"], detection["lenient_parts"]["r"]) == (p, r)


def test_sources_without_determiners() -> None:
    text = "the judge of the court and the other judge"
    tokens = Tokens(text)

    def words(piece: str) -> frozenset[int]:
        start, end = at(text, piece)
        return tokens.without_determiners(tokens.of([(start, end)]))

    assert source_match(words("the judge of the court"), words("judge"))
    assert not source_match(words("the judge of the court"), words("the other judge"))
    assert not source_match(words("the judge"), frozenset())
    assert tokens.without_determiners(frozenset({0})) == {0}


def test_a_source_where_nobody_is_named_is_an_error() -> None:
    expected = gold()
    expected["quotes"][2]["source"] = []
    assert counts(scores(expected, gold())["overall"]["attribution"]) == (2, 3, 2)


def test_a_source_where_only_the_mention_is_not_annotated_is_ignored() -> None:
    expected = gold()
    expected["quotes"][1]["source"] = []
    assert counts(scores(expected, gold())["overall"]["attribution"]) == (2, 2, 2)


def test_pairs_by_id() -> None:
    found = gold()
    for row in found["quotes"]:
        row["content"] = []
    found["quotes"][2]["source"] = [at(TEXT, "reporters")]
    found["quotes"][1]["speaker"] = "Joan Ash"
    found["quotes"][0] = {**found["quotes"][0], "id": "other", "gold_id": "g1"}
    given = scores(gold(), found, by_id=True)["attribution_given_gold"]
    assert given["source_accuracy"] == round(2 / 3, 4)
    assert given["speaker_strict_accuracy"] == 0.5
    assert (given["n"], given["n_speaker"]) == (3, 2)


def test_pairs_by_id_without_any_source() -> None:
    bare = {"id": "d", "text": TEXT, "quotes": [quote(TEXT, "they agree", id="x")]}
    assert scores(bare, bare, by_id=True)["attribution_given_gold"] == {"source_accuracy": None, "n": 0}


def test_a_text_that_differs_is_refused() -> None:
    with pytest.raises(BadGold, match=r"Q301.*differs from gold"):
        scores(gold(), {**gold(), "text": TEXT + " "})


def test_an_id_twice_is_refused() -> None:
    with pytest.raises(BadGold, match="twice in the predictions"):
        scoring.score([gold()], [gold(), gold()])
    with pytest.raises(BadGold, match="twice in the gold"):
        scoring.score([gold(), gold()], [gold()])


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(UsageError, match="Use some of: direct, mixed, indirect"):
        scores(gold(), gold(), types=("shouted",))


def test_missing_documents_count_as_empty_or_are_left_out() -> None:
    other = {**gold(), "id": "e"}
    with pytest.warns(QuotesWarning, match="1 gold documents without a prediction .counted as empty"):
        summary, per_doc = scoring.score([gold(), other], [gold()])
    assert (summary["docs"], counts(summary["overall"]["attribution"])) == (2, (3, 3, 6))
    assert [key for key, _ in per_doc] == ["d", "e"]
    with pytest.warns(QuotesWarning, match="skipped"):
        summary, _ = scoring.score([gold(), other], [gold()], allow_missing=True)
    assert (summary["docs"], counts(summary["overall"]["attribution"])) == (1, (3, 3, 3))


def test_documents_that_are_not_in_gold_are_ignored() -> None:
    with pytest.warns(QuotesWarning, match="1 predicted documents"):
        summary, _ = scoring.score([gold()], [gold(), {**gold(), "id": "e"}])
    assert summary == scores(gold(), gold())


def test_intervals_are_repeatable_and_hold_the_score() -> None:
    documents = [{**gold(), "id": str(i)} for i in range(6)]
    predictions = [{**(gold() if i % 2 else flawed()), "id": str(i)} for i in range(6)]
    summary, per_doc = scoring.score(documents, predictions)
    intervals = scoring.bootstrap(per_doc, n=60)
    low, high = intervals["detection.overlap"]
    assert low < summary["overall"]["detection"]["overlap"]["f1"] < high
    assert intervals == scoring.bootstrap(per_doc, n=60)
    assert set(intervals) == {
        *("detection.exact", "detection.overlap", "detection.token"),
        *("attribution", "speaker_strict", "speaker_lastname"),
    }
    perfect = scoring.score([gold()], [gold()])[1]
    assert scoring.bootstrap(perfect, ("direct",), n=5)["attribution"] == [1.0, 1.0]


def test_the_report_for_a_person() -> None:
    summary, per_doc = scoring.score([gold()], [flawed()])
    summary["f1_ci95"] = {"attribution": [0.1, 0.2]}
    summary["per_doc"] = scoring.per_document(per_doc)
    lines = scoring.format_report(summary).splitlines()
    assert lines[:3] == [
        "docs 1",
        "[overall]",
        "  detection exact              P 0.200  R 0.333  F1 0.250   (tp 1 pred 5 gold 3)",
    ]
    assert "    source acc. on matched     0.500 (source IoU>=.5: 0.000) of 2" in lines
    assert [line for line in lines if line.startswith("[")] == ["[overall]", "[direct]", "[mixed]", "[indirect]"]
    assert lines[-2] == 'f1_ci95 {"attribution": [0.1, 0.2]}'
    assert lines[-1] == f"{'d':<60s} overlap F1 0.500  attribution F1 0.286"


def test_no_speaker_lines_where_gold_has_no_speaker() -> None:
    expected = {"id": "d", "text": TEXT, "quotes": gold()["quotes"][2:]}
    summary = scores(expected, gold())
    assert "speaker_strict" not in summary["overall"]
    assert "speaker" not in scoring.format_report(summary)
