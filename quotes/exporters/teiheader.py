"""The header of a TEI document: where the text is from, how it is encoded, and who speaks in it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from quotes.exporters.common import xml_text
from quotes.output.cells import spaced
from quotes.schema import DocumentRecord, SpeakerRecord

PEOPLE = ("person", "anonymous", "unknown")
TYPES = {"direct": "all of it between quotation marks", "mixed": "part of it quoted", "indirect": "reported"}


def header(record: DocumentRecord, url: str | None) -> str:
    """Return the `teiHeader` of a record."""
    meta = record.meta
    bibl = _element("title", meta.get("title")) + _element("author", meta.get("author"))
    bibl += _element("publisher", meta.get("site")) + _element("date", meta.get("date"))
    bibl += (f"<ref target={quoteattr(url)}/>" if url else "") + _element("idno", record.id, type="document")
    bibl += _element("idno", record.text_sha256, type="sha256")
    types = "".join(f'<category xml:id="{key}"><catDesc>{words}</catDesc></category>' for key, words in TYPES.items())
    people = "".join(_person(s) for s in record.speakers if s.kind in PEOPLE)
    others = "".join(_org(s) for s in record.speakers if s.kind not in PEOPLE)
    lists = (f"<listPerson>{people}</listPerson>" if people else "") + (
        f"<listOrg>{others}</listOrg>" if others else ""
    )
    program = _words(f"Quotations found by quotedesk {record.model.program}, {record.model.pipeline}.")
    return (
        f"<teiHeader><fileDesc><titleStmt>{_element('title', meta.get('title') or record.id)}</titleStmt>"
        f"<publicationStmt><p>{program}</p></publicationStmt><sourceDesc><bibl>{bibl}</bibl></sourceDesc></fileDesc>\n"
        '<encodingDesc><editorialDecl><quotation marks="all"><p>Quotation marks are kept inside said. The paragraphs '
        "hold every character of the text.</p></quotation></editorialDecl>"
        f"<classDecl><taxonomy>{types}</taxonomy></classDecl></encodingDesc>\n"
        + (f"<profileDesc><particDesc>{lists}</particDesc></profileDesc>" if lists else "")
        + "</teiHeader>"
    )


def _person(speaker: SpeakerRecord) -> str:
    names = "".join(_element("persName", name) for name in (speaker.name, *speaker.aliases))
    return f'<person xml:id="{speaker.id}" role="{speaker.kind}">{names}{_element("occupation", speaker.role)}</person>'


def _org(speaker: SpeakerRecord) -> str:
    names = "".join(_element("orgName", name) for name in (speaker.name, *speaker.aliases))
    return f'<org xml:id="{speaker.id}" type="{speaker.kind}">{names}</org>'


def _element(name: str, words: str | None, **attributes: str) -> str:
    if not words:
        return ""
    return f"<{name}{''.join(f' {k}={quoteattr(v)}' for k, v in attributes.items())}>{_words(words)}</{name}>"


def _words(text: str) -> str:
    return escape(spaced(xml_text(text)))
