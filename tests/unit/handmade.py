"""Docs built by hand from a compact notation, so that rules are tested without a statistical model.

A word is `form=lemma/POS:TAG/dep/head`: the lemma is the lower-cased form unless given, the tag may be left out,
and the head is the form of the nearest other token (left out for a root). Punctuation is written bare and hangs on the
word before it, an opening mark on the word after it. `¶` is a paragraph break (two newlines), `↵` a line break.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from spacy.lang.en import English
from spacy.tokens import Doc

from quotes.cues import Cue, Lexicon
from quotes.rules.layout import Layout, lay_out
from quotes.types import Region

BREAKS = {"¶": "\n\n", "↵": "\n"}
OPENING = frozenset("“(‘«")
PUNCTUATION = re.compile(r"[^\w/¶↵]+$")

LEXICON = Lexicon(
    verbs={
        "say": Cue("say", "neutral", {"ccomp": 0.9, "dobj": 0.3, "xcomp": 0.9}),
        "tell": Cue("tell", "neutral", {"ccomp": 0.9, "xcomp": 0.9}),
        "claim": Cue("claim", "claim", {"ccomp": 0.8}),
        "deny": Cue("deny", "claim", {"dobj": 0.9, "ccomp": 0.9}),
        "quote": Cue("quote", "neutral", {"prep:as": 0.7}),
        "point_out": Cue("point_out", "neutral", {"ccomp": 0.9}),
        "hope": Cue("hope", "thought", {"ccomp": 0.7}),
        "call": Cue("call", "neutral", {"prep:for": 0.6}),
        "back": Cue("back", "act", {"dobj": 0.1}),
    },
    nouns={"promise": Cue("promise", "neutral", {"acl:to": 0.9}), "view": Cue("view", "neutral", {})},
    phrases=(("according", "to"), ("in", "the", "words", "of")),
)


@lru_cache(maxsize=1)
def _english() -> English:
    return English()


def make_doc(notation: str) -> Doc:
    """Build a Doc from the notation of this module."""
    parts = notation.split()
    forms, lemmas, pos, tags, deps, heads = [], [], [], [], [], []
    for part in parts:
        form, lemma, upos, tag, dep, head = _token(part)
        forms.append(form)
        lemmas.append(lemma)
        pos.append(upos)
        tags.append(tag)
        deps.append(dep)
        heads.append(head)
    indices = [_head(i, heads, forms, pos) for i in range(len(forms))]
    return Doc(
        _english().vocab,
        words=forms,
        spaces=_spaces(forms),
        lemmas=lemmas,
        pos=pos,
        tags=tags,
        deps=deps,
        heads=indices,
    )


def _token(part: str) -> tuple[str, str, str, str, str, str | None]:
    if part in BREAKS:
        return BREAKS[part], BREAKS[part], "SPACE", "_SP", "dep", None
    if "/" not in part:
        assert PUNCTUATION.match(part), f"{part!r} needs /POS/dep"
        return part, part, "PUNCT", "", "punct", None
    word, kind, dep, *head = part.split("/")
    form, _, lemma = word.partition("=")
    upos, _, tag = kind.partition(":")
    return form, lemma or form.lower(), upos, tag, dep, head[0] if head else form


def _head(i: int, heads: list[str | None], forms: list[str], pos: list[str]) -> int:
    if heads[i] is None:
        before = [j for j in range(i) if pos[j] not in ("PUNCT", "SPACE")]
        after = [j for j in range(i, len(forms)) if pos[j] not in ("PUNCT", "SPACE")]
        wanted = after[:1] or before[-1:] if forms[i] in OPENING else before[-1:] or after[:1]
        return wanted[0] if wanted else i
    others = [j for j, form in enumerate(forms) if form == heads[i] and j != i]
    return min(others, key=lambda j: abs(j - i)) if others else i


def _spaces(forms: list[str]) -> list[bool]:
    def glued(left: str, right: str) -> bool:
        return left[-1] in OPENING or "\n" in left + right or bool(re.match(r"[,.;:!?…”)’»]|n't$|'s$", right))

    return [not glued(a, b) for a, b in pairwise(forms)] + [False] * bool(forms)


def curly_regions(doc: Doc) -> list[Region]:
    """Return the regions between curly double marks; good enough for a hand-made Doc."""
    found = [m.span() for m in re.finditer("“[^“”]*”", doc.text)]
    return [Region(parts=((s, e),), inner=((s + 1, e - 1),)) for s, e in found]


def make_layout(notation: str) -> Layout:
    """Build a Doc and lay it out, curly double quotation marks being its regions."""
    doc = make_doc(notation)
    return lay_out(doc, curly_regions(doc))


def texts(doc: Doc, ranges: tuple[tuple[int, int], ...]) -> list[str]:
    """Return the texts of token ranges."""
    return [doc[s:e].text for s, e in ranges]
