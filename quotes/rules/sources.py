"""The source of a cue: from a verb to the phrase that names whoever speaks."""

from __future__ import annotations

from spacy.tokens import Token

from quotes.rules.layout import Layout
from quotes.types import Range

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
LONGEST = 40
CLIMBS = 4
MANNERS = frozenset({"voice", "tone", "undertone", "whisper", "accent", "manner"})
VERBS = frozenset({"VERB", "AUX"})


def subject_of(layout: Layout, verb: Token) -> Token | None:
    """Return the head of the subject of a verb: its own, its coordination's, or its governor's. What stands between
    quotation marks is no subject of a verb outside and does not govern it: the last verb before the marks does. A
    subject of its own stands in the paragraph of the verb."""
    outside, paragraph = layout.outside(verb.i), layout.paragraph_of[verb.i]
    for _ in range(CLIMBS):
        own = (c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "csubj")
        near = (c for c in own if layout.paragraph_of[c.i] == paragraph)
        subject = next((c for c in near if layout.outside(c.i) >= outside), None)
        if subject is not None:
            return subject
        above = _governor(verb)
        if above is None:
            return None
        if outside and not layout.outside(above.i):
            above = _verb_before(layout, verb, above)
        elif verb.dep_ in ("acl", "relcl") or (verb.dep_ == "pcomp" and above.pos_ not in VERBS):
            return above
        if above is None:
            return None
        verb = above
    return None


def _governor(verb: Token) -> Token | None:
    """Return the verb whose subject is that of `verb` too, or what `verb` modifies."""
    if verb.dep_ == "conj" and verb.tag_ == "VBD" and verb.head.tag_ == "VB" and verb.head.dep_ == "ccomp":
        return verb.head.head
    if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "aux", "acl", "relcl"):
        return verb.head
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        return verb.head.head
    return None


def _verb_before(layout: Layout, verb: Token, inside: Token) -> Token | None:
    """Return the last verb outside quotation marks in the sentence, before `verb` and the token that governs it."""
    before = layout.doc[inside.sent.start : min(verb.i, inside.i)]
    return next((t for t in reversed(before) if t.pos_ in VERBS and layout.outside(t.i)), None)


def agent_of(verb: Token) -> Token | None:
    """Return the head of the `by` phrase of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def owner_of(noun: Token) -> Token | None:
    """Return the possessor of a noun: whose answer it is."""
    return next((c for c in noun.children if c.dep_ == "poss"), None)


def phrase_of(layout: Layout, head: Token, *, avoid: int) -> Range:
    """Return the token range of the phrase of `head`: its subtree without edge punctuation, never over `avoid`."""
    doc, start, end = layout.doc, head.left_edge.i, head.right_edge.i + 1
    if start <= avoid < head.i:
        start = avoid + 1
    if head.i < avoid < end:
        end = avoid
    start = max(start, head.i - LONGEST)
    end = min(end, head.i + LONGEST)
    while start < head.i and not layout.same_place(start, head.i):
        start += 1
    end = min([end, *(b for c in head.children if (b := _circumstance(layout, head, c)) is not None)])
    i = head.i + 1
    while i < end and layout.same_place(i, head.i):
        i += 1
    return trim(layout, start, i) if start < i <= len(doc) else (head.i, head.i + 1)


def _circumstance(layout: Layout, head: Token, child: Token) -> int | None:
    """Return where the phrase of `head` ends if `child` tells how it was said, not who said it: `said Ann, looking
    up`, `said the stranger, with a smile`, `cried the man in a loud voice`; else None."""
    start = child.left_edge.i
    if start <= head.i:
        return None
    end = start
    while end > head.i + 1 and (layout.doc[end - 1].is_punct or layout.doc[end - 1].dep_ == "cc"):
        end -= 1
    after_comma = any(t.text == "," for t in layout.doc[end:start])
    if after_comma and (child.tag_ == "VBG" or child.lower_ == "with"):
        return end
    return start if child.lower_ == "in" and any(c.lemma_.lower() in MANNERS for c in child.children) else None


def trim(layout: Layout, start: int, end: int) -> Range:
    """Drop punctuation and space at both ends of a range; an opening bracket's partner stays in."""
    doc = layout.doc
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "cc"):
        start += 1
    while end > start + 1 and (doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in ")]")):
        end -= 1
    return start, end


def words_before(layout: Layout, verb: Token) -> Range | None:
    """Return the name or noun phrase that stands right before a verb without a parsed subject."""
    i, doc, paragraph = verb.i - 1, layout.doc, layout.paragraph_of[verb.i]
    while i >= 0 and (doc[i].pos_ in ("ADV", "AUX", "PART") or doc[i].text == ","):
        i -= 1
    end = i + 1
    while i >= 0 and end - i < LONGEST and layout.outside(i) and layout.paragraph_of[i] == paragraph:
        if doc[i].pos_ in ("VERB", "AUX", "SCONJ", "CCONJ") or layout.ends_sentence(i):
            break
        i -= 1
    start, end = trim(layout, i + 1, end) if i + 1 < end else (0, 0)
    named = any(t.pos_ in ("PROPN", "PRON", "NOUN") for t in doc[start:end])
    return (start, end) if named and end > start else None
