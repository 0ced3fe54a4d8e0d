"""`quotes review`: the desk, where people confirm and correct what was found."""

from __future__ import annotations

import getpass
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.commands.groups import say
from quotes.commands.options import input_options, load_pipeline, pipeline_options, standard_input
from quotes.commands.stored import holds_records, read_records
from quotes.errors import DataMissing, InputError, UsageError
from quotes.output.table import counted

if TYPE_CHECKING:
    from quotes.inputs import Document
    from quotes.review.database import Store
    from quotes.schema import DocumentRecord

DATABASE = "quotes-review.db"


@click.command("review")
@click.argument("paths", nargs=-1)
@click.option("--db", default=DATABASE, show_default=True, help="The database of decisions; made where it is missing.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port (default: 8765, else a free one).")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind; others need a token.")
@click.option("--token", help="Let in only who has this token (made up where --host is not this machine alone).")
@click.option("--reviewer", help="Your name in the log (default: the name you are logged in with).")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--again", is_flag=True, help="Extract texts again that are in the database. No decision is lost.")
@input_options
@pipeline_options
def command(paths: tuple[str, ...], **options: Any) -> None:
    """Open a desk in the browser to review what was found in PATHS: articles, or records from `quotes extract`.

    \b
    quotes review article.txt
    quotes review news/ --db newsroom.db --reviewer Ann
    quotes review quotes.jsonl --no-browser --port 8001
    quotes review --db newsroom.db

    Everything stays on this machine, in one SQLite file. A decision is on the disk before the page says saved.
    """
    from quotes.review.database import open_store
    from quotes.review.desk import Desk
    from quotes.review.steps import warm
    from quotes.web.server import is_loopback, serve

    db = options["db"]
    if not paths and not Path(db).is_file():
        raise UsageError(f"Nothing to review: give articles or records, or an existing database (no '{db}' here).")
    reviewer = _reviewer(options["reviewer"])
    store = open_store(db)
    try:
        _take_in(store, paths, options)
        open_browser = not options["no_browser"] and is_loopback(options["host"])

        def started(url: str) -> None:
            threading.Thread(target=warm, daemon=True).start()
            click.echo(f"The desk is open at {url} (database {db}). Ctrl-C ends it.")
            if open_browser:
                threading.Timer(0.3, webbrowser.open, [url]).start()

        given = {name: options[name] for name in ("host", "port", "token")}
        serve(Desk(store), reviewer=reviewer, started=started, **given)
    finally:
        store.close()


def _reviewer(given: str | None) -> str:
    from quotes.review import spans
    from quotes.review.errors import DeskError

    try:
        return spans.name(given or _login())
    except DeskError as error:
        raise UsageError(f"--reviewer: {error.message}") from error


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"


def _take_in(store: Store, paths: tuple[str, ...], options: dict[str, Any]) -> None:
    """Put all inputs into the store; say which could not be. Raises `DataMissing` where the store stays empty."""
    from quotes.review.ingest import take_in

    failed = 0

    def on_error(error: InputError, source: str) -> None:
        nonlocal failed
        failed += 1
        say(str(error))

    for path in paths:
        take_in(store, _records(store, path, options, on_error), on_error)
    with store.reading() as connection:
        there = connection.execute("SELECT count(*) FROM document").fetchone()[0]
    if not there:
        raise DataMissing("There is nothing to review: no input could be used." if failed else "No article was given.")


def _records(store: Store, path: str, options: dict[str, Any], on_error: Any) -> Iterator[DocumentRecord]:
    if path != "-" and holds_records(path):
        yield from (with_text(record) for record in read_records(path))
        return
    from quotes.inputs import read_inputs
    from quotes.review.ingest import known

    keys = {"text_key": options["text_key"], "id_key": options["id_key"]}
    found = read_inputs([path], format=options["from"], stdin=standard_input(), on_error=on_error, **keys)
    new: list[Document] = [d for d in found if options["again"] or not known(store, d.id, d.text)]
    if new:
        from quotes.pipeline import extract

        say(f"reading {counted(len(new), 'article')}")
        yield from extract(new, nlp=load_pipeline(options), with_text=True, batch_size=8)


def with_text(record: DocumentRecord) -> DocumentRecord:
    """Return a record with its text, read again from the file that it is named after where it was left out."""
    if record.text is not None or not Path(record.id).is_file():
        return record
    from quotes.ids import text_hash
    from quotes.inputs import read_inputs

    try:
        texts = [document.text for document in read_inputs([record.id])]
    except InputError:
        return record
    found = next((text for text in texts if text_hash(text) == record.text_sha256), None)
    return record if found is None else record.model_copy(update={"text": found})
