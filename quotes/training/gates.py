"""Learn the gate's word list: lemmas that cues are made of, most frequent first, until they cover enough cues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from quotes.reader.features import DocArrays
from quotes.training.gold import Labels


def gate_lemmas(rows: Iterable[tuple[Any, DocArrays, Labels]], coverage: float) -> list[str]:
    """Return the lemmas, sorted, from (Doc, arrays, labels); an empty list, which gates nothing, for a coverage of 1.

    A cue is covered by one of its words; the rarest lemmas are left out first.
    """
    if coverage >= 1:
        return []
    counts: Counter[str] = Counter()
    for doc, arrays, lab in rows:
        for cue in lab.cues:
            lemmas = [doc[int(arrays.token[i])].lemma_.lower() for i in cue]
            verbs = [x for i, x in zip(cue, lemmas, strict=True) if doc[int(arrays.token[i])].pos_ in _HEADS]
            counts.update((verbs or lemmas)[:1])
    wanted, seen, kept = coverage * counts.total(), 0, []
    for lemma, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        if seen >= wanted:
            break
        kept.append(lemma)
        seen += count
    return sorted(kept)


_HEADS = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})
