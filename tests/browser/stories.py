"""Articles written for the desk's tests, and their records made by hand: nothing here depends on a pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.ids import quote_id, speaker_id, text_hash
from quotes.schema import (
    CandidateRecord,
    DocumentRecord,
    EvidenceRecord,
    MentionRecord,
    ModelRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
)

MODEL = ModelRecord(program="0", spacy="0", pipeline="rules")
HARBOUR = """Harbour ferry to stop in March

“The last boat leaves on the first of March,” Mayor Ann Lee told the council on Monday. “After that, there is a bus.”

Tom Ray, who has run the ferry since 1998, said the plan was made without him. “Nobody asked me,” he said.

Lee said that the bus would be free for a year.

“I will not take the bus,” said Ray.

“We will be cut off,” said Mia Okoro, a nurse on the island. She added that the night shift had no other way home.

The company that owns the boat did not answer. “It is a pity,” a clerk in its office said.
"""
ODD = """Poem 🐢 <script>window.ran = true</script> & more

“I ❤️ 🐢 and <b>tags</b>,” said Zoë 👩🏽‍🚀 Strange. “<img src=x onerror='window.ran = true'>”

قالت المعلمة سلمى حداد: “القطار 🚆 لن يعود قبل الصيف” ثم خرجت من القاعة 😀.

After the emoji 😀😀😀 “offsets stay right,” said Zoë Strange.
"""


@dataclass(frozen=True)
class Said:
    """A quotation to be put into a record: the words of its spans, in text order, and the speaker by name."""

    content: Sequence[str]
    speaker: str | None
    cue: str = ""
    source: str = ""
    sure: float = 0.9
    candidates: Sequence[tuple[str, float]] = ()
    type: str = "direct"


HARBOUR_SAID = (
    Said(
        ("“The last boat leaves on the first of March,”", "“After that, there is a bus.”"),
        "Ann Lee",
        "told",
        "Mayor Ann Lee",
        0.97,
    ),
    Said(
        ("the plan was made without him.",),
        "Tom Ray",
        "said",
        "Tom Ray, who has run the ferry since 1998",
        0.71,
        (),
        "indirect",
    ),
    Said(("“Nobody asked me,”",), "Tom Ray", "said", "he", 0.93, (("Tom Ray", 0.8), ("Ann Lee", 0.1))),
    Said(
        ("that the bus would be free for a year",),
        "Lee",
        "said",
        "Lee",
        0.62,
        (("Lee", 0.5), ("Ann Lee", 0.4)),
        "indirect",
    ),
    Said(("“I will not take the bus,”",), "Tom Ray", "said", "Ray", 0.95),
    Said(("“We will be cut off,”",), "Mia Okoro", "said", "Mia Okoro, a nurse on the island", 0.96),
)
ODD_SAID = (
    Said(
        ("“I ❤️ 🐢 and <b>tags</b>,”", "“<img src=x onerror='window.ran = true'>”"),
        "Zoë 👩🏽‍🚀 Strange",
        "said",
        "Zoë 👩🏽‍🚀 Strange",
        0.9,
    ),
    Said(("“القطار 🚆 لن يعود قبل الصيف”",), "سلمى حداد", "قالت", "المعلمة سلمى حداد", 0.8),
    Said(("“offsets stay right,”",), "<script>window.ran = true</script>", "said", "Zoë Strange", 0.7),
)
MISSED = "“It is a pity,”"
"""A quotation of `HARBOUR` that the records do not have."""


def record(name: str, text: str, said: Sequence[Said]) -> DocumentRecord:
    """Return the record of a text with its quotations; words are looked up behind those of the quotation before."""
    sha = text_hash(text)
    names = {s.speaker for s in said if s.speaker} | {n for s in said for n, _ in s.candidates}
    ids = {n: speaker_id(sha, n, "person") for n in names}
    quotes, at = [], 0
    for each in said:
        quote = _quote(text, sha, each, ids, at)
        at = quote.content[0].start
        quotes.append(quote)
    cast = [_speaker(text, n, ids[n]) for n in sorted(names, key=lambda n: text.find(n))]
    return DocumentRecord(id=name, text_sha256=sha, text=text, model=MODEL, speakers=tuple(cast), quotes=tuple(quotes))


def _quote(text: str, sha: str, said: Said, ids: dict[str, str], at: int) -> QuoteRecord:
    content = []
    for words in said.content:
        content.append(_span(text, words, at))
        at = content[-1].end
    near = max(0, content[0].start - 60)
    who = said.candidates or ([(said.speaker, said.sure)] if said.speaker else [])
    return QuoteRecord(
        id=quote_id(sha, [(s.start, s.end) for s in content]),
        type=said.type,  # type: ignore[arg-type]
        content=tuple(content),
        cue=(_span(text, said.cue, near),) if said.cue else (),
        source=(_span(text, said.source, near),) if said.source else (),
        speaker_id=ids[said.speaker] if said.speaker else None,
        speaker=said.speaker,
        confidence=said.sure,
        speaker_confidence=said.sure,
        candidates=tuple(CandidateRecord(speaker_id=ids[n], name=n, confidence=c) for n, c in who),
        evidence=(EvidenceRecord(code="marks:double", words="The words stand between quotation marks"),),
    )


def _span(text: str, words: str, at: int) -> SpanRecord:
    start = text.index(words, at)
    return SpanRecord(start=start, end=start + len(words), text=words)


def _speaker(text: str, name: str, key: str) -> SpeakerRecord:
    at = text.find(name)
    mentions = (MentionRecord(start=at, end=at + len(name), text=name, form="name"),) if at >= 0 else ()
    return SpeakerRecord(id=key, name=name, kind="person", mentions=mentions)


def harbour() -> DocumentRecord:
    """The plain article: six quotations found, one missed, one speaker under two names."""
    return record("harbour.txt", HARBOUR, HARBOUR_SAID)


def odd() -> DocumentRecord:
    """The article with markup, Arabic and emoji."""
    return record("odd.txt", ODD, ODD_SAID)


def long(paragraphs: int = 150, words: int = 26) -> DocumentRecord:
    """An article of some 5,000 words with one quotation in each paragraph."""
    people = [f"Speaker {chr(65 + i)}" for i in range(20)]
    text, said = "A very long hearing\n", []
    for number in range(paragraphs):
        who = people[number % len(people)]
        spoken = f"“Answer {number} is that the ferry is late and the bus is later, ”"
        filler = " ".join(["the", "committee", "heard", "evidence"] * (words // 4))
        text += f"\n{spoken} said {who}, and {filler} until noon.\n"
        said.append(Said((spoken,), who, "said", who, 0.5 + (number % 50) / 100))
    return record("long.txt", text, said)


def write(path: Path, *records: DocumentRecord) -> Path:
    """Write records as JSON Lines."""
    path.write_text("".join(r.model_dump_json() + "\n" for r in records), encoding="utf-8")
    return path
