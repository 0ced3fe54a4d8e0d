"""Names in a Doc: entities repaired, titles and roles before and after them taken apart, capitals as a fallback."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Span, Token

from quotes import lexicon
from quotes.names import fold, is_first_name, parse_name
from quotes.phrases import phrase_text

Kind = Literal["person", "organization", "group", "document", "anonymous", "unknown"]
KINDS: dict[str, Kind] = {"PERSON": "person", "ORG": "organization", "GPE": "organization", "NORP": "group"}
OTHERS: dict[str, Kind] = {"FAC": "organization", "LOC": "organization", "PRODUCT": "unknown", "LAW": "document"}
TIMES = frozenset({"DATE", "TIME"})
NICK_MARKS = frozenset("“”\"‘’'(")
BETWEEN = frozenset(';—–.!?:“”"') | {"--", "...", "``", "''"}
GIVEN = frozenset({"speech", "statement", "interview", "memo", "tweet", "transcript", "remarks"})
"""What people give: behind a name in a headline, and no last name."""
_GLUED = re.compile(r"\w\W*(?:--|[—“”\"])\W*\w")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name: token range without title and possessive, head token, kind, bare name, and the role beside it."""

    start: int
    end: int
    head: int
    kind: Kind
    name: str
    role: str | None = None


def name_spans(doc: Doc) -> list[NameSpan]:
    """Return the names of a Doc in text order, without overlaps."""
    found = list(_entities(doc))
    covered = {i for start, end, _ in _with_nicknames(doc, found) for i in range(start, end)}
    covered |= {t.i for ent in doc.ents if ent.label_ == "NORP" and _is_description(ent) for t in ent}
    found += [(s, e, "unknown") for s, e in _capital_runs(doc, covered)]
    trimmed = [t for start, end, kind in _with_nicknames(doc, sorted(found)) if (t := _trim(doc, start, end, kind))]
    persons = _person_words(doc, trimmed)
    spans = [_span(doc, s, e, _decide(doc, s, e, kind, persons)) for s, e, kind in trimmed]
    return [replace(s, role=_role(doc, s)) if s.kind == "person" else s for s in spans]


def _entities(doc: Doc) -> Iterator[tuple[int, int, Kind]]:
    for ent in doc.ents:
        kind = KINDS.get(ent.label_) or OTHERS.get(ent.label_)
        if kind is None or (ent.label_ == "NORP" and _is_description(ent)):
            continue
        start = ent.start
        for i in range(ent.start, ent.end):
            if doc[i].is_space or _parts(doc[i]):
                if i > start:
                    yield start, i, kind
                start = i + 1
        if start < ent.end:
            yield start, ent.end, kind


def _parts(token: Token) -> bool:
    """Tell whether a token stands between two names: a dash, a mark, a full stop of its own (`Miss Lee. Ann`), or two
    words that lost the space between them (`Lee.--"Ann`)."""
    return token.text in BETWEEN or bool(_GLUED.search(token.text))


def _is_description(ent: Span) -> bool:
    """Tell whether a word for a group describes one of it: `one Democrat`, `Republican of Iowa`."""
    token = ent.root
    single = token.tag_ in ("NNP", "NN") and token.dep_ not in ("compound", "amod", "nmod")
    return single and (token.dep_ in ("appos", "attr") or any(c.dep_ in ("det", "nummod") for c in token.lefts))


def _with_nicknames(doc: Doc, spans: Sequence[tuple[int, int, Kind]]) -> Iterator[tuple[int, int, Kind]]:
    """Join the two parts of a name around a nickname in quotation marks: `Walter “Stubby” Greaves`."""
    waiting: tuple[int, int, Kind] | None = None
    for span in spans:
        if waiting is not None and span[0] == waiting[1] + 1 and _nickname_between(doc, waiting[1], span[1] + 1):
            continue
        if waiting is not None and _nickname_between(doc, waiting[1], span[0]):
            waiting = (waiting[0], span[1], "person")
            continue
        if waiting is not None:
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def _nickname_between(doc: Doc, start: int, end: int) -> bool:
    tokens = doc[start:end]
    marked = 3 <= len(tokens) <= 4 and tokens[0].text in NICK_MARKS and tokens[-1].text in NICK_MARKS
    return marked and all(t.text[:1].isupper() for t in tokens[1:-1])


def _capital_runs(doc: Doc, covered: set[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of proper nouns that the entity recognizer left out."""
    start = None
    for token in doc:
        if token.pos_ == "PROPN" and token.i not in covered and _wordlike(token):
            start = token.i if start is None else start
        elif start is not None:
            yield start, token.i
            start = None
    if start is not None:
        yield start, len(doc)


def _wordlike(token: Token) -> bool:
    return any(c.isalpha() for c in token.text) and token.ent_type_ not in TIMES and not _parts(token)


def _trim(doc: Doc, start: int, end: int, kind: Kind) -> tuple[int, int, Kind] | None:
    """Cut articles, titles, possessives, punctuation and what somebody gave (`Obama Speech`) at the edges; None when
    nothing is left."""
    if kind == "person" and end - start > 1:
        end -= fold(doc[end - 1].text) in GIVEN
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in ("a", "an", "the")):
        start += 1
    if kind in ("person", "unknown"):
        while start < end - 1 and _is_title(doc[start]):
            start += 1
    if start >= end or not any(c.isalpha() for t in doc[start:end] for c in t.text):
        return None
    single = end - start == 1
    if single and kind in ("unknown", "person") and _is_title(doc[start]):
        return None
    if single and kind == "unknown" and fold(doc[start].text) in lexicon.nouns().all:
        return None
    return start, end, kind


def _is_title(token: Token) -> bool:
    lists = lexicon.titles()
    return fold(token.text) in lists.all | lists.modifiers


def _person_words(doc: Doc, spans: list[tuple[int, int, Kind]]) -> set[str]:
    """Return the last words of full person names, and single words that are more often persons than not."""
    votes: Counter[str] = Counter()
    sure = set()
    for start, end, kind in spans:
        word = fold(doc[end - 1].text)
        if kind == "person" and end - start > 1:
            sure.add(word)
        if end - start == 1:
            votes[word] += 1 if kind == "person" else -1 if kind != "unknown" else 0
    return sure | {word for word, count in votes.items() if count > 0}


def _decide(doc: Doc, start: int, end: int, kind: Kind, persons: set[str]) -> Kind:
    """Return the kind of a name, by its label, the other names of the document, first names and titles."""
    words = [fold(t.text) for t in doc[start:end]]
    if kind == "person":
        return "organization" if words[-1] in lexicon.nouns().organization and len(words) > 1 else kind
    if len(words) == 1 and words[0] in persons and doc[start].tag_ in ("NNP", "NNPS", "NN"):
        return "person"
    titled = start > 0 and _is_title(doc[start - 1]) and doc[start - 1].text[:1].isupper()
    named = 1 < len(words) <= 3 and is_first_name(words[0]) and words[-1] not in lexicon.nouns().all
    if named and (kind == "unknown" or words[-1] in persons or not is_first_name(words[-1])) and words[-1].isalpha():
        return "person"
    return "person" if kind == "unknown" and titled else kind


def _span(doc: Doc, start: int, end: int, kind: Kind) -> NameSpan:
    head = next((t.i for t in doc[start:end] if not start <= t.head.i < end or t.head.i == t.i), end - 1)
    if kind == "person":
        head = end - 1 if fold(doc[end - 1].text) not in lexicon.titles().suffixes else head
    text = phrase_text(doc, start, end)
    if kind != "person" and start > 0 and doc[start - 1].text in ("The", "the") and kind != "group":
        text = f"{doc[start - 1].text} {text}" if doc[start - 1].text == "The" else text
    return NameSpan(start, end, head, kind, parse_name(text).bare or text if kind == "person" else text)


def _role(doc: Doc, span: NameSpan) -> str | None:
    return _before(doc, span) or _after(doc, span) or _apposed_head(doc, span)


def _before(doc: Doc, span: NameSpan) -> str | None:
    """Return the title or description in front: `US attorney general`, `Sen.`, `NASRO’s executive director`."""
    start = span.start
    while start > 0 and span.start - start < 12:
        token = doc[start - 1]
        belongs = span.start <= token.head.i < span.end or start <= token.head.i < span.start
        modifies = token.dep_ in (
            "compound",
            "amod",
            "nmod",
            "poss",
            "case",
            "det",
            "advmod",
            "punct",
            "nummod",
            "appos",
        )
        if not (_is_title(token) or (belongs and modifies and token.text not in (",", ";", "“", "”", '"'))):
            break
        start -= 1
    while start < span.start and (doc[start].lower_ in ("a", "an", "the", "then") or doc[start].is_punct):
        start += 1
    return phrase_text(doc, start, span.start) or None if start < span.start else None


def _after(doc: Doc, span: NameSpan) -> str | None:
    """Return the description after a comma: `, NASRO's executive director,`."""
    for child in (c for i in range(span.start, span.end) for c in doc[i].rights):
        if (
            child.dep_ == "appos"
            and child.i >= span.end
            and child.pos_ in ("NOUN", "PROPN")
            and child.i - span.end < 12
        ):
            start = max(child.left_edge.i, span.end)
            return _description(doc, start, child)
    return None


def _apposed_head(doc: Doc, span: NameSpan) -> str | None:
    """Return the description that the name is apposed to: `his wife, Melania`."""
    token = doc[span.head]
    if token.dep_ != "appos" or token.head.pos_ != "NOUN" or token.head.i >= span.start:
        return None
    return _description(doc, token.head.left_edge.i, token.head)


def _description(doc: Doc, start: int, head: Token) -> str | None:
    end = head.i + 1
    for child in head.rights:
        if child.dep_ != "prep" or child.left_edge.i > end:
            break
        end = min(child.right_edge.i + 1, head.i + 12)
    stop = next((t.i for t in doc[head.i + 1 : end] if t.text in ',;:—–()“”"' or t.is_space), end)
    while start < head.i and doc[start].lower_ in ("a", "an", "the"):
        start += 1
    return phrase_text(doc, start, stop) or None
