"""Mentions with what the resolver must know of each: sentence, role, number, agreement, the quotation around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes import lexicon
from quotes.mentions import source_head
from quotes.names import Gender, first_name_gender, parse_name, title_gender
from quotes.types import Mention, Reading

FIRST = frozenset(["i", "me", "my", "mine", "myself"])
WE = frozenset(["we", "us", "our", "ours", "ourselves"])
YOU = frozenset(["you", "your", "yours", "yourself", "yourselves"])
HE = frozenset(["he", "him", "his", "himself"])
SHE = frozenset(["she", "her", "hers", "herself"])
IT = frozenset(["it", "its", "itself"])
THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
WHO = frozenset(["who", "whom", "whose", "which", "that"])
SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "agent"])
OBJECTS = frozenset(["dobj", "dative", "iobj", "obj", "attr"])


@dataclass(frozen=True, slots=True)
class Node:
    """A mention in its place. `role` is subj, obj, pobj, poss or other; `quote` the index of the reading whose
    content holds it, or -1; `sources` the readings whose source it is. `gender` is inner evidence for pronouns only.
    """

    i: int
    mention: Mention
    text: str
    lemma: str
    sent: int
    para: int
    role: str
    number: str
    gender: Gender | None
    quote: int
    sources: tuple[int, ...]

    @property
    def pronoun(self) -> bool:
        return self.mention.form == "pronoun"


def make_nodes(doc: Doc, mentions: Sequence[Mention], readings: Sequence[Reading]) -> list[Node]:
    """Return one node per mention, in the same order."""
    sents, paras = _numbers(doc)
    inside = _contents(len(doc), readings)
    sources = source_mentions(doc, mentions, readings)
    owned: dict[int, list[int]] = {}
    for reading, mention in enumerate(sources):
        if mention is not None:
            owned.setdefault(mention, []).append(reading)
    nodes = []
    for i, m in enumerate(mentions):
        token = doc[m.head]
        nodes.append(
            Node(
                i=i,
                mention=m,
                text=token.lower_,
                lemma=token.lemma_.lower(),
                sent=sents[m.head],
                para=paras[m.head],
                role=_role(token),
                number=_number(m, token),
                gender=_gender(m, token),
                quote=inside[m.head],
                sources=tuple(owned.get(i, ())),
            )
        )
    return nodes


def source_mentions(doc: Doc, mentions: Sequence[Mention], readings: Sequence[Reading]) -> list[int | None]:
    """Return, for each reading, the index of the mention that its source stands for."""
    by_head = {m.head: m for m in mentions}
    index = {m.head: i for i, m in enumerate(mentions)}
    found: list[int | None] = []
    for reading in readings:
        heads = [h for s, e in reading.source if (h := source_head(doc, by_head, s, e)) is not None]
        named = [h for h in heads if by_head[h].form == "name"]
        found.append(index[(named or heads)[0]] if heads else None)
    return found


def _numbers(doc: Doc) -> tuple[list[int], list[int]]:
    """Return sentence and paragraph numbers by token."""
    sents, paras, sent, para = [], [], 0, 0
    parsed = doc.has_annotation("SENT_START")
    for token in doc:
        start = token.is_sent_start if parsed else token.i % 30 == 0
        sent += bool(start and token.i)
        sents.append(sent)
        paras.append(para)
        para += "\n" in token.text
    return sents, paras


def _contents(length: int, readings: Sequence[Reading]) -> list[int]:
    inside = [-1] * length
    order = sorted(range(len(readings)), key=lambda r: readings[r].start - readings[r].end)
    for r in order:
        for start, end in readings[r].content:
            inside[start:end] = [r] * (min(end, length) - start)
    return inside


def _role(token: Token) -> str:
    while token.dep_ in ("conj", "appos", "compound", "cc") and token.head.i != token.i:
        token = token.head
    if token.dep_ in SUBJECTS:
        return "subj"
    if token.dep_ in OBJECTS:
        return "obj"
    return {"pobj": "pobj", "poss": "poss"}.get(token.dep_, "other")


def _number(mention: Mention, token: Token) -> str:
    """Return `s`, `p` or `b` (a collective, either)."""
    word = token.lower_
    if mention.form == "pronoun":
        return "p" if word in THEY | WE else "b" if word in WHO | YOU else "s"
    if mention.form == "nominal" and any(_adds_another(c, token) for c in token.rights):
        return "p"
    if mention.kind in ("organization", "group") and token.tag_ not in ("NNS", "NNPS"):
        return "b"
    return "p" if token.tag_ in ("NNS", "NNPS") and mention.kind != "person" else "s"


def _adds_another(child: Token, token: Token) -> bool:
    """Tell whether a coordinated noun is somebody else: `the judge and the lawyer`, not `the judge and author`."""
    if child.dep_ != "conj" or child.pos_ != token.pos_:
        return False
    one = token.tag_ == child.tag_ == "NN" and any(c.dep_ == "det" for c in token.lefts)
    return not one or any(c.dep_ in ("det", "poss", "nummod") for c in child.lefts)


def _gender(mention: Mention, token: Token) -> Gender | None:
    word = token.lower_
    if mention.form == "pronoun":
        return "m" if word in HE else "f" if word in SHE else None
    lists = lexicon.nouns()
    if mention.form == "nominal":
        return _noun_gender(token.lemma_.lower(), word)
    if mention.kind != "person":
        return None
    titles = [t.text for t in token.doc[max(0, mention.start - 3) : mention.start] if t.text[:1].isupper()]
    by_title = title_gender(titles[-1:])
    if by_title or not mention.role:
        return by_title or first_name_gender(parse_name(mention.name or ""))
    words = [w.strip(".,").lower() for w in mention.role.split()]
    by_role = next((g for w in words if w in lists.masculine | lists.feminine and (g := _noun_gender(w, w))), None)
    return first_name_gender(parse_name(mention.name or "")) or by_role


def _noun_gender(lemma: str, word: str) -> Gender | None:
    lists = lexicon.nouns()
    if lemma in lists.masculine or word in lists.masculine:
        return "m"
    return "f" if lemma in lists.feminine or word in lists.feminine else None
