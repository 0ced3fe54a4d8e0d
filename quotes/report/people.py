"""A newsroom's own table of people, joined by name. What it says of a person is taken from it and never guessed."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quotes.decoding import decode
from quotes.errors import DataMissing, UsageError
from quotes.names import folded
from quotes.report.speakers import Entry, name_key

NAME, ALIASES = "name", "aliases"


@dataclass(slots=True)
class People:
    """Rows by the words of their names. `labels` are the columns beside `name` and `aliases`."""

    labels: tuple[str, ...]
    rows: defaultdict[tuple[str, ...], list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    ambiguous: set[str] = field(default_factory=set)

    def of(self, entry: Entry) -> dict[str, str]:
        """Return what the table says of a speaker; nothing where it has no row, or several that differ."""
        found = [row for name in sorted(entry.names) for key in _keys(name) for row in self.rows.get(key, ())]
        distinct = [row for i, row in enumerate(found) if row not in found[:i]]
        if len(distinct) > 1:
            self.ambiguous.add(entry.name)
        return distinct[0] if len(distinct) == 1 else {}


def read_people(path: str) -> People:
    """Read a CSV table with a column `name`. Raises `DataMissing` or, without that column, `UsageError`."""
    try:
        text = decode(Path(path).read_bytes(), name=path).lstrip("\ufeff")
    except OSError as error:
        raise DataMissing(f"Can't read '{path}': {error.strerror}. Give a CSV table with --people.") from error
    table = csv.DictReader(text.splitlines(keepends=True))
    columns = [c for c in table.fieldnames or () if c]
    if NAME not in columns:
        there = ", ".join(f"'{c}'" for c in columns) or "none"
        raise UsageError(f"{path}: there is no column '{NAME}'. Columns: {there}.")
    people = People(tuple(c for c in columns if c not in (NAME, ALIASES)))
    for row in table:
        kept = {c: (row.get(c) or "").strip() for c in (NAME, *people.labels)}
        for key in {k for name in (kept[NAME], *(row.get(ALIASES) or "").split(";")) for k in _keys(name)}:
            people.rows[key].append(kept)
    return people


def _keys(name: str) -> Iterator[tuple[str, ...]]:
    if folded(name):
        yield from {name_key(name, "person")[1:], folded(name)}
