"""Integer counts of one document, keyed (metric, type, field): what every score is computed from."""

from __future__ import annotations

from collections import Counter

from quotes.scoring.items import TYPES, Item, Json, Where, gold_type, load_items
from quotes.scoring.matching import CLOSE, Pairing, match_by_id, match_by_overlap
from quotes.scoring.names import same_lastname, same_strict
from quotes.scoring.regions import derive_type, quoted_regions
from quotes.scoring.sources import source_match
from quotes.scoring.tokens import Tokens, TokenSet, iou
from quotes.types import Range

Counts = Counter[tuple[str, str, str]]


def count_document(gold: Json, predicted: Json | None, *, by_id: bool = False, where: Where | None = None) -> Counts:
    """Return the counts of one document; `predicted` None counts as nothing predicted."""
    pairing = pair_document(gold, predicted, by_id=by_id, where=where)
    counts: Counts = Counter()
    for count in (_detection, _parts, _words, _sources, _speakers):
        count(pairing, counts)
    return counts


def pair_document(gold: Json, predicted: Json | None, *, by_id: bool = False, where: Where | None = None) -> Pairing:
    """Match the quotations of one document and settle the type that each counts under."""
    tokens = Tokens(gold["text"])
    ours = load_items(gold, tokens)
    theirs = load_items(predicted or {}, tokens)
    if by_id:
        of_gold, of_predicted = match_by_id(ours, theirs)
    else:
        of_gold, of_predicted = match_by_overlap([g.words for g in ours], [p.words for p in theirs])
    types = [gold_type(quote, where) for quote in gold.get("quotes") or []]
    pairing = Pairing(ours, theirs, of_gold, of_predicted, types)
    pairing.predicted_types.extend(_predicted_types(pairing, tokens))
    return pairing


def _predicted_types(pairing: Pairing, tokens: Tokens) -> list[str]:
    """A matched prediction counts under the gold type, another under its own, or else under what the marks say."""
    regions: list[Range] | None = None
    found = []
    for j, item in enumerate(pairing.predicted):
        if j in pairing.of_predicted:
            found.append(pairing.gold_types[pairing.of_predicted[j][0]])
        elif item.type in TYPES:
            found.append(item.type)
        else:
            regions = quoted_regions(tokens.text) if regions is None else regions
            found.append(derive_type(tokens, item.spans, regions))
    return [str(kind) for kind in found]


def _detection(pairing: Pairing, counts: Counts) -> None:
    for i, kind in enumerate(pairing.gold_types):
        matched = i in pairing.of_gold
        same = matched and pairing.of_gold[i][1] >= 1 - CLOSE
        for metric, hit in (("exact", same), ("overlap", matched)):
            counts[metric, kind, "ng"] += 1
            counts[metric, kind, "tp"] += int(hit)
    for kind in pairing.predicted_types:
        counts["exact", kind, "np"] += 1
        counts["overlap", kind, "np"] += 1


def _parts(pairing: Pairing, counts: Counts) -> None:
    """Quotations matched as wholes credit all their parts; what is left over is matched part by part."""
    left_gold: list[tuple[str, TokenSet]] = []
    left_predicted: list[tuple[str, TokenSet]] = []
    for i, (item, kind) in enumerate(zip(pairing.gold, pairing.gold_types, strict=True)):
        number = max(len(item.parts), 1)
        counts["parts", kind, "ng"] += number
        if i in pairing.of_gold:
            counts["parts", kind, "tpg"] += number
        else:
            left_gold += [(kind, part) for part in item.parts]
    for j, (item, kind) in enumerate(zip(pairing.predicted, pairing.predicted_types, strict=True)):
        if j in pairing.of_predicted:
            counts["parts", kind, "np"] += max(len(item.parts), 1)
            counts["parts", kind, "tpp"] += max(len(item.parts), 1)
        elif not item.parts:
            counts["parts", kind, "np"] += 1
        else:
            left_predicted += [(kind, part) for part in item.parts]
    _left_over(left_gold, left_predicted, counts)


def _left_over(gold: list[tuple[str, TokenSet]], predicted: list[tuple[str, TokenSet]], counts: Counts) -> None:
    _, matched = match_by_overlap([part for _, part in gold], [part for _, part in predicted])
    for j, (own, _) in enumerate(predicted):
        kind = gold[matched[j][0]][0] if j in matched else own
        counts["parts", kind, "np"] += 1
        if j in matched:
            counts["parts", kind, "tpp"] += 1
            counts["parts", kind, "tpg"] += 1


def _words(pairing: Pairing, counts: Counts) -> None:
    """A word's type is that of the first gold quotation it is in, else of the first prediction."""
    kinds: dict[int, str] = {}
    sides: list[set[int]] = []
    for items, types in ((pairing.gold, pairing.gold_types), (pairing.predicted, pairing.predicted_types)):
        side: set[int] = set()
        for item, kind in zip(items, types, strict=True):
            side |= item.words
            for word in item.words:
                kinds.setdefault(word, kind)
        sides.append(side)
    gold, predicted = sides
    for field, words in (("ng", gold), ("np", predicted), ("tp", gold & predicted)):
        for word in words:
            counts["token", kinds[word], field] += 1


def _sources(pairing: Pairing, counts: Counts) -> None:
    for i, (item, kind) in enumerate(zip(pairing.gold, pairing.gold_types, strict=True)):
        if not item.source:
            continue
        counts["attr", kind, "ng"] += 1
        found = pairing.predicted_for(i)
        if found is not None:
            counts["attr", kind, "matched"] += 1
            counts["attr", kind, "tp"] += int(source_match(item.source, found.source))
            counts["attr", kind, "tp_iou"] += int(iou(item.source, found.source) >= 0.5)
    for j, kind in enumerate(pairing.predicted_types):
        counts["attr", kind, "np"] += int(claims_source(pairing, j))


def claims_source(pairing: Pairing, j: int) -> bool:
    """Return whether prediction `j` counts as having a source: not where gold knows the speaker, but no mention."""
    gold = pairing.gold_for(j)
    return bool(pairing.predicted[j].source) and not (gold is not None and gold.source_unknown)


def claims_speaker(pairing: Pairing, j: int) -> bool:
    """Return whether prediction `j` counts as having a speaker: not where gold leaves the speaker open."""
    gold = pairing.gold_for(j)
    return bool(pairing.predicted[j].speaker) and not (gold is not None and not gold.speaker)


def _speakers(pairing: Pairing, counts: Counts) -> None:
    known = _names_by_speaker(pairing.gold)
    for i, (item, kind) in enumerate(zip(pairing.gold, pairing.gold_types, strict=True)):
        if not item.speaker:
            continue
        found = pairing.predicted_for(i)
        others = [names for speaker, names in known.items() if speaker != item.speaker]
        named = found.speaker if found is not None else None
        strict, loose = same_strict(named, item.names), same_lastname(named, item.names, others)
        for metric, right in (("spk", strict), ("spkl", loose)):
            counts[metric, kind, "ng"] += 1
            counts[metric, kind, "matched"] += int(found is not None)
            counts[metric, kind, "tp"] += int(right)
    for j, kind in enumerate(pairing.predicted_types):
        claimed = int(claims_speaker(pairing, j))
        counts["spk", kind, "np"] += claimed
        counts["spkl", kind, "np"] += claimed


def _names_by_speaker(gold: list[Item]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for item in gold:
        if item.speaker:
            known.setdefault(item.speaker, set()).update(item.names)
    return known
