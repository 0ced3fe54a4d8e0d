"""Tell text, HTML and JSON Lines apart by how they begin."""

from __future__ import annotations

import json
import re
from typing import Literal

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html\b|head\b|body\b)", re.I | re.S)
_OBJECT = re.compile(r'\s*\{\s*"(?:[^"\\]|\\.)*"\s*:')


def sniff(beginning: str) -> Literal["text", "html", "jsonl"]:
    """Return the format of a text by its beginning, which must hold its first line that is not blank.

    A JSON object with a wrong key is JSON Lines too, so that the message can list its keys.
    """
    head = beginning[:65_536].lstrip("\ufeff")
    if _HTML.match(head):
        return "html"
    return "jsonl" if is_object(beginning.lstrip("\ufeff")) else "text"


def is_object(text: str) -> bool:
    """Tell whether the first line that is not blank is, or begins like, a JSON object."""
    line = text.lstrip().split("\n", 1)[0]
    if not line.startswith("{"):
        return False
    if _OBJECT.match(line):
        return True
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
