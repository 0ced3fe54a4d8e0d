"""The model card: written from `meta.json` alone, so that the two can't drift apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def card(meta: Json) -> str:
    """Return the card as Markdown."""
    parts = [_head(meta), _scores(meta), _confidence(meta), _training(meta), _limits(meta)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _head(meta: Json) -> str:
    sizes = meta.get("sizes", {})
    return (
        f"# {meta['name']} {meta['version']}\n\n"
        f"Finds what was said, by which cue, by which source, in {meta['language']} text. Written by `quotes train` "
        f"from `meta.json`; do not edit.\n\n"
        f"* Base encoder: {meta['encoder']} (Apache-2.0), lower-cased; case, quotation marks, line breaks and spaCy's "
        f"parse are features.\n"
        f"* Heads: tags (content, cue, source), a pointer content -> cue, a pointer cue -> source, over steps along "
        f"the parse.\n"
        f"* ONNX, int8 per channel: {sizes.get('int8', 0) / 1e6:.1f} MB (fp32 {sizes.get('fp32', 0) / 1e6:.1f} MB); "
        f"hidden cosine to fp32 {meta.get('cosine', 0):.4f}."
    )


def _scores(meta: Json) -> str:
    lines = ["## Scores on dev (F1)"]
    for name, rows in meta.get("scores", {}).items():
        lines += [
            "",
            f"**{name}**",
            "",
            "| type | attribution | overlap | exact | token | source right |",
            "|---|---|---|---|---|---|",
        ]
        keys = ("attribution", "overlap", "exact", "token", "source")
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
    history = facts.get("history", [])
    if history:
        lines += ["", "| epoch | step | attribution | overlap | exact |", "|---|---|---|---|---|"]
    lines += [
        f"| {h['epoch'] + 1} | {h['step']} | {h['attribution']:.3f} | {h['overlap']:.3f} | {h['exact']:.3f} |"
        for h in history
    ]
    return "\n".join(lines)


def _limits(meta: Json) -> str:
    lines = ["## What was tried, and limits", ""]
    return "\n".join(lines + [f"* {note}" for note in meta.get("notes", [])]) if meta.get("notes") else ""
