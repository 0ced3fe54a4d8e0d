"""From bytes to text: byte order marks, UTF-16 without one, legacy encodings, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from quotes.errors import NotText

SAMPLE = 65_536

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNPACK = "Unpack it and pass the text files in it."
_MAGIC = (
    (rb"%PDF-", "a PDF", "Pass --from pdf, or save its text, e.g. with `pdftotext FILE.pdf FILE.txt`."),
    (rb"PK\x03\x04", "a zip file or an office document", "Pass --from docx for a Word document, or unpack the zip."),
    (rb"\xd0\xcf\x11\xe0", "an old office document", "Save it as plain text or HTML."),
    (rb"\{\\rtf", "an RTF document", "Save it as plain text or HTML."),
    (rb"\x1f\x8b|BZh\d1AY&SY|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|\x28\xb5\x2f\xfd|Rar!\x1a", "a compressed file", _UNPACK),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\x00|MM\x00\*", "an image", "Run OCR on it and pass the text."),
    (
        rb"ID3[\x02-\x04]|OggS\x00|RIFF....(?:WAVE|AVI )|....ftyp|\x1aE\xdf\xa3",
        "audio or video",
        "Pass its transcript.",
    ),
    (
        rb"SQLite format 3\x00|PAR1",
        "a database file",
        "Pass --from parquet for Parquet, or export its text as JSON Lines.",
    ),
)
_KINDS = tuple((re.compile(pattern, re.DOTALL), kind, cure) for pattern, kind, cure in _MAGIC)
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\r\f\x1b"})
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_LETTERS = re.compile(rb"[^\x00-\x7f\x82\x84\x85\x91-\x97\x99\xa0\xa3\xab\xb7\xbb]")
_JUNK = re.compile(r"[A-Za-z][¡-¿×÷][a-z]")
_MAC = re.compile(r"[a-z]Õ[a-z]|(?<!\w)Ò[A-Za-z].{0,300}?[a-z,.?!]Ó(?!\w)")


def decode(data: bytes, *, name: str) -> str:
    """Return the text that bytes hold, without a byte order mark. `name` is for messages.

    Raises `NotText` for bytes that are no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom) and (text := _strict(data[len(bom) :], encoding)) is not None:
            return text
    _refuse_known(data, name)
    for bom, encoding in _BOMS:
        if data.startswith(bom) and "32" not in encoding:
            return data[len(bom) :].decode(encoding, "replace")
    if wide := _wide(data):
        return wide
    refuse_binary(data, name=name)
    text = _strict(data, "utf-8")
    return _legacy(data) if text is None else text


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding, "surrogatepass" if encoding != "utf-8" else "strict")
    except UnicodeDecodeError:
        return None


def refuse_binary(data: bytes, *, name: str) -> None:
    """Raise `NotText` where bytes begin like a known binary format or have too many control characters."""
    _refuse_known(data, name)
    sample = data[:SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > 0.05 * len(sample) + 8:
        raise NotText(f"'{name}' is a binary file, not text. Pass plain text, HTML or JSON Lines.")


def _refuse_known(data: bytes, name: str) -> None:
    for pattern, kind, cure in _KINDS:
        if pattern.match(data):
            raise NotText(f"'{name}' is {kind}, not text. {cure}")


def _wide(data: bytes) -> str | None:
    """Read UTF-16 without a byte order mark: in western text nearly every second byte is NUL."""
    sample = data[: SAMPLE & ~1]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return _strict(data, "utf-16-le")
    if even > 0.4 and odd < 0.05:
        return _strict(data, "utf-16-be")
    return None


def _legacy(data: bytes) -> str:
    return _damaged_utf8(data) or _western(data) or _guessed(data) or data.decode("cp1252", "replace")


def _damaged_utf8(data: bytes) -> str | None:
    """Read UTF-8 with a few broken bytes: at least four good characters beyond ASCII for each broken one."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    return text if good >= 4 * bad else None


def _western(data: bytes) -> str | None:
    """Read cp1252 (or Mac Roman) where letters beyond ASCII are rare, as in English: too few for a detector."""
    text = data.decode("cp1252", "replace")
    if _MAC.search(text):
        return data.decode("mac_roman")
    letters = len(re.findall(rb"[A-Za-z]", data))
    rare = len(_HIGH_LETTERS.findall(data)) <= 0.08 * letters + 3
    return text if rare and "\ufffd" not in text and not _JUNK.search(text) else None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    first = _HIGH.search(data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    best = from_bytes(data[start : start + SAMPLE]).best()
    if best is None:
        return None
    encoding = "cp1252" if {"cp1252", "latin_1"} & {best.encoding, *best.could_be_from_charset} else best.encoding
    return data.decode(encoding, "replace")
