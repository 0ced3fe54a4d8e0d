"""The output formats: their names, what each loses, and the module that writes it, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from quotes.errors import ExtraMissing
from quotes.output import Close, Write

Shape = Literal["stream", "file", "folder"]
Make = Callable[..., tuple[Write, Close]]


@dataclass(frozen=True, slots=True)
class Exporter:
    """An output format. `home` is `module:function`; the function takes a target and returns (write, close).

    The target is a text stream, the path of a new file or a folder, as `shape` says; makers for streams take `color`
    and `bom` too. `loses` says what of a record does not come through, "" where all of it does. `needs_text` is true
    where records must carry the text. `extra` brings `packages`.
    """

    name: str
    summary: str
    home: str
    shape: Shape = "stream"
    endings: tuple[str, ...] = ()
    loses: str = ""
    needs_text: bool = False
    extra: str | None = None
    packages: tuple[str, ...] = ()

    def load(self) -> Make:
        """Return the maker of writers. Raises `ExtraMissing`, which names the extra."""
        for package in self.packages:
            try:
                import_module(package)
            except ImportError as error:
                raise ExtraMissing(
                    f"The format {self.name} needs the package '{package.partition('.')[0]}'. "
                    f"Install it with `pip install 'quotedesk[{self.extra}]'`."
                ) from error
        module, _, function = self.home.partition(":")
        maker: Any = getattr(import_module(module), function)
        made: Make = maker
        return made


_ROOM = "quotes.exporters"
_FLAT = "nested fields: one row a quotation, parts joined; candidates, evidence, mentions, asides, warnings"
_ALL = (
    Exporter(
        "jsonl",
        "one document record a line",
        f"{_ROOM}.json_records:jsonl_writer",
        endings=(".jsonl", ".ndjson"),
    ),
    Exporter("json", "an array of document records", f"{_ROOM}.json_records:json_writer", endings=(".json",)),
    Exporter("csv", "a row a quotation", f"{_ROOM}.csv_rows:csv_writer", endings=(".csv",), loses=_FLAT),
    Exporter("table", "a table for the terminal", "quotes.output.table:table_writer", loses="all but the quotation"),
    Exporter(
        "text",
        "the text with its quotations marked",
        "quotes.output.marked:marked_writer",
        endings=(".txt",),
        loses="all but the quotation, its speaker and its confidence",
        needs_text=True,
    ),
)
EXPORTERS: Mapping[str, Exporter] = {e.name: e for e in _ALL}


def for_ending(path: str) -> str | None:
    """Return the format that a file's extension stands for, or None."""
    ending = Path(path).suffix.lower()
    return next((e.name for e in _ALL if ending in e.endings), None)
