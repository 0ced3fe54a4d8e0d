"""The speakers of a document as a reviewer sees them: those of the runs, with what the reviewer made of them."""

from __future__ import annotations

import sqlite3

from quotes.review.log import state
from quotes.review.values import Json, loads
from quotes.schema import SpeakerRecord

EMPTY: Json = {"edits": {}, "created": {}, "merged": {}}
FIELDS = ("name", "role", "kind", "identifier", "aliases")


class Cast:
    """Who speaks in a document: `current` of this run, `past` of earlier ones, and the reviewer's overlay.

    The overlay has `created` (id -> fields), `edits` (id -> changed fields) and `merged` (id -> id it went into).
    """

    def __init__(self, current: dict[str, Json], past: dict[str, Json], overlay: Json | None) -> None:
        self.current = current
        self.past = past
        self.overlay: Json = overlay or EMPTY
        self.known: dict[str, Json] = {**past, **current, **self.overlay["created"]}
        self._renewed = _renewed(current, past)
        self._merged = {self._now(old): self._now(into) for old, into in self.overlay["merged"].items()}
        self._fields: dict[str, Json] = {}
        self._records: dict[str, SpeakerRecord] = {}

    def with_overlay(self, overlay: Json) -> Cast:
        """Return the same cast under another overlay."""
        return Cast(self.current, self.past, overlay)

    def record(self, key: str) -> SpeakerRecord:
        """Return a speaker of this run as the model has it."""
        if key not in self._records:
            self._records[key] = SpeakerRecord.model_validate(self.current[key])
        return self._records[key]

    def resolve(self, key: str | None) -> str | None:
        """Return the id that an id stands for now: in this run, after merging; None where it is unknown."""
        seen: set[str] = set()
        while key is not None and key not in seen:
            seen.add(key)
            key = self._now(key)
            key = self._merged.get(key, key)
        return key if key in self.known else None

    def _now(self, key: str) -> str:
        """Return the id of this run for that of an earlier one."""
        return self._renewed.get(key, key)

    def fields(self, key: str) -> Json:
        """Return name, role, kind, identifier, aliases and mentions of a speaker; what merged into it is an alias."""
        if key not in self._fields:
            self._fields[key] = self._merged_fields(key)
        return self._fields[key]

    def _merged_fields(self, key: str) -> Json:
        base = self.known[key]
        edits: Json = {}
        for old, changed in self.overlay["edits"].items():
            if self._now(old) == key:
                edits |= changed
        members = [k for k in self.known if k != key and self.resolve(k) == key and k not in self._renewed]
        own = {"role": None, "identifier": None, "aliases": [], "mentions": [], "kind": "unknown", **base, **edits}
        names = [*own["aliases"], *([base["name"]] if "name" in edits else [])]
        mentions = list(own["mentions"])
        for member in members:
            other = self.known[member]
            names += [other["name"], *other.get("aliases", ())]
            mentions += other.get("mentions", ())
        aliases = [n for n in dict.fromkeys(names) if n != own["name"]]
        return {**own, "aliases": aliases, "mentions": sorted(mentions, key=lambda m: m["start"])}

    def name(self, key: str | None) -> str | None:
        """Return the name a speaker goes by now."""
        found = self.resolve(key)
        return None if found is None else str(self.fields(found)["name"])

    def by_name(self, name: str) -> str | None:
        """Return the id of the speaker that has a name, or an alias, whatever its case."""
        wanted = " ".join(name.split()).casefold()
        shown = {key: self.fields(key) for key in self.shown()}
        for key, fields in shown.items():
            if fields["name"].casefold() == wanted:
                return key
        return next((k for k, f in shown.items() if wanted in (a.casefold() for a in f["aliases"])), None)

    def shown(self, used: set[str] | None = None) -> list[str]:
        """Return the ids to show: of this run and created, not merged away, and past ones that are `used`."""
        keys = [*self.current, *self.overlay["created"], *sorted(used or ())]
        return [key for key in dict.fromkeys(keys) if key in self.known and self.resolve(key) == key]


def _renewed(current: dict[str, Json], past: dict[str, Json]) -> dict[str, str]:
    """Return past id -> id of this run, where one speaker alone has the same name (and kind, if several have)."""
    found: dict[str, str] = {}
    for old, fields in past.items():
        if old in current:
            continue
        same = [k for k, f in current.items() if f["name"].casefold() == fields["name"].casefold()]
        exact = [k for k in same if current[k].get("kind") == fields.get("kind")]
        if len(exact) == 1 or len(same) == 1:
            found[old] = (exact if len(exact) == 1 else same)[0]
    return found


def load_cast(connection: sqlite3.Connection, doc: str, layer: str, run: int) -> Cast:
    """Return the cast of a document in a layer."""
    current: dict[str, Json] = {}
    past: dict[str, Json] = {}
    rows = connection.execute("SELECT run, record FROM reading WHERE doc = ? ORDER BY run", (doc,))
    for row in rows:
        side = current if row["run"] == run else past
        side |= {s["id"]: s for s in loads(row["record"])["speakers"]}
    return Cast(current, past, state(connection, doc, layer, "speakers"))
