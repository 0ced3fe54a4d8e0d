"""Turn the inline markup of `markup/*.txt` into `gold.jsonl` and `example.txt`: `python tests/corpus/convert.py`.

A file is a head of `# key: value` lines, a line `---`, and the article with tags. `<q1 d ab nested>` opens the first
part of quotation 1: type d(irect), m(ixed) or i(ndirect), the key of its speaker (`-` for none), then the
difficulties it shows; `<q1>` opens a further part. `<c1>` is its cue, `<s1>` its source, `<s1,2>` the source of two.
`<a scare>` is an aside. Every tag is closed by `</>`. `&nbsp;` is a no-break space.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MARKUP = HERE / "markup"
GOLD = HERE / "gold.jsonl"
EXAMPLE = HERE / "example.txt"
TYPES = {"d": "direct", "m": "mixed", "i": "indirect"}
TAG = re.compile(r"<(/|[qcsa][^<>]*)>")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One `# speaker key: name | alias; alias | kind` line."""

    name: str
    aliases: list[str]
    kind: str


@dataclass(slots=True)
class Quote:
    """A quotation while its pieces are being collected."""

    type: str
    speaker: str
    shows: list[str]
    content: list[list[int]] = field(default_factory=list)
    cue: list[list[int]] = field(default_factory=list)
    source: list[list[int]] = field(default_factory=list)


@dataclass(slots=True)
class Article:
    """A text with its quotations by number, its asides, and what the head says of it."""

    text: str = ""
    quotes: dict[str, Quote] = field(default_factory=dict)
    asides: list[dict[str, Any]] = field(default_factory=list)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    style: str = ""
    shows: list[str] = field(default_factory=list)


def parse(markup: str) -> Article:
    """Read one marked-up article. Raises `ValueError` on a tag that is unclosed, unknown or without its quotation."""
    head, body = markup.split("\n---\n", 1)
    article = Article()
    for line in head.splitlines():
        _read_head(article, line)
    _read_body(article, body.replace("&nbsp;", "\u00a0"))
    return article


def _read_head(article: Article, line: str) -> None:
    key, value = line.removeprefix("# ").split(": ", 1)
    if key == "style":
        article.style = value
    elif key == "shows":
        article.shows = value.split(", ")
    elif key.startswith("speaker "):
        name, aliases, kind = value.split(" | ")
        article.speakers[key.split()[1]] = Speaker(name, [a for a in aliases.split("; ") if a != name], kind)
    else:
        raise ValueError(f"unknown key in the head: {key}")


def _read_body(article: Article, body: str) -> None:
    spans: list[tuple[str, list[int]]] = []
    open_tags: list[tuple[str, int]] = []
    pieces: list[str] = []
    length = end = 0
    for match in TAG.finditer(body):
        pieces.append(body[end : match.start()])
        length, end = length + len(pieces[-1]), match.end()
        if match[1] != "/":
            open_tags.append((match[1], length))
        elif open_tags:
            tag, start = open_tags.pop()
            spans.append((tag, [start, length]))
        else:
            raise ValueError(f"nothing to close after {pieces[-1][-30:]!r}")
    if open_tags:
        raise ValueError(f"unclosed tag <{open_tags[-1][0]}>")
    article.text = "".join(pieces) + body[end:]
    for tag, span in sorted(spans, key=lambda item: (item[0][0] != "q", item[1])):
        _apply(article, tag, span)


def _apply(article: Article, tag: str, span: list[int]) -> None:
    name, *words = tag[1:].split()
    if tag[0] == "a":
        article.asides.append({"span": span, "flag": name})
    elif tag[0] == "q":
        if words:
            if name in article.quotes:
                raise ValueError(f"quotation {name} is opened twice with a type")
            article.quotes[name] = Quote(TYPES[words[0]], words[1], words[2:])
        article.quotes[name].content.append(span)
    else:
        for number in name.split(","):
            if number not in article.quotes:
                raise ValueError(f"<{tag}> has no quotation {number}")
            (article.quotes[number].cue if tag[0] == "c" else article.quotes[number].source).append(span)


def to_gold(name: str, article: Article) -> dict[str, Any]:
    """Return the article as a document of the gold format."""
    quotes = [_quote(f"q{number}", quote, article.speakers) for number, quote in article.quotes.items()]
    return {
        "id": f"own/{name}",
        "corpus": "handmade",
        "style": article.style,
        "shows": sorted({*article.shows, *(word for quote in article.quotes.values() for word in quote.shows)}),
        "text": article.text,
        "quotes": sorted(quotes, key=lambda quote: int(quote["content"][0][0])),
        "asides": article.asides,
    }


def _quote(name: str, quote: Quote, speakers: dict[str, Speaker]) -> dict[str, Any]:
    speaker = None if quote.speaker == "-" else speakers[quote.speaker]
    return {
        "id": name,
        "type": quote.type,
        "content": quote.content,
        "cue": quote.cue,
        "source": quote.source,
        "speaker": speaker.name if speaker else None,
        "speaker_aliases": speaker.aliases if speaker else [],
        "speaker_kind": speaker.kind if speaker else None,
        "shows": quote.shows,
    }


def convert() -> tuple[str, str]:
    """Return what `gold.jsonl` and `example.txt` must hold."""
    documents = []
    for path in sorted(MARKUP.glob("*.txt")):
        try:
            documents.append(to_gold(path.stem, parse(path.read_text(encoding="utf-8"))))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    example = next(document["text"] for document in documents if document["id"] == "own/example")
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents), example


def main() -> None:
    """Write both files."""
    gold, example = convert()
    GOLD.write_text(gold, encoding="utf-8")
    EXAMPLE.write_text(example, encoding="utf-8")


if __name__ == "__main__":
    main()
