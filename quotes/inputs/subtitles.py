"""Subtitles (SRT, WebVTT) as running text: a paragraph where another voice begins (extra `subtitles`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from typing import Any

from quotes.decoding import decode
from quotes.errors import Damaged
from quotes.inputs.document import Document
from quotes.inputs.registry import Source
from quotes.inputs.streams import whole

_TURN = re.compile(r"(?:[-–—]\s|>>+|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}:\s)")
_CUT = re.compile(r"^(?:[-–—]\s+|>>+\s*)")


def read(source: Source) -> Iterator[Document]:
    """Yield the one document of a file. Times and markup are left out, a voice (`<v Ann Lee>`) becomes `Ann Lee: `."""
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    text = decode(whole(source), name=source.name).replace("\r\n", "\n").lstrip("\ufeff\n ")
    if not text:
        yield Document(source.name, "", {}, source.name)
        return
    try:
        captions = list(webvtt.from_buffer(StringIO(text), "vtt" if text.startswith("WEBVTT") else "srt"))
    except (MalformedFileError, MalformedCaptionError) as error:
        raise Damaged(
            f"'{source.name}' is neither SRT nor WebVTT ({error}). For plain text use --from text."
        ) from error
    lost = len(re.findall(r"^\S*\d\S* -->", text, re.MULTILINE)) - len(captions)
    if lost > 0:
        cure = "Correct their lines of times; the others are done."
        source.on_error(Damaged(f"'{source.name}': {lost} caption(s) can't be read. {cure}"), source.name)
    yield Document(source.name, running_text(captions), {}, source.name)


def running_text(captions: list[Any]) -> str:
    """Return the words of captions; a line that repeats the one before, as in rolling captions, is left out."""
    paragraphs: list[str] = []
    voice, before = None, ""
    for caption in captions:
        for line in unescape(caption.text).split("\n"):
            words = " ".join(line.split())
            if not words or words == before:
                continue
            before, turned = words, caption.voice != voice
            voice = caption.voice
            if turned and voice:
                words = f"{voice}: {words}"
            if turned or _TURN.match(words) or not paragraphs:
                paragraphs.append(_CUT.sub("", words))
            else:
                paragraphs[-1] += f" {words}"
    return "\n\n".join(paragraphs)
