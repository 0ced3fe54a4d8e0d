"""Pronouns and descriptions to entities: agreement decides who can be meant; the learned ranker decides who is."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from quotes import lexicon
from quotes.coref.entities import Board, Entity
from quotes.coref.features import matrix
from quotes.coref.linking import asks
from quotes.coref.nodes import FIRST, HE, IT, SHE, THEY, WE, WHO, YOU, Node
from quotes.coref.ranker import Judge, Shares
from quotes.names import clash

REACH = 12
RECENT = 80
DESCRIBED = 0.28
UNLIKELY = 0.3
"""Below this share `he` and `she` are left open, where "none of them" is the likelier answer."""
RELATIVE = 0.9
SAME = frozenset({"attr", "oprd", "parataxis"})
CALLED = frozenset({"name", "nickname", "pseudonym", "alias"})
"""Relations and nouns between a verb and a name below it that let the name be that of the verb's subject."""
PLURAL_KINDS = frozenset({"organization", "group"})


def link_pronouns(doc: Doc, board: Board, judge: Judge) -> None:
    """Put each pronoun into the best entity; `board.doubts` holds the ranked candidates with shares."""
    last_source: int | None = None
    recent: list[Node] = []
    for place, node in enumerate(board.nodes):
        if node.i not in board.of and (node.pronoun or asks(doc, node)):
            ranked = _ranked(doc, board, node, recent, _ahead(board, place), last_source, judge)
            if ranked and _is_likely(node, ranked):
                board.put(node, ranked[0][0])
                board.doubts[node.i] = ranked
            elif not node.pronoun:
                own = board.new(node)
                board.doubts[node.i] = [(own, max(DESCRIBED, 1 - sum(p for _, p in ranked))), *ranked]
        if node.i in board.of:
            recent.append(node)
            if node.sources:
                last_source = board.of[node.i]
        if len(recent) > 2 * RECENT:
            del recent[:RECENT]


def _is_likely(node: Node, ranked: Shares) -> bool:
    """Tell whether the best candidate is to be taken. A wrong link misleads the pronouns that follow, so `he` and `she`
    without a likely one stay open; the source of a quotation gets its best candidate all the same."""
    best = ranked[0][1]
    if not node.pronoun:
        return best >= DESCRIBED
    open_ = node.text in HE | SHE and not node.sources
    return not open_ or best >= UNLIKELY or best >= 1 - sum(p for _, p in ranked)


def _ahead(board: Board, place: int) -> list[Node]:
    """Return the names that follow a node in its sentence: `When he arrived, Smith ...`."""
    node = board.nodes[place]
    later = []
    for other in board.nodes[place + 1 : place + 12]:
        if other.sent != node.sent:
            break
        if other.mention.form == "name" and other.i in board.of and other.quote == node.quote:
            later.append(other)
    return later


def link_speakers(board: Board, sources: Sequence[int | None]) -> None:
    """Put `I` and `we` inside a quotation into the entity of its speaker."""
    for node in board.nodes:
        if node.pronoun and node.text in FIRST | WE and node.quote >= 0 and node.i not in board.of:
            source = sources[node.quote]
            if source is not None and source in board.of:
                board.put(node, board.of[source])


def _ranked(
    doc: Doc,
    board: Board,
    node: Node,
    recent: Sequence[Node],
    ahead: Sequence[Node],
    last_source: int | None,
    judge: Judge,
) -> Shares:
    if node.text in WHO:
        return _relative(doc, board, node, recent)
    if node.text in YOU or node.text in FIRST or (node.text in WE and node.quote >= 0):
        return []
    candidates = _candidates(doc, board, node, recent, ahead)
    if not candidates:
        return []
    return judge(node, candidates, matrix(doc, board, node, candidates, last_source))


def _candidates(
    doc: Doc, board: Board, node: Node, recent: Sequence[Node], ahead: Sequence[Node]
) -> dict[int, list[Node]]:
    """Return the entities that a node can mean, with their mentions near it, nearest first."""
    found: dict[int, list[Node]] = {}
    barred = board.whose_words(node) | {board.of[o.i] for o in ahead if _below(doc, node, o)}
    agree: dict[int, bool] = {}
    for other in (*reversed(recent[-RECENT:]), *ahead):
        if node.sent - other.sent > REACH:
            continue
        entity = board.of[other.i]
        if entity not in agree:
            agree[entity] = entity not in barred and _agrees(node, board.entities[entity])
        late = other.mention.start > node.mention.start and entity in found
        if agree[entity] and not late and _apart(doc, node, other):
            found.setdefault(entity, []).append(other)
    return found


def _apart(doc: Doc, node: Node, other: Node) -> bool:
    """Tell whether the places of two mentions allow that they are one: neither holds or governs the other."""
    own_words = other.quote >= 0 and other.quote in node.sources
    return not (own_words or _inside(other, node) or _same_clause(doc, node, other))


def _below(doc: Doc, node: Node, name: Node) -> bool:
    """Tell whether a name stands below the verb whose subject a node is: then it is somebody else (`he met Smith`, `he
    said that Smith left`; Chomsky's principle C), unless it says what he is (`he won as Smith`, `he took the name of
    Smith`) or who says so (`he was, Smith said, tired`)."""
    token, subject = doc[name.mention.head], doc[node.mention.head]
    if node.text in IT | THEY | WE or subject.dep_ not in ("nsubj", "nsubjpass"):
        return False
    while token.i != subject.head.i:
        if token.i in (subject.i, token.head.i) or token.dep_ in SAME or token.lower_ == "as" or token.lemma_ in CALLED:
            return False
        if token.dep_ == "advcl" and any(c.lower_ == "as" for c in token.lefts):
            return False
        token = token.head
    return not any(c.dep_ == "dobj" and c.lemma_ in CALLED for c in token.rights)


def _agrees(node: Node, entity: Entity) -> bool:
    kind = entity.kind
    if node.text in HE | SHE:
        if kind in ("group", "document") or (kind == "person" and entity.number == "p"):
            return False
        if kind != "person" and not entity.maybe_person:
            return False
        wanted = "m" if node.text in HE else "f"
        return entity.gender in (None, wanted)
    if node.text in IT:
        return kind != "person" and entity.number != "p"
    if not node.pronoun:
        known = entity.named or node.lemma in entity.words
        return kind == "person" and known and entity.number != "p" and not clash(entity.gender, node.gender)
    if node.text in THEY | WE:
        return entity.number in ("p", "b") or kind in PLURAL_KINDS
    return True


def _inside(other: Node, node: Node) -> bool:
    """Tell whether a mention is a part of a description: `his` in `his wife`."""
    return node.mention.start <= other.mention.start and other.mention.end <= node.mention.end


def _same_clause(doc: Doc, node: Node, other: Node) -> bool:
    """Tell whether two mentions are arguments of one verb (then `he` is not that name), or one inside the other."""
    if other.mention.start <= node.mention.start < other.mention.end:
        return True
    a, b = doc[node.mention.head], doc[other.mention.head]
    return a.head.i == b.head.i and node.role in ("subj", "obj") and other.role in ("subj", "obj")


def _relative(doc: Doc, board: Board, node: Node, recent: Sequence[Node]) -> Shares:
    """Return the entity of the noun that a relative clause belongs to; a place is not what `who` means, what it
    belongs to is (`Democrats on Capitol Hill, who`)."""
    verb = doc[node.mention.head].head
    if verb.dep_ != "relcl":
        return []
    near = {other.mention.head: other for other in recent[-30:]}
    heads = {i: other for other in near.values() for i in range(other.mention.start, other.mention.end)} | near
    noun, climbed = verb.head, 0
    while climbed < 4:
        other = heads.get(noun.i)
        if other is not None and (node.text not in ("who", "whom", "whose") or _can_be_who(doc, board, other)):
            return [(board.of[other.i], RELATIVE)]
        if noun.head.i == noun.i or noun.head.pos_ not in ("ADP", "NOUN", "PROPN", "PRON"):
            return []
        noun, climbed = noun.head, climbed + 1
    return []


def _can_be_who(doc: Doc, board: Board, other: Node) -> bool:
    noun = doc[other.mention.head]
    bare = noun.dep_ == "pobj" and noun.tag_ == "NN" and other.mention.end - other.mention.start == 1
    if bare and noun.lower_ in lexicon.titles().all:
        return False
    return other.mention.kind in ("person", "group", "anonymous") or board.entities[board.of[other.i]].kind == "person"
