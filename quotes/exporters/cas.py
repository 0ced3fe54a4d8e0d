"""UIMA CAS for INCEpTION: an XMI per document, and the `TypeSystem.xml` to import as layers first (extra `cas`).

A `Quote` per part of a content, a `QuotePart` per cue and source; `quoteId` joins them. Let both layers overlap in the
settings of the project. Offsets are UTF-16 units there, which dkpro-cassis makes. What XML 1.0 can't hold is U+FFFD.
Mentions, candidates, evidence, asides and warnings are left out.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from quotes.exporters.common import Names, xml_text
from quotes.output import Close, Write
from quotes.output.target import write_whole
from quotes.schema import DocumentRecord

QUOTE, PART = "webanno.custom.Quote", "webanno.custom.QuotePart"
_TEXTS = ("quoteId", "kind", "speaker", "speakerId", "speakerKind", "speakerRole", "reason", "flags")
FEATURES = {
    QUOTE: {**dict.fromkeys(_TEXTS, "String"), "part": "Integer", "confidence": "Float", "speakerConfidence": "Float"},
    PART: {"quoteId": "String", "role": "String"},
}


def cas_writer(folder: Path, stack: ExitStack) -> tuple[Write, Close]:
    """One `.xmi` a document, named after its id, and the type system."""
    types, names = type_system(), Names()
    write_whole(folder / "TypeSystem.xml", types.to_xml())

    def write(record: DocumentRecord) -> None:
        write_whole(folder / f"{names.name_for(record.id)}.xmi", to_cas(record, types).to_xmi())

    return write, lambda: None


def type_system() -> Any:
    """Return the two layers."""
    from cassis import TypeSystem

    types = TypeSystem()
    for name, features in FEATURES.items():
        layer = types.create_type(name, supertypeName="uima.tcas.Annotation")
        for feature, kind in features.items():
            types.create_feature(layer, feature, f"uima.cas.{kind}")
    return types


def to_cas(record: DocumentRecord, types: Any) -> Any:
    """Return the CAS of a record that carries its text."""
    from cassis import Cas

    cas = Cas(typesystem=types, sofa_string=xml_text(record.text or ""), sofa_mime="text/plain", document_language="en")
    layer, speakers = types.get_type(QUOTE), {s.id: s for s in record.speakers}
    shared: dict[tuple[int, int, str], list[str]] = {}
    for quote in record.quotes:
        speaker = speakers.get(quote.speaker_id or "")
        values = {
            "quoteId": quote.id,
            "kind": quote.type,
            "speaker": quote.speaker,
            "speakerId": quote.speaker_id,
            "speakerKind": speaker.kind if speaker else None,
            "speakerRole": speaker.role if speaker else None,
            "reason": quote.reason,
            "flags": " ".join(quote.flags) or None,
        }
        texts = {key: xml_text(value) for key, value in values.items() if value is not None}
        numbers = {"confidence": quote.confidence, "speakerConfidence": quote.speaker_confidence}
        for n, span in enumerate(quote.content):
            cas.add(layer(begin=span.start, end=span.end, part=n, **texts, **numbers))
        for role, spans in (("cue", quote.cue), ("source", quote.source)):
            for span in spans:
                shared.setdefault((span.start, span.end, role), []).append(quote.id)
    for (start, end, role), ids in shared.items():
        cas.add(types.get_type(PART)(begin=start, end=end, role=role, quoteId=" ".join(ids)))
    return cas
