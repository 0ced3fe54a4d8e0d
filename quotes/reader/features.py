"""Turn a Doc into the arrays that the model reads; training and serving share this module.

A *word* is a token of the Doc that is not white space; where paragraphs begin is a feature. Each word has up to
`MAX_PIECES` word pieces and one row of features. Where the Doc has no parse, its columns hold 0 ("none"), which the
model has seen in training. Nothing here reads the vocabulary's lexical flags, which a stored Doc may lack.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.marks.lines import paragraphs
from quotes.types import Range

MAX_PIECES = 8
MAX_CHARS = 64
OPENING, CLOSING = 1, 5
"""Values of the column `quote`: an opening and a closing quotation mark."""
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Encode = Callable[[str], Sequence[int]]

POS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())  # noqa: SIM905
DEP = tuple(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative "  # noqa: SIM905
    "dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj "
    "predet prep prt punct quantmod relcl xcomp".split()
)
ENT = {"PERSON": 1, "ORG": 2, "GPE": 3, "NORP": 3, "LOC": 3, "FAC": 3}

COLUMNS = ("case", "quote", "line", "pos", "dep", "reach", "ent")
"""Names of the feature columns, in order; the last four come from spaCy's parse."""
SIZES = (7, 6, 4, len(POS) + 1, len(DEP) + 1, 12, 5)
"""How many values each column can take."""


@dataclass(frozen=True, slots=True)
class DocArrays:
    """One Doc as arrays. `n` words, `m` pieces.

    `token` [n] is the token of each word; `pieces` [m] word-piece ids, word `i` having `pieces[first[i]:first[i+1]]`;
    `feats` [n, 7] as in `COLUMNS`; `head` [n] the word each word depends on (itself where there is none);
    `sent` and `para` [n] number the sentences and the paragraphs.
    """

    token: Ints
    pieces: Ints
    first: Ints
    feats: Bytes
    head: Ints
    sent: Ints
    para: Ints

    def __len__(self) -> int:
        return len(self.token)


def doc_arrays(doc: Any, regions: Sequence[Range], encode: Encode) -> DocArrays:
    """Return the arrays of a Doc. `regions` are character ranges between quotation marks, marks included."""
    words = [t for t in doc if not t.text.isspace()]
    token = np.array([w.i for w in words], dtype=np.int32)
    ids = [_pieces(w.text, encode) for w in words]
    first = np.zeros(len(words) + 1, dtype=np.int32)
    first[1:] = np.cumsum([len(p) for p in ids])
    para, line = _paragraphs(doc.text, words)
    feats = np.zeros((len(words), len(COLUMNS)), dtype=np.uint8)
    feats[:, 0] = [_case(w.text) for w in words]
    feats[:, 1] = quote_states([(w.idx, w.idx + len(w)) for w in words], regions)
    feats[:, 2] = line
    head = _heads(doc, words, token)
    if doc.has_annotation("DEP"):
        feats[:, 4] = [_DEP.get(w.dep_, 0) for w in words]
        feats[:, 5] = _reach(head)
    if doc.has_annotation("POS"):
        feats[:, 3] = [_POS.get(w.pos_, 0) for w in words]
    feats[:, 6] = [(ENT.get(w.ent_type_, 4) if w.ent_type_ else 0) for w in words]
    pieces = np.array([i for p in ids for i in p], dtype=np.int32)
    return DocArrays(token, pieces, first, feats, head, _sentences(doc, words, para), para)


_POS = {name: i for i, name in enumerate(POS, 1)}
_DEP = {name: i for i, name in enumerate(DEP, 1)}


def _pieces(text: str, encode: Encode) -> Sequence[int]:
    return encode(text[:MAX_CHARS])[:MAX_PIECES]


def piece_encoder(tokenizer: Any) -> Encode:
    """Return a cached function from a word to its word-piece ids (never empty), for a `tokenizers.Tokenizer`."""
    unknown = tokenizer.token_to_id("[UNK]")

    @lru_cache(maxsize=65536)
    def encode(text: str) -> tuple[int, ...]:
        return tuple(tokenizer.encode(text, add_special_tokens=False).ids) or (unknown,)

    return encode


def _case(text: str) -> int:
    if not any(c.isalpha() for c in text):
        return 5 if any(c.isdigit() for c in text) else 6
    if text.islower():
        return 1
    if text.isupper():
        return 3 if len(text) > 1 else 2
    return 2 if text[0].isupper() and text[1:].islower() else 4


def quote_states(spans: Sequence[Range], regions: Sequence[Range]) -> Bytes:
    """Return for each word: 0 outside, 1 opening mark, 2 first inside, 3 inside, 4 last inside, 5 closing mark."""
    states = np.zeros(len(spans), dtype=np.uint8)
    starts = np.array([s for s, _ in spans], dtype=np.int64)
    ends = np.array([e for _, e in spans], dtype=np.int64)
    for s, e in regions:
        lo, hi = int(np.searchsorted(ends, s, side="right")), int(np.searchsorted(starts, e, side="left"))
        if hi <= lo:
            continue
        states[lo:hi] = 3
        if hi - lo >= 3:
            states[lo], states[lo + 1], states[hi - 2], states[hi - 1] = 1, 2, 4, 5
    return states


def _paragraphs(text: str, words: Sequence[Any]) -> tuple[Ints, Bytes]:
    """Return each word's paragraph, and 1 for the first word of one, 2 after a blank line, 3 for the first of all."""
    starts = np.array([w.idx for w in words], dtype=np.int64)
    spans = paragraphs(text)
    begins = np.array([s for s, _ in spans], dtype=np.int64)
    para = np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0).astype(np.int32)
    line = np.zeros(len(words), dtype=np.uint8)
    for k, at in enumerate(np.searchsorted(starts, begins)):
        blank = k > 0 and text.count("\n", spans[k - 1][1], spans[k][0]) > 1
        line[at : at + 1] = 3 if k == 0 else 2 if blank else 1
    return para, line


def _heads(doc: Any, words: Sequence[Any], token: Ints) -> Ints:
    own = np.arange(len(words), dtype=np.int32)
    if not doc.has_annotation("DEP"):
        return own
    place = np.full(len(doc) + 1, -1, dtype=np.int32)
    place[token] = own
    head = place[[w.head.i for w in words]] if words else own
    return np.where(head < 0, own, head).astype(np.int32)


def _reach(head: Ints) -> Bytes:
    away = head - np.arange(len(head))
    size = np.digitize(np.abs(away), [1, 2, 3, 5, 9])
    return np.where(away == 0, 1, np.where(away > 0, 1 + size, 6 + size)).astype(np.uint8)


def _sentences(doc: Any, words: Sequence[Any], para: Ints) -> Ints:
    if not doc.has_annotation("SENT_START"):
        return para
    return np.cumsum([bool(w.is_sent_start) for w in words]).astype(np.int32)
