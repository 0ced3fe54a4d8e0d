"""Find the mentions that can speak: names, pronouns and nominal phrases, as plain data over the tokens of a Doc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from quotes import lexicon
from quotes.mention_names import NameSpan, name_spans
from quotes.names import fold
from quotes.phrases import left_edge, phrase_text, right_edge, root_of, without_possessive
from quotes.types import Mention, Range

NEVER_NAMES = frozenset({"he", "she", "they", "we", "i"})
"""Pronouns that taggers take for names where all is in capitals; `IT`, `US` and `WHO` can be names."""
PRONOUNS = frozenset(
    [
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "who",
        "whom",
        "whose",
    ]
)
INDEFINITE = frozenset(
    [
        "someone",
        "somebody",
        "everyone",
        "everybody",
        "anyone",
        "anybody",
        "nobody",
        "one",
        "another",
        "others",
        "some",
        "many",
        "most",
        "few",
        "several",
        "both",
        "all",
        "none",
        "those",
        "two",
        "three",
        "four",
        "dozens",
        "hundreds",
        "thousands",
        "millions",
        "half",
        "another",
        "neither",
        "either",
        "each",
    ]
)


def find_mentions(doc: Doc, extra: Sequence[Range] = ()) -> list[Mention]:
    """Return the mentions of a Doc in text order, one per head token.

    `extra` are source ranges found by the readers: each becomes a mention, trimmed to its head noun phrase.
    """
    names = [s for s in name_spans(doc) if s.end - s.start > 1 or doc[s.start].lower_ not in NEVER_NAMES]
    taken = [False] * len(doc)
    for span in names:
        for i in range(span.start, span.end):
            taken[i] = True
    found = {span.head: _name(doc, span) for span in names}
    for mention in (*_pronouns(doc, taken), *_nominals(doc, taken)):
        found.setdefault(mention.head, mention)
    for start, end in extra:
        if start < end and source_head(doc, found, start, end) is None:
            mention = _extra(doc, start, end)
            found.setdefault(mention.head, mention)
    return sorted(found.values(), key=lambda m: (m.start, -m.end))


def source_head(doc: Doc, found: dict[int, Mention], start: int, end: int) -> int | None:
    """Return the head token of the mention that a source range stands for, or None."""
    end = without_possessive(doc, start, end)
    root = root_of(doc, start, end)
    if root.i in found and found[root.i].form != "nominal":
        return root.i
    named = [h for h in range(start, end) if h in found and found[h].form == "name"]
    for head in named:
        token = doc[head]
        if _names_the_root(found[head], token, root):
            return head
    if named and found[named[0]].start <= _first_word(doc, start, end) and root.pos_ not in ("NOUN", "PROPN", "PRON"):
        return named[0]
    return root.i if root.i in found else None


def _first_word(doc: Doc, start: int, end: int) -> int:
    """Return the first token of a range that is neither white space, a mark, a title nor an article."""
    lists = lexicon.titles()
    skipped = lists.all | lists.modifiers | {"the"}
    words = (i for i in range(start, end) if doc[i].is_alpha and fold(doc[i].text) not in skipped)
    return next(words, start)


def _names_the_root(mention: Mention, token: Token, root: Token) -> bool:
    """Tell whether a name is what the phrase is about: apposed to its root, or the last word of a flat name."""
    if mention.start <= root.i < mention.end:
        return True
    if token.head.i == root.i and token.dep_ == "appos" and mention.kind == "person":
        return abs(token.i - root.i) < 12
    between = range(min(token.i, root.i) + 1, max(token.i, root.i))
    flat = token.head.i == root.i and token.dep_ in ("compound", "nmod") and mention.kind == "person"
    return flat and root.pos_ == "PROPN" and not between


def _name(doc: Doc, span: NameSpan) -> Mention:
    return Mention(span.start, span.end, span.head, "name", span.kind, span.name, span.role)


def _pronouns(doc: Doc, taken: Sequence[bool]) -> Iterator[Mention]:
    for token in doc:
        word = token.lower_
        if word not in PRONOUNS or taken[token.i] or (word == "mine" and token.pos_ != "PRON"):
            continue
        if (word == "us" and token.text == "US") or (word == "it" and token.dep_ == "expl"):
            continue
        yield Mention(token.i, token.i + 1, token.i, "pronoun")


def _nominals(doc: Doc, taken: Sequence[bool]) -> Iterator[Mention]:
    for token in doc:
        if taken[token.i] or token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.dep_ == "compound":
            continue
        if token.pos_ == "ADJ" and token.dep_ not in ("nsubj", "nsubjpass", "pobj", "dobj"):
            continue
        if noun_kind(token) is None and not _has_who(token):
            continue
        yield nominal(doc, token)


def _has_who(token: Token) -> bool:
    return any(c.dep_ == "relcl" and any(w.lower_ == "who" for w in c.lefts) for c in token.rights)


def noun_kind(token: Token) -> str | None:
    """Return what a head noun denotes by the word lists: person, group, organization, document; None when unknown."""
    lists, word = lexicon.nouns(), token.lemma_.lower()
    plural = token.tag_ in ("NNS", "NNPS")
    if word in lists.person or token.lower_ in lists.person:
        return "group" if plural else "person"
    if token.ent_type_ == "NORP" and not plural and token.tag_ in ("NN", "NNP"):
        return "person"
    if word in lists.group or token.lower_ in lists.group:
        return "group"
    if word in lists.organization:
        return "organization"
    return "document" if word in lists.document else None


def nominal(doc: Doc, token: Token) -> Mention:
    """Return the nominal mention headed by a token, with its full noun phrase."""
    start, end = left_edge(token), right_edge(token)
    kind = noun_kind(token) or "unknown"
    if kind in ("person", "group") and _unnamed(token, start):
        kind = "anonymous"
    return Mention(start, end, token.i, "nominal", kind, phrase_text(doc, start, end), None)  # type: ignore[arg-type]


def _unnamed(token: Token, start: int) -> bool:
    """Tell whether a phrase is an unnamed source: indefinite, and one of the words for sources."""
    first = token.doc[start].lower_
    definite = first in ("the", "this", "these", "that") or any(c.dep_ == "poss" for c in token.lefts)
    return not definite and token.lemma_.lower() in lexicon.nouns().anonymous


def _extra(doc: Doc, start: int, end: int) -> Mention:
    end = without_possessive(doc, start, end)
    root = root_of(doc, start, end)
    if root.lower_ in PRONOUNS and root.text != "US":
        return Mention(root.i, root.i + 1, root.i, "pronoun")
    if root.lower_ in INDEFINITE or root.pos_ not in ("NOUN", "PROPN"):
        start, end = max(start, left_edge(root)), min(max(right_edge(root), root.i + 1), end)
        name = phrase_text(doc, start, end)
        return Mention(start, end, root.i, "nominal", "anonymous", name)
    made = nominal(doc, root)
    start, end = max(start, made.start), min(end, made.end)
    name = phrase_text(doc, start, end) or root.text
    return Mention(start, end, root.i, "nominal", made.kind, name)
