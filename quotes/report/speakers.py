"""Speakers merged across documents by careful rules: the same name, or a variant for which the records give evidence.

A wrong merge puts one person's words into another's mouth, a missed one leaves two rows that a reader can add up. So:
* equal full names are one (titles aside), and names of organizations that are equal but for case and article;
* a variant (`Bill` and `William`, `J. Lee` and `Jane Lee`) joins only where it fits nobody else in the corpus, and a
  document names both as one speaker or both have the same role;
* a last name alone joins the only full name that has it and the same role; else it stays a row of its own;
* an acronym joins the organization that a document calls by it;
* unnamed sources ("officials") are counted by their words and never become a person.
Gender takes no part but for `Mr.` and `Mrs.`, which keep two apart; nothing of it is put out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotes.names import PersonName, fold, folded, is_acronym, parse_name, same_person
from quotes.report.counts import Counts
from quotes.schema import SpeakerRecord

Key = tuple[str, ...]
"""The kind and the folded words of a name; for a last name alone its titles too."""
NAMED = ("person", "organization", "unknown")


@dataclass(slots=True)
class Entry:
    """A speaker of the corpus: how often under which name and role, where, when, and the counts."""

    kind: str
    names: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(default_factory=Counts)

    @property
    def name(self) -> str:
        """The name it has most often; among equals one without title and capitals, the longer one."""
        return max(self.names, key=lambda n: (self.names[n], not parse_name(n).titles, not n.isupper(), len(n), n))

    @property
    def role(self) -> str:
        """The role it has most often, "" where none is given."""
        return max(self.roles, key=lambda r: (self.roles[r], r), default="")

    @property
    def person(self) -> PersonName:
        """The fullest of its names, in parts."""
        return parse_name(max(self.names, key=lambda n: (parse_name(n).full, len(n), n)))

    def take(self, other: Entry) -> None:
        """Add another entry to this one."""
        for ours, theirs in ((self.names, other.names), (self.roles, other.roles), (self.outlets, other.outlets)):
            ours.update(theirs)
        self.months.update(other.months)
        self.counts.take(other.counts)


def key_of(speaker: SpeakerRecord) -> Key:
    """Return under what a speaker is counted before variants are joined."""
    return name_key(speaker.name, speaker.kind)


def name_key(name: str, kind: str) -> Key:
    """Return the key of a name of a kind."""
    if kind != "person":
        return (kind, *folded(name))
    parts = parse_name(name)
    titles = () if parts.full else tuple(fold(t) for t in parts.titles)
    words = [fold(w) for w in (*parts.given, *parts.last.split(), *([parts.suffix] if parts.suffix else []))]
    return (kind, *titles, *words)


@dataclass(slots=True)
class Directory:
    """All speakers. `links` are pairs of keys that a document has as one speaker."""

    entries: dict[Key, Entry] = field(default_factory=dict)
    links: set[frozenset[Key]] = field(default_factory=set)

    def entry(self, speaker: SpeakerRecord) -> Entry:
        """Return the entry of a speaker, a new one where there is none, and note its other names."""
        key = key_of(speaker)
        if key not in self.entries:
            self.entries[key] = Entry(speaker.kind)
        for alias in speaker.aliases if speaker.kind in NAMED else ():
            other = name_key(alias, speaker.kind)
            if other != key:
                self.links.add(frozenset((key, other)))
        return self.entries[key]

    def merged(self) -> list[Entry]:
        """Return the speakers with variants joined, the most quoted first."""
        root: dict[Key, Key] = {}
        for one, other in (*self._kinds(), *self._variants(), *self._last_names(), *self._acronyms()):
            a, b = _top(root, one), _top(root, other)
            if a != b:
                root[a] = b
        groups: defaultdict[Key, list[Key]] = defaultdict(list)
        for key in self.entries:
            groups[_top(root, key)].append(key)
        joined = []
        for top, keys in groups.items():
            entry = self.entries[top]
            for key in keys:
                if key != top:
                    entry.take(self.entries[key])
            joined.append(entry)
        return sorted(joined, key=lambda e: (-e.counts.quotes, -e.counts.words, e.name))

    def _kinds(self) -> Iterable[tuple[Key, Key]]:
        """A name of unknown kind joins the only entry of the same name whose kind is known."""
        for key in self.entries:
            if key[0] == "unknown":
                same = [k for k in (("person", *key[1:]), ("organization", *key[1:])) if k in self.entries]
                if len(same) == 1:
                    yield key, same[0]

    def _people(self) -> dict[str, list[tuple[Key, PersonName]]]:
        found: defaultdict[str, list[tuple[Key, PersonName]]] = defaultdict(list)
        for key, entry in self.entries.items():
            if key[0] == "person":
                name = entry.person
                found[fold(name.last)].append((key, name))
        return found

    def _variants(self) -> Iterable[tuple[Key, Key]]:
        for people in self._people().values():
            full = [(k, n) for k, n in people if n.full]
            for i, (key, name) in enumerate(full):
                for other, second in full[i + 1 :]:
                    if same_person(name, second) and self._evidence(key, other) and _no_rival(name, second, full):
                        short, long = sorted((key, other), key=lambda k: (sum(map(len, k)), k))
                        yield short, long

    def _last_names(self) -> Iterable[tuple[Key, Key]]:
        for people in self._people().values():
            full = [k for k, n in people if n.full]
            for key in (k for k, n in people if not n.full):
                if len(full) == 1 and self._same_role(key, full[0]):
                    yield key, full[0]

    def _acronyms(self) -> Iterable[tuple[Key, Key]]:
        for link in self.links:
            known = sorted(k for k in link if k in self.entries and k[0] == "organization")
            if len(known) == 2 and any(len(k) == 2 and is_acronym(self.entries[k].name) for k in known):
                short, long = sorted(known, key=lambda k: (sum(map(len, k)), k))
                rivals = {o for other in self.links if short in other for o in other if o != short}
                if len(rivals) == 1:
                    yield short, long

    def _evidence(self, one: Key, other: Key) -> bool:
        return frozenset((one, other)) in self.links or self._same_role(one, other)

    def _same_role(self, one: Key, other: Key) -> bool:
        first, second = ({folded(r) for r in self.entries[k].roles} - {()} for k in (one, other))
        return bool(first & second)


def _no_rival(one: PersonName, other: PersonName, people: list[tuple[Key, PersonName]]) -> bool:
    """Tell whether everybody who can be one of two names can be the other as well."""
    return all(same_person(one, n) == same_person(other, n) for _, n in people if n not in (one, other))


def _top(root: dict[Key, Key], key: Key) -> Key:
    while key in root:
        key = root[key]
    return key
