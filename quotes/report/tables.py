"""The tables of a report, as plain rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.report.counts import NONE, Counts
from quotes.report.people import People
from quotes.report.speakers import Entry
from quotes.report.tally import Tally

Cell = str | int | float
COUNTS = ("quotations", "share", "direct", "mixed", "indirect", "words", "words each", "articles")
UNLISTED = "(not in the table)"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a short name for files, a title, what it says in a sentence, columns and rows."""

    name: str
    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(tally: Tally, people: People | None = None) -> list[Table]:
    """Return all tables of a report."""
    entries = [e for e in tally.directory.merged() if e.counts.quotes]
    total = tally.total.quotes
    found = [
        _speakers(entries, total, people),
        Table(
            "kinds",
            "Kinds of source",
            "Who speaks: persons and organizations by name, groups, documents, nameless sources, or nobody.",
            ("kind", *COUNTS),
            _rows(tally.kinds, total),
        ),
        Table(
            "unnamed",
            "Unnamed sources",
            "Sources without a name, by the words that stand for them. Equal words are not the same people.",
            ("words", *COUNTS),
            _rows(tally.unnamed, total),
        ),
        Table("roles", "Roles", "The roles that named speakers have beside their names.", *_roles(entries, total)),
        Table(
            "outlets",
            "Outlets",
            "Where it was published. `named` is the share of quotations with a named speaker.",
            ("outlet", *COUNTS, "named"),
            _outlets(tally),
        ),
        Table(
            "months",
            "Months",
            "When it was published.",
            ("month", *COUNTS),
            tuple(sorted(_rows(tally.months, total), key=lambda r: str(r[0]))),
        ),
        Table(
            "outlets_by_month",
            "Outlets by month",
            "Where and when.",
            ("outlet", "month", *COUNTS),
            tuple((*key, *_cells(c, total)) for key, c in sorted(tally.places.items()) if c.quotes),
        ),
    ]
    return found if people is None else [*found, *_labels(entries, total, people)]


def _cells(counts: Counts, total: int) -> tuple[Cell, ...]:
    types = tuple(counts.types[t] for t in ("direct", "mixed", "indirect"))
    each = round(counts.words / counts.quotes, 1) if counts.quotes else 0.0
    return (counts.quotes, share(counts.quotes, total), *types, counts.words, each, counts.documents)


def share(part: int, whole: int) -> float:
    """Return a share, to four digits; 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0


def _rows(counts: dict[str, Counts], total: int) -> tuple[tuple[Cell, ...], ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1].quotes, item[0]))
    return tuple((name, *_cells(c, total)) for name, c in ordered if c.quotes)


def _speakers(entries: Sequence[Entry], total: int, people: People | None) -> Table:
    labels = people.labels if people else ()
    rows = []
    for entry in entries:
        others = "; ".join(sorted(set(entry.names) - {entry.name}))
        months = sorted(set(entry.months) - {NONE})
        says = people.of(entry) if people else {}
        rows.append(
            (
                entry.name,
                entry.kind,
                entry.role,
                *_cells(entry.counts, total),
                len(set(entry.outlets) - {NONE}),
                months[0] if months else "",
                months[-1] if months else "",
                others,
                *(says.get(label, "") for label in labels),
            )
        )
    return Table(
        "speakers",
        "Who is quoted",
        "Named speakers, the most quoted first. Names are joined across articles only where that is safe.",
        ("speaker", "kind", "role", *COUNTS, "outlets", "first month", "last month", "also named", *labels),
        tuple(rows),
    )


def _roles(entries: Iterable[Entry], total: int) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    quotes: Counter[str] = Counter()
    speakers: Counter[str] = Counter()
    for entry in entries:
        found: Counter[str] = Counter()
        for role, count in entry.roles.items():
            found[" ".join(role.lower().split())] += count
        quotes.update(found)
        speakers.update(found.keys())
    ordered = sorted(quotes, key=lambda r: (-quotes[r], r))
    rows = tuple((role, quotes[role], share(quotes[role], total), speakers[role]) for role in ordered)
    return ("role", "quotations", "share", "speakers"), rows


def _outlets(tally: Tally) -> tuple[tuple[Cell, ...], ...]:
    rows = _rows(tally.outlets, tally.total.quotes)
    return tuple((*row, share(tally.named_in[str(row[0])], int(row[1]))) for row in rows)


def _labels(entries: Sequence[Entry], total: int, people: People) -> Iterable[Table]:
    """Yield a table for each column of the table of people."""
    says = [(entry, people.of(entry)) for entry in entries]
    for label in people.labels:
        counts: defaultdict[str, Counts] = defaultdict(Counts)
        speakers: Counter[str] = Counter()
        for entry, row in says:
            value = row.get(label, UNLISTED) or NONE
            counts[value].take(entry.counts)
            speakers[value] += 1
        rows = tuple((*row, speakers[str(row[0])]) for row in _rows(counts, total))
        words = f"Named speakers by `{label}`, as your table of people has it. Articles are counted once a speaker."
        yield Table(f"by_{_file_name(label)}", f"By {label}", words, (label, *COUNTS, "speakers"), rows)


def _file_name(label: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in label.lower())
