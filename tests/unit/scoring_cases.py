"""A document of four sentences with known quotations, which the tests of the scores change and count by hand."""

from __future__ import annotations

from typing import Any

from quotes import scoring

TEXT = '"Rents must fall," said Dr. Eve Ash. She told reporters the law "was broken" then. Tom hopes they agree.'


def at(text: str, piece: str, nth: int = 0) -> list[int]:
    """Return the span of the `nth` occurrence of `piece`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(piece, start + 1)
    return [start, start + len(piece)]


def quote(text: str, *content: str, **fields: Any) -> dict[str, Any]:
    """Return a quotation of `text`; `source` is given as words."""
    source = fields.pop("source", None)
    spans = [at(text, source)] if source else []
    return {"content": [at(text, piece) for piece in content], "source": spans, **fields}


def gold() -> dict[str, Any]:
    """Return the gold document: a direct, a mixed and an indirect quotation of 3, 5 and 2 words."""
    names = {"speaker": "Eve Ash", "speaker_aliases": ["Dr. Ash"]}
    quotes = [
        quote(TEXT, "Rents must fall", id="g1", source="Dr. Eve Ash", type="direct", **names),
        quote(TEXT, 'the law "was broken" then', id="g2", source="She", type="mixed", **names),
        quote(TEXT, "they agree", id="g3", source="Tom", type="indirect", speaker=None),
    ]
    return {"id": "d", "text": TEXT, "quotes": quotes}


def flawed() -> dict[str, Any]:
    """Return a prediction: one quotation found in part, one missed, one right, two that are not there."""
    quotes = [
        quote(TEXT, "must fall", id="a", source="Ash", type="indirect", speaker="dr ash", confidence=0.9),
        quote(TEXT, "broken", id="b", source="reporters", type="direct", speaker="Tom", confidence=0.4),
        quote(TEXT, "they agree", id="c", source="agree", type="indirect", confidence=0.7),
        quote(TEXT, "said", id="e", source="Eve", confidence=0.2),
        quote(TEXT, "hopes", id="f"),
    ]
    return {"id": "d", "quotes": quotes}


def scores(expected: dict[str, Any], found: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Return the summary for one document."""
    return scoring.score([expected], [found], **options)[0]


def counts(row: dict[str, Any]) -> tuple[int, int, int]:
    """Return right, predicted and gold counts of a row of scores."""
    return row["tp"], row["pred"], row["gold"]
