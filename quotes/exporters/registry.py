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
    and `bom` too, the others an `ExitStack` for what must be closed in any case. `loses` says what of a record does not
    come through, "" where all of it does. `needs_text` is true where records must carry the text. `extra` brings
    `packages`.
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
_MORE = "candidates, evidence, mentions, asides, warnings"
_ALL = (
    Exporter("jsonl", "a document record a line", f"{_ROOM}.json_records:jsonl_writer", endings=(".jsonl", ".ndjson")),
    Exporter("json", "an array of document records", f"{_ROOM}.json_records:json_writer", endings=(".json",)),
    Exporter(
        "csv",
        "a row a quotation, for spreadsheets",
        f"{_ROOM}.csv_rows:csv_writer",
        endings=(".csv",),
        loses=f"the offsets of parts, which are joined; documents without quotations; {_MORE}",
    ),
    Exporter(
        "parquet",
        "a row a quotation, for DuckDB, pandas, Spark",
        f"{_ROOM}.parquet:parquet_writer",
        "file",
        (".parquet", ".pq"),
        loses="mentions, asides, warnings, the text, documents without quotations",
        extra="parquet",
        packages=("pyarrow.parquet",),
    ),
    Exporter(
        "sqlite", "a database, for Datasette", f"{_ROOM}.sqlite:sqlite_writer", "file", (".sqlite", ".sqlite3", ".db")
    ),
    Exporter(
        "webannotation",
        "W3C Web Annotation, JSON-LD",
        f"{_ROOM}.webannotation:webannotation_writer",
        loses="mentions, asides, warnings, the text",
    ),
    Exporter(
        "schemaorg",
        "schema.org Quotation, and ClaimReview stubs to fill in, JSON-LD",
        f"{_ROOM}.schemaorg:schemaorg_writer",
        endings=(".jsonld",),
        loses=f"offsets, confidence, cues, quotation marks, {_MORE}",
    ),
    Exporter(
        "brat",
        "standoff files with their configuration",
        f"{_ROOM}.brat:brat_writer",
        "folder",
        loses=f"line breaks inside a span, which is cut there; {_MORE}",
        needs_text=True,
    ),
    Exporter("tei", "TEI P5, a file a document", f"{_ROOM}.tei:tei_writer", "folder", loses=_MORE, needs_text=True),
    Exporter(
        "cas",
        "UIMA CAS XMI for INCEpTION, with its type system",
        f"{_ROOM}.cas:cas_writer",
        "folder",
        loses=_MORE,
        needs_text=True,
        extra="cas",
        packages=("cassis",),
    ),
    Exporter(
        "labelstudio",
        "Label Studio tasks with predictions, and the labelling configuration",
        f"{_ROOM}.labelstudio:labelstudio_writer",
        "folder",
        loses=_MORE,
        needs_text=True,
    ),
    Exporter(
        "citron",
        "Citron's JSON, a file a document",
        f"{_ROOM}.citron:citron_writer",
        "folder",
        loses=f"quotations without a cue and all cues but the first, types, names of speakers; {_MORE}",
        needs_text=True,
    ),
    Exporter("docbin", "spaCy DocBin", f"{_ROOM}.docbin:docbin_writer", "file", (".spacy",), needs_text=True),
    Exporter(
        "table", "a table for the terminal", "quotes.output.table:table_writer", loses="all but a line a quotation"
    ),
    Exporter(
        "text",
        "the text with its quotations marked",
        "quotes.output.marked:marked_writer",
        endings=(".txt",),
        loses=f"offsets, flags, {_MORE}",
        needs_text=True,
    ),
)
EXPORTERS: Mapping[str, Exporter] = {e.name: e for e in _ALL}


def for_ending(path: str) -> str | None:
    """Return the format that a file's extension stands for, or None."""
    ending = Path(path).suffix.lower()
    return next((e.name for e in _ALL if ending in e.endings), None)
