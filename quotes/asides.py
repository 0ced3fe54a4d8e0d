"""Phrases between quotation marks that nobody utters: scare quotes, titles, nicknames, mottos, words as words."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from quotes.types import Region

LONGEST = 7
WORKS = frozenset(
    (
        "album",
        "article",
        "ballad",
        "blog",
        "book",
        "column",
        "documentary",
        "episode",
        "essay",
        "film",
        "magazine",
        "movie",
        "musical",
        "novel",
        "opera",
        "painting",
        "paper",
        "play",
        "podcast",
        "poem",
        "report",
        "series",
        "show",
        "single",
        "song",
        "story",
        "study",
        "titled",
        "entitled",
        "headlined",
    )
)
NICKNAMES = frozenset({"nicknamed", "dubbed", "alias", "aka", "nickname"})
SIGNS = frozenset(
    (
        "banner",
        "billboard",
        "hat",
        "logo",
        "motto",
        "placard",
        "plaque",
        "poster",
        "shirt",
        "sign",
        "slogan",
        "sticker",
        "t-shirt",
    )
)
TERMS = frozenset({"word", "words", "term", "phrase", "label", "expression"})


def classify(doc: Doc, regions: Sequence[Region]) -> dict[int, str]:
    """Return {region number: flag} for the outermost regions that are not speech. A region that a cue governs is a
    quotation all the same; this is for what is left."""
    found = {}
    for number, region in enumerate(regions):
        if region.depth or len(region.parts) > 1:
            continue
        inner = doc.char_span(*region.inner[0], alignment_mode="expand")
        flag = _flag(doc, inner) if inner is not None and len(inner) else None
        if flag:
            found[number] = flag
    return found


def _flag(doc: Doc, inner: Span) -> str | None:
    words = [t for t in inner if t.is_alpha or t.like_num]
    before = {t.lower_ for t in doc[max(0, inner.start - 5) : inner.start] if t.is_alpha}
    if not words or len(words) > LONGEST:
        return None
    if before & SIGNS:
        return "motto"
    if _inside_a_name(doc, inner) or before & NICKNAMES:
        return "nickname"
    if before & TERMS:
        return "term"
    titled = sum(t.text[0].isupper() for t in words if not t.is_stop) == sum(not t.is_stop for t in words)
    if titled and (before & WORKS or (len(words) > 1 and inner[-1].text not in ".!?")):
        return "title"
    has_verb = any(t.pos_ in ("VERB", "AUX") and t.morph.get("VerbForm") == ["Fin"] for t in inner)
    return None if has_verb or inner[-1].text in (".", "!", "?") else "scare"


def _inside_a_name(doc: Doc, inner: Span) -> bool:
    left, right = inner.start - 2, inner.end + 1
    if left < 0 or right >= len(doc) or len(inner) > 2:
        return False
    return doc[left].pos_ == "PROPN" and doc[right].pos_ == "PROPN" and inner[0].is_title
