"""The report: one HTML file with no script and nothing to fetch, that can be mailed and opened anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from quotes.output.cells import GAP, printable
from quotes.review.plot import plot
from quotes.review.present import direction, language, paragraphs
from quotes.review.records import Reviewed
from quotes.review.settled import Settled
from quotes.review.values import Json, now

UNKNOWN = "Unknown"
ROLES = ("content", "source", "cue")


def report(documents: Sequence[tuple[Reviewed, list[Json]]]) -> str:
    """Return the HTML of documents and their logs. Everything from outside is escaped by the template."""
    from jinja2 import Environment, PackageLoader, select_autoescape

    environment = Environment(
        loader=PackageLoader("quotes.review", "."), autoescape=select_autoescape(default=True), trim_blocks=True
    )
    parts = [_document(number, one, log) for number, (one, log) in enumerate(documents, 1)]
    people = _people([one for one, _ in documents])
    page = environment.get_template("report.html.j2").render(
        documents=parts,
        people=people,
        plot=plot([(person["name"], person["quotes"]) for person in people]),
        statuses=_statuses([one for one, _ in documents]),
        at=now()[:16].replace("T", " "),
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _people(documents: Sequence[Reviewed]) -> list[Json]:
    """Return who was quoted: quotations, words and articles, most quoted first. One name is one person here."""
    quotes: Counter[str] = Counter()
    words: Counter[str] = Counter()
    articles: dict[str, set[str]] = {}
    facts: dict[str, Json] = {}
    for one in documents:
        speakers = {s.id: s for s in one.record.speakers}
        for quote in one.record.quotes:
            name = quote.speaker or UNKNOWN
            quotes[name] += 1
            words[name] += sum(len(span.text.split()) for span in quote.content)
            articles.setdefault(name, set()).add(one.record.id)
            speaker = speakers.get(quote.speaker_id or "")
            if speaker is not None:
                facts.setdefault(name, {"role": speaker.role, "kind": speaker.kind})
    return [
        {"name": printable(name), "quotes": n, "words": words[name], "articles": len(articles[name])}
        | facts.get(name, {"role": None, "kind": ""})
        for name, n in sorted(quotes.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _statuses(documents: Sequence[Reviewed]) -> list[tuple[str, int]]:
    counts = Counter(row.status for one in documents for row in (*one.rows, *one.left_out))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _document(number: int, one: Reviewed, log: list[Json]) -> Json:
    view = one.outcome.view
    rows = [_row(f"d{number}q{n}", n, one, row) for n, row in enumerate(one.rows, 1)]
    numbers = {row.key: n for n, row in enumerate(one.rows, 1)}
    return {
        "id": f"d{number}",
        "title": printable(view.row["title"]),
        "name": printable(one.record.id.rsplit("/", 1)[-1]),  # the folders of who mails it are nobody's business
        "url": _web(view.row["url"]),
        "lang": language(view.row),
        "dir": direction(view.text),
        "paragraphs": _paragraphs(f"d{number}q", view.text, one.rows),
        "quotes": rows,
        "left_out": [_left_out(row) for row in one.left_out],
        "log": [_entry(entry, numbers) for entry in log if entry["scope"] != "run"],
        "model": one.record.model.model_dump(),
        "sha256": view.row["sha256"],
    }


def _web(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None


def _row(key: str, number: int, one: Reviewed, row: Settled) -> Json:
    quote = one.record.quotes[number - 1]
    return {
        "key": key,
        "number": number,
        "speaker": printable(quote.speaker or UNKNOWN),
        "type": quote.type,
        "status": row.status,
        "by": ", ".join(row.by),
        "note": printable(row.state["note"]),
        "words": printable(GAP.join(span.text for span in quote.content)),
        "source": printable(GAP.join(span.text for span in quote.source)),
        "cue": printable(GAP.join(span.text for span in quote.cue)),
        "evidence": [e.words for e in quote.evidence if not e.code.startswith("review:")],
    }


def _left_out(row: Settled) -> Json:
    words, note = printable(row.state.get("text", "")), printable(row.state["note"])
    return {"status": row.status, "by": ", ".join(row.by), "note": note, "words": words}


def _entry(entry: Json, numbers: dict[str, int]) -> Json:
    state = entry["after"] or {}
    what = f"quotation {numbers[entry['quote']]}" if entry["quote"] in numbers else entry["quote"] or entry["scope"]
    facts = {name: entry[name] for name in ("seq", "at", "reviewer", "action", "note", "seconds")}
    who = printable(str(state.get("speaker") or "")) if entry["scope"] == "quote" else ""
    return {**facts, "what": what, "speaker": who, "note": printable(entry["note"] or "")}


def _paragraphs(prefix: str, text: str, rows: Sequence[Settled]) -> list[list[Json]]:
    """Return the paragraphs as runs of text, each with the classes it is in, and the numbers that end after it."""
    marks = [
        (start, end, role, number)
        for number, row in enumerate(rows, 1)
        for role in ROLES
        for start, end in row.state[role]
    ]
    ends: dict[int, list[int]] = {}
    for number, row in enumerate(rows, 1):
        ends.setdefault(row.state["content"][-1][1], []).append(number)
    return [_runs(prefix, text, start, end, marks, ends) for start, end in paragraphs(text)]


def _runs(prefix: str, text: str, start: int, end: int, marks: list[Any], ends: dict[int, list[int]]) -> list[Json]:
    here = [mark for mark in marks if mark[0] < end and start < mark[1]]
    edges = sorted({start, end, *(n for mark in here for n in mark[:2] if start < n < end)})
    found = []
    for a, b in pairwise(edges):
        over = [mark for mark in here if mark[0] <= a and b <= mark[1]]
        roles = [role for role in ROLES if any(mark[2] == role for mark in over)]
        links = [{"number": number, "href": f"{prefix}{number}"} for number in ends.get(b, ())]
        found.append({"text": printable(text[a:b]), "roles": roles, "after": links})
    return found
