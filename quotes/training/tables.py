"""Data files of small learned parts: JSON with one table a line, so that a change shows as a readable diff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def to_text(data: Mapping[str, Any]) -> str:
    """Return the data file: one table a line."""
    return "{\n" + ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in data.items()) + "\n}\n"
