"""Who said a quotation: the result for each, as plain data on the Doc (`doc.spans["quotes"].attrs["speakers"]`)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from spacy.tokens import Doc

from quotes.spans import QUOTES
from quotes.types import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """The speaker of one quotation: a cluster index or None with a reason, ranked candidates (cluster index, share),
    the confidence in the speaker, the codes of the evidence, flags, and the id of a quotation that it repeats."""

    cluster: int | None = None
    confidence: float = 0.0
    candidates: tuple[tuple[int, float], ...] = ()
    reason: Reason | None = None
    evidence: tuple[str, ...] = ()
    flags: tuple[str, ...] = field(default=())
    repeats: str | None = None


def write_verdicts(doc: Doc, verdicts: dict[str, Verdict]) -> None:
    """Write the verdicts, by quotation id, as plain data; nothing on a Doc that no reader has read."""
    if QUOTES in doc.spans:
        doc.spans[QUOTES].attrs["speakers"] = {i: asdict(v) for i, v in verdicts.items()}


def read_verdicts(doc: Doc) -> dict[str, Verdict]:
    """Return the verdicts that stand on a Doc, by quotation id; none where attribution has not run."""
    if QUOTES not in doc.spans:
        return {}
    rows: dict[str, dict[str, Any]] = doc.spans[QUOTES].attrs.get("speakers", {})
    return {i: _verdict(row) for i, row in rows.items()}


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(
        cluster=row["cluster"],
        confidence=row["confidence"],
        candidates=tuple((int(c), float(p)) for c, p in row["candidates"]),
        reason=row["reason"],
        evidence=tuple(row["evidence"]),
        flags=tuple(row["flags"]),
        repeats=row["repeats"],
    )
