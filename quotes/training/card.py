"""The model card: written from `meta.json` alone, so that the two can't drift apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]
SCORES = {
    "attribution": "attribution",
    "overlap": "overlap",
    "exact": "exact",
    "token": "token",
    "source": "source right",
}


def card(meta: Json) -> str:
    """Return the card as Markdown."""
    parts = [_head(meta), _scores(meta), _spread(meta), _confidence(meta), _training(meta), _notes(meta)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _head(meta: Json) -> str:
    sizes = meta.get("sizes", {})
    return (
        f"# {meta['name']} {meta['version']}\n\n"
        f"Finds what was said, by which cue, by which source, in text of the language `{meta['language']}`. Written by "
        f"`quotes train` from `meta.json`; do not edit.\n\n"
        f"* Base encoder: {meta['encoder']} (Apache-2.0), lower-cased; case, quotation marks, line breaks and spaCy's "
        f"parse are features.\n"
        f"* Heads: tags (content, cue, source), a pointer content -> cue, a pointer cue -> source, over steps along "
        f"the parse.\n"
        f"* ONNX, int8 per channel: {sizes.get('int8', 0) / 1e6:.1f} MB (fp32 {sizes.get('fp32', 0) / 1e6:.1f} MB); "
        f"mean cosine of the tag logits, int8 to fp32: {meta.get('cosine', 0):.4f}."
    )


def _scores(meta: Json) -> str:
    return _tables("## Scores on dev (F1)", meta.get("scores", {}))


def _spread(meta: Json) -> str:
    return _tables("## Scores on other corpora (F1)", meta.get("spread", {}))


def _tables(title: str, tables: Json) -> str:
    """Return a table for each name, with the columns that it has any score of."""
    lines = [title] if tables else []
    for name, rows in tables.items():
        keys = [key for key in SCORES if any(key in row for row in rows.values())]
        lines += ["", f"**{name}**", "", f"| type | {' | '.join(SCORES[k] for k in keys)} |"]
        lines += ["|---" * (len(keys) + 1) + "|"]
        lines += [
            "| " + " | ".join([kind, *(f"{row[k]:.3f}" if k in row else "" for k in keys)]) + " |"
            for kind, row in rows.items()
        ]
    return "\n".join(lines)


def _confidence(meta: Json) -> str:
    found = meta.get("confidence")
    if not found:
        return ""
    errors = ", ".join(f"{kind} {value:.3f}" for kind, value in found["ece"].items())
    lines = [
        "## Confidence",
        "",
        f"Expected calibration error of attribution (cross-fitted over documents): {errors}.",
        "",
    ]
    lines += ["| from | to | n | mean confidence | right |", "|---|---|---|---|---|"]
    lines += [f"| {a:.1f} | {b:.1f} | {n} | {c:.3f} | {r:.3f} |" for a, b, n, c, r in found["table"]]
    return "\n".join(lines)


def _training(meta: Json) -> str:
    facts = meta.get("training", {})
    lines = ["## Training", ""]
    lines += [f"* {key}: {value}" for key, value in facts.get("settings", {}).items()]
    lines += [f"* data `{name}`: SHA-256 `{value[:16]}`" for name, value in facts.get("data", {}).items()]
    if facts.get("partly"):
        names = ", ".join(f"`{name}`" for name in facts["partly"])
        lines += [f"* partly annotated, so that only sentences with a quotation were trained on: {names}"]
    history = facts.get("history", [])
    if history:
        lines += ["", "| epoch | step | attribution | overlap | exact |", "|---|---|---|---|---|"]
    lines += [
        f"| {h['epoch'] + 1} | {h['step']} | {h['attribution']:.3f} | {h['overlap']:.3f} | {h['exact']:.3f} |"
        for h in history
    ]
    return "\n".join(lines)


def _notes(meta: Json) -> str:
    notes = meta.get("notes", [])
    return "\n".join(["## What was tried, and limits", "", *(f"* {note}" for note in notes)]) if notes else ""
