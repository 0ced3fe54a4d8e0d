"""Derived ids: pinned values, so that a reviewer's decisions stay attached over releases."""

from __future__ import annotations

import re

from quotes.ids import quote_id, speaker_id, text_hash

SHA = text_hash("We won.")


def test_the_hash_of_a_text_is_sha256_of_its_utf8() -> None:
    assert text_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert text_hash("é") != text_hash("e\u0301"), "never normalised"


def test_a_lone_surrogate_has_a_hash() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", text_hash("\ud800"))
    assert text_hash("\ud800") != text_hash("\udc00")


def test_ids_are_pinned() -> None:
    assert quote_id("00", [(0, 9), (20, 31)]) == "q_550188144b340e9d"
    assert speaker_id("00", "Ann Lee", "person") == "s_627fbb472fe6e6be"


def test_a_quote_id_depends_on_text_and_offsets_only() -> None:
    assert quote_id(SHA, [(0, 9)]) == quote_id(SHA, iter([(0, 9)]))
    assert len({quote_id(SHA, [(0, 9)]), quote_id(SHA, [(0, 8)]), quote_id("other", [(0, 9)])}) == 3
    assert quote_id(SHA, [(0, 9), (12, 15)]) != quote_id(SHA, [(0, 15)])


def test_a_speaker_id_ignores_case_but_not_kind() -> None:
    assert speaker_id(SHA, "ANN LEE", "person") == speaker_id(SHA, "Ann Lee", "person")
    assert speaker_id(SHA, "Ann Lee", "person") != speaker_id(SHA, "Ann Lee", "organization")
