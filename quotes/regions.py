"""Quoted regions on a Doc: `doc.spans["quote_regions"]`, one span per part, parts of a region joined by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from spacy.tokens import Doc, Span, SpanGroup

from quotes.marks import pair
from quotes.spans import QUOTES
from quotes.types import Flag, Region

REGIONS = "quote_regions"


def write_regions(doc: Doc, regions: Sequence[Region], flags: Mapping[int, str]) -> None:
    """Write regions, widened to token edges, with label `region`, `unclosed` or the flag of an aside; the exact
    character ranges and depths stand in the group's attrs."""
    spans = []
    for number, region in enumerate(regions):
        label = flags.get(number) or ("region" if region.closed else "unclosed")
        for start, end in region.parts:
            found = doc.char_span(start, end, alignment_mode="expand")
            if found is not None:
                spans.append(Span(doc, found.start, found.end, label=label, span_id=f"r{number}"))
    exact = [[_flat(r.parts), _flat(r.inner), r.depth, r.closed, r.style] for r in regions]
    doc.spans[REGIONS] = SpanGroup(doc, name=REGIONS, attrs={"exact": exact}, spans=spans)


def _flat(ranges: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [[s, e] for s, e in ranges]


def regions_of(doc: Doc) -> tuple[Region, ...]:
    """Return the quoted regions of a Doc, in characters of `doc.text`; paired now where no component has done so."""
    if REGIONS not in doc.spans or "exact" not in doc.spans[REGIONS].attrs:
        return pair(doc.text)
    return tuple(
        Region(tuple((s, e) for s, e in parts), tuple((s, e) for s, e in inner), depth, closed, style)
        for parts, inner, depth, closed, style in doc.spans[REGIONS].attrs["exact"]
    )


def aside_spans(doc: Doc) -> Iterator[tuple[int, int, Flag | Literal["unclosed"]]]:
    """Yield (start, end, flag) in tokens for the outermost regions that no quotation touches: the flag of an aside,
    `unattributed` where nothing says what it is; and `unclosed` for each region without a closing mark."""
    if REGIONS not in doc.spans:
        return
    quoted = {i for span in doc.spans.get(QUOTES, ()) for i in range(span.start, span.end)}
    regions = regions_of(doc)
    for span in doc.spans[REGIONS]:
        region = regions[int(span.id_[1:])]
        if span.label_ == "unclosed" and region.depth == 0:
            yield span.start, span.end, "unclosed"
        elif region.depth == 0 and len(region.parts) == 1 and not quoted.intersection(range(span.start, span.end)):
            yield span.start, span.end, "unattributed" if span.label_ == "region" else span.label_
