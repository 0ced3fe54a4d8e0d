"""Entities under construction: mutable sets of nodes with what is known of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.coref.nodes import Node
from quotes.names import Gender, folded, usual_gender

SHORT = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "sgt": "sergeant",
    "lt": "lieutenant", "capt": "captain", "col": "colonel", "prof": "professor", "dr": "doctor", "rev": "reverend",
}  # fmt: skip
WEIGHTS = {"name": 3, "nominal": 2, "pronoun": 1}
"""How much a mention of a form says of the gender that pronouns for its entity have."""

LONGEST = 3


def long_title(word: str) -> str:
    """Return a folded title written out: `senator` for `sen`."""
    return SHORT.get(word, word)


@dataclass(slots=True)
class Entity:
    """Nodes taken for one entity. `words` are those of its roles and descriptions, lower-case; `names` counts how
    often it is named. `called_she` holds where every name is a woman's first name alone, which, unlike a man's, is
    hardly ever a last name."""

    nodes: list[Node] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    names: int = 0
    called_she: bool = True
    known_kind: str | None = None
    personal: bool = True

    def add(self, node: Node) -> None:
        self.nodes.append(node)
        self.known_kind = None
        if node.mention.form == "name":
            self.names += 1
            self.personal = self.personal and is_personal(node.mention.name or node.text)
            self.called_she = self.called_she and usual_gender(node.mention.name or node.text) == "f"
        if not node.pronoun:
            self.words |= called(node)
        if node.gender:
            self.genders[node.gender] += WEIGHTS[node.mention.form]
        if not node.pronoun:
            self.numbers[node.number] += 1
            self.kinds[node.mention.kind] += 2 if node.mention.form == "name" else 1

    @property
    def gender(self) -> Gender | None:
        men, women = self.genders["m"], self.genders["f"] + WEIGHTS["name"] * (self.named and self.called_she)
        return None if men == women == 0 else "m" if men >= women else "f"

    @property
    def number(self) -> str:
        return self.numbers.most_common(1)[0][0] if self.numbers else "s"

    @property
    def kind(self) -> str:
        if self.known_kind is None:
            known = Counter({k: n for k, n in self.kinds.items() if k != "unknown"})
            self.known_kind = known.most_common(1)[0][0] if known else "unknown"
        return self.known_kind

    @property
    def named(self) -> bool:
        return self.names > 0

    @property
    def maybe_person(self) -> bool:
        """Whether this may be a person whom the entity recogniser took for something else: all names look like it."""
        return self.named and self.personal


def is_personal(name: str) -> bool:
    """Tell whether a name could be a person's: one to three capitalised words, no acronym."""
    words = [w for w in re.split(r"[\s'’.-]+", name) if w]
    return 0 < len(words) <= LONGEST and all(w.isalpha() and w.istitle() for w in words)


def called(node: Node) -> set[str]:
    """Return the words of a name's role, or of a description, folded."""
    text = node.mention.role if node.mention.form == "name" else node.mention.name
    return {long_title(w) for w in folded(text or "") if len(w) > 2}


class Board:
    """All entities of a document, which node belongs to which, and the nodes that are the source of each reading;
    `direct` are the readings of direct speech, `introducers` the nodes that introduce a paragraph's block quotation."""

    def __init__(self, nodes: Sequence[Node], direct: frozenset[int] = frozenset()) -> None:
        self.nodes = nodes
        self.direct = direct
        self.introducers: dict[int, int] = {}
        self.entities: list[Entity] = []
        self.of: dict[int, int] = {}
        self.doubts: dict[int, list[tuple[int, float]]] = {}
        self.sources: dict[int, list[int]] = {}
        for node in nodes:
            for reading in node.sources:
                self.sources.setdefault(reading, []).append(node.i)

    def new(self, node: Node) -> int:
        """Start an entity with a node and return its number."""
        self.entities.append(Entity())
        self.put(node, len(self.entities) - 1)
        return len(self.entities) - 1

    def put(self, node: Node, entity: int) -> None:
        """Add a node to an entity."""
        self.entities[entity].add(node)
        self.of[node.i] = entity

    def speakers_of(self, reading: int) -> set[int]:
        """Return the entities that are the source of a reading, as far as they are known yet."""
        return {self.of[i] for i in self.sources.get(reading, ()) if i in self.of}

    def whose_words(self, node: Node) -> set[int]:
        """Return the entities that speak where a node stands, in direct speech or in a block quotation."""
        speakers = self.speakers_of(node.quote) if node.quote in self.direct else set()
        introducer = self.introducers.get(node.para)
        return speakers | ({self.of[introducer]} if introducer is not None and introducer in self.of else set())

    def entity(self, node: Node) -> Entity | None:
        number = self.of.get(node.i)
        return None if number is None else self.entities[number]
