"""From counts to scores, and from scores to lines that a person reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quotes.scoring.counts import Counts

Summary = dict[str, Any]
_SPEAKERS = {"speaker_strict": "spk", "speaker_lastname": "spkl"}


def prf(hits: int, predicted: int, gold: int, predicted_hits: int | None = None) -> dict[str, Any]:
    """Return precision, recall and F1 (rounded to four places) with the counts they come from."""
    p = (hits if predicted_hits is None else predicted_hits) / predicted if predicted else 0.0
    r = hits / gold if gold else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "tp": hits, "pred": predicted, "gold": gold}


def _share(hits: int, total: int) -> float:
    return round(hits / total, 4) if total else 0.0


def block(counts: Counts, types: Sequence[str]) -> Summary:
    """Return all scores over some types."""

    def total(metric: str, field: str) -> int:
        return sum(counts[metric, kind, field] for kind in types)

    def plain(metric: str) -> dict[str, Any]:
        return prf(total(metric, "tp"), total(metric, "np"), total(metric, "ng"))

    parts = prf(total("parts", "tpg"), total("parts", "np"), total("parts", "ng"), total("parts", "tpp"))
    matched = total("attr", "matched")
    attribution = plain("attr")
    attribution["accuracy_on_matched"] = _share(total("attr", "tp"), matched)
    attribution["accuracy_on_matched_iou50"] = _share(total("attr", "tp_iou"), matched)
    attribution["matched"] = matched
    found: Summary = {
        "detection": {
            "exact": plain("exact"),
            "overlap": plain("overlap"),
            "lenient_parts": parts,
            "token": plain("token"),
        },
        "attribution": attribution,
    }
    if total("spk", "ng"):
        for name, metric in _SPEAKERS.items():
            found[name] = plain(metric)
            found[name]["accuracy_on_matched"] = _share(total(metric, "tp"), total(metric, "matched"))
    return found


def summarize(counts: Counts, types: Sequence[str]) -> Summary:
    """Return all scores, overall and (of several types) by each type that occurs."""
    summary: Summary = {"overall": block(counts, types)}
    if len(types) > 1:
        seen = [kind for kind in types if counts["exact", kind, "ng"] or counts["exact", kind, "np"]]
        summary["by_type"] = {kind: block(counts, (kind,)) for kind in seen}
    return summary


def given_gold(overall: Mapping[str, Any]) -> Summary:
    """Return accuracies over gold quotations that were handed to the system (matched by id)."""
    sources = overall["attribution"]
    found: Summary = {
        "source_accuracy": round(sources["tp"] / sources["gold"], 4) if sources["gold"] else None,
        "n": sources["gold"],
    }
    for name in _SPEAKERS:
        if name in overall:
            found[f"{name}_accuracy"] = round(overall[name]["tp"] / overall[name]["gold"], 4)
            found["n_speaker"] = overall[name]["gold"]
    return found


def format_report(summary: Mapping[str, Any]) -> str:
    """Return the summary as lines for a person; per-document scores, where asked for, come last."""
    lines = [f"docs {summary['docs']}"]
    for name, scores in {"overall": summary["overall"], **summary.get("by_type", {})}.items():
        lines += [f"[{name}]", *_block_lines(scores)]
    lines += [f"{key} {json.dumps(summary[key])}" for key in ("attribution_given_gold", "f1_ci95") if key in summary]
    for key, scores in summary.get("per_doc", {}).items():
        overlap, attribution = scores["detection"]["overlap"]["f1"], scores["attribution"]["f1"]
        lines.append(f"{key:<60s} overlap F1 {overlap:.3f}  attribution F1 {attribution:.3f}")
    return "\n".join(lines)


def format_names(found: Mapping[str, Any]) -> str:
    """Return the scores of the names that a pronoun stands for as lines for a person."""
    return f"docs {found['docs']}\n{_line('names of the pronouns', found)}"


def _block_lines(scores: Mapping[str, Any]) -> list[str]:
    lines = [_line(f"detection {name}", row) for name, row in scores["detection"].items()]
    row = scores["attribution"]
    lines.append(_line("attribution (end to end)", row))
    lines.append(
        f"  {'  source acc. on matched':<28s} {row['accuracy_on_matched']:.3f} "
        f"(source IoU>=.5: {row['accuracy_on_matched_iou50']:.3f}) of {row['matched']}"
    )
    for name in _SPEAKERS:
        if name in scores:
            lines.append(f"{_line(name, scores[name])}  acc. on matched {scores[name]['accuracy_on_matched']:.3f}")
    return lines


def _line(name: str, row: Mapping[str, Any]) -> str:
    return (
        f"  {name:<28s} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}   "
        f"(tp {row['tp']} pred {row['pred']} gold {row['gold']})"
    )
