"""Entities under construction: mutable sets of nodes with what is known of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.coref.nodes import Node
from quotes.names import Gender


@dataclass(slots=True)
class Entity:
    """Nodes taken for one entity. `heads` are lemmas of what it is called (nominals, roles, titles)."""

    nodes: list[Node] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    confidence: float = 1.0

    def add(self, node: Node) -> None:
        self.nodes.append(node)
        if node.gender:
            self.genders[node.gender] += (
                3 if node.mention.form == "name" else 2 if node.mention.form == "nominal" else 1
            )
        if not node.pronoun:
            self.numbers[node.number] += 1
            self.kinds[node.mention.kind] += 2 if node.mention.form == "name" else 1

    @property
    def gender(self) -> Gender | None:
        if not self.genders:
            return None
        return "m" if self.genders["m"] >= self.genders["f"] else "f"

    @property
    def number(self) -> str:
        return self.numbers.most_common(1)[0][0] if self.numbers else "s"

    @property
    def kind(self) -> str:
        known = Counter({k: n for k, n in self.kinds.items() if k != "unknown"})
        return known.most_common(1)[0][0] if known else "unknown"

    @property
    def named(self) -> bool:
        return any(n.mention.form == "name" for n in self.nodes)


class Board:
    """All entities of a document, and which node belongs to which."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.entities: list[Entity] = []
        self.of: dict[int, int] = {}
        self.doubts: dict[int, list[tuple[int, float]]] = {}

    def new(self, node: Node) -> int:
        """Start an entity with a node and return its number."""
        self.entities.append(Entity())
        self.put(node, len(self.entities) - 1)
        return len(self.entities) - 1

    def put(self, node: Node, entity: int) -> None:
        """Add a node to an entity."""
        self.entities[entity].add(node)
        self.of[node.i] = entity

    def entity(self, node: Node) -> Entity | None:
        number = self.of.get(node.i)
        return None if number is None else self.entities[number]
