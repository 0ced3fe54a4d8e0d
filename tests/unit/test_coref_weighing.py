"""What spoke against a candidate: told from the features that cost it most, never from gender or number."""

from __future__ import annotations

import math

import pytest
from talk import talk

from quotes.clusters import write_clusters
from quotes.coref import resolve
from quotes.coref.features import COLUMNS
from quotes.coref.weighing import ALIKE, GROUPS, Weighing, weigh
from quotes.spans import write_readings


def row(**values: float) -> dict[str, float]:
    return {**dict.fromkeys(COLUMNS, 0.0), "he": 1.0, **{k.replace("_", " "): v for k, v in values.items()}}


NEAR = row(gap=0.0, gap_0=1.0, first_in_order=1.0, subj=1.0, mentions=math.log1p(4), last_speaker=1.0, name=1.0)
FAR = row(gap=math.log1p(3), order=math.log1p(1), obj=1.0, mentions=math.log1p(1), other_quotation=1.0, name=1.0)


def test_what_cost_the_other_most_is_told_with_both_values() -> None:
    told = list(weigh({"Ann Lee": NEAR, "Tom Ray": FAR}, "Ann Lee", "Tom Ray"))
    words = " / ".join(told)
    assert 0 < len(told) <= 3
    possible = ("it stands 3 sentences away, Ann Lee in the same sentence", "Ann Lee spoke last")
    assert any(p in words for p in possible)


def test_the_words_around_are_told_where_they_decided() -> None:
    fits, other = {**NEAR, ALIKE: 2.0}, {**NEAR, ALIKE: -2.0}
    assert list(weigh({"Ann Lee": fits, "Tom Ray": other}, "Ann Lee", "Tom Ray")) == [
        "the words around fit Ann Lee better"
    ]


def test_what_is_equal_is_not_told() -> None:
    assert list(weigh({"Ann Lee": NEAR, "Tom Ray": dict(NEAR)}, "Ann Lee", "Tom Ray")) == []


@pytest.mark.parametrize("pair", [("Ann Lee", "Bo Dee"), ("Bo Dee", "Ann Lee")])
def test_nothing_is_told_of_whom_the_resolver_did_not_weigh(pair: tuple[str, str]) -> None:
    assert list(weigh({"Ann Lee": NEAR}, *pair)) == []


def test_gender_and_number_are_in_no_group() -> None:
    told = {column for columns, _ in GROUPS for column in columns}
    assert told <= {*COLUMNS, ALIKE}
    assert not told & {"gender agrees", "gender unknown", "plural", "collective"}


def test_the_candidates_of_a_pronoun_are_kept_by_reading_and_the_doc_is_left_alone() -> None:
    doc, readings = talk("Ann Lee", "Mary Roe", "she")
    write_readings(doc, readings)
    write_clusters(doc, resolve(doc, readings).clusters, {})
    before = doc.to_bytes()
    weighing = Weighing()
    assert weighing(doc).to_bytes() == before
    assert [set(weighed) for weighed in weighing.seen] == [set(), set(), {"Ann Lee", "Mary Roe"}]
