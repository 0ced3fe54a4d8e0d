"""The keys of the desk as they come; a reviewer can change them in the page."""

from __future__ import annotations

KEYS = {
    "accept": "a",
    "correct": "c",
    "reject": "x",
    "unsure": "u",
    "undo": "z",
    "redo": "Shift+Z",
    "candidate": "1-5",
    "search": "/",
    "next": "j",
    "previous": "k",
    "note": "n",
    "add": "+",
    "left_edge_out": "[",
    "left_edge_in": "]",
    "right_edge_out": "Shift+ArrowRight",
    "right_edge_in": "Shift+ArrowLeft",
    "bulk": "b",
    "merge": "m",
    "split": "s",
    "export": "e",
    "help": "?",
}
