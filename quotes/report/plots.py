"""Plots as SVG, to stand inside a page: bars of three types of quotation, and columns over months."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from quotes.output.cells import short

TYPES = ("direct", "mixed", "indirect")
LONGEST = 34
ROW, LABEL, WIDTH = 26, 250, 760


def bars(rows: Sequence[tuple[str, Sequence[int]]], title: str) -> str:
    """Return horizontal bars: a label and the counts of the three types a row."""
    most = max((sum(counts) for _, counts in rows), default=0) or 1
    height = ROW * len(rows) + 4
    parts = [_open(WIDTH + 60, height, title)]
    for i, (label, counts) in enumerate(rows):
        y = i * ROW + 4
        parts.append(f'<text x="{LABEL - 10}" y="{y + 14}" text-anchor="end">{escape(short(label, LONGEST))}</text>')
        x = float(LABEL)
        for kind, count in zip(TYPES, counts, strict=True):
            width = count / most * (WIDTH - LABEL)
            if count:
                told = f"{label}: {count:,} {kind}"
                parts.append(
                    f'<rect class="{kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW - 8}">'
                    f"<title>{escape(told)}</title></rect>"
                )
            x += width
        parts.append(f'<text x="{x + 6:.1f}" y="{y + 14}">{sum(counts):,}</text>')
    return "".join([*parts, "</svg>"])


def columns(rows: Sequence[tuple[str, Sequence[int]]], title: str) -> str:
    """Return columns over time: a month and the counts of the three types each."""
    most = max((sum(counts) for _, counts in rows), default=0) or 1
    height, base = 240, 200
    step = (WIDTH - 60) / max(1, len(rows))
    every = max(1, round(64 / step))
    parts = [_open(WIDTH + 60, height, title)]
    for value in sorted({most, most // 2} - {0}):
        y = base - value / most * 180
        parts.append(f'<line class="grid" x1="56" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="48" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>')
    parts.append(f'<line class="axis" x1="56" x2="{WIDTH}" y1="{base}" y2="{base}"/>')
    for i, (label, counts) in enumerate(rows):
        x, y = 60 + i * step, float(base)
        for kind, count in zip(TYPES, counts, strict=True):
            tall = count / most * 180
            y -= tall
            if count:
                told = f"{label}: {count:,} {kind}"
                parts.append(
                    f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{min(48.0, step * 0.8):.1f}" '
                    f'height="{tall:.1f}"><title>{escape(told)}</title></rect>'
                )
        if i % every == 0:
            parts.append(f'<text x="{x:.1f}" y="{base + 20}">{escape(short(label, LONGEST))}</text>')
    return "".join([*parts, "</svg>"])


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>'
    )
