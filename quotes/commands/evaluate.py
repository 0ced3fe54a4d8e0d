"""`quotes evaluate`: the scores of the pipeline, or of predictions, on gold data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from quotes.commands import identity
from quotes.commands.options import context_option, load_pipeline, pipeline_options
from quotes.errors import BadGold, DataMissing, UsageError

TYPES = ("direct", "mixed", "indirect")
COMMANDLINE = ParameterSource.COMMANDLINE


@click.command("evaluate")
@click.argument("gold", type=click.Path(), required=False)
@click.option("--db", metavar="DB", help="In place of GOLD: what was decided in this database of `quotes review`.")
@click.option("--again", is_flag=True, help="With --db: run the pipeline, in place of scoring what was reviewed.")
@click.option(
    "--pred", type=click.Path(), help="Score these predictions (JSON Lines) in place of running the pipeline."
)
@click.option("--types", default=",".join(TYPES), show_default=True, help="Comma list of types; others are left out.")
@click.option(
    "--where", multiple=True, metavar="FIELD=V1,V2", help="Only gold quotes whose FIELD is one of the values."
)
@click.option("--match-by-id", is_flag=True, help="Pair quotes by id.")
@click.option("--allow-missing", is_flag=True, help="With --pred: leave out gold documents without a prediction.")
@click.option("--given", type=click.Choice(["quotes", "sources"]), help="Hand over gold quotes (and sources).")
@click.option("--bootstrap", type=click.IntRange(min=0), default=0, help="Resamples for 95 % intervals of F1.")
@click.option("--per-doc", is_flag=True, help="One more line for each document.")
@click.option(
    "--what",
    type=click.Choice(["quotes", "clusters", "gap"]),
    help="What GOLD is about; else its fields tell: quotes, mentions with clusters, pronouns and two names (GAP).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@context_option
@pipeline_options
@click.pass_context
def command(
    context: click.Context, /, gold: str | None, db: str | None, pred: str | None, as_json: bool, **options: Any
) -> None:
    """Run the pipeline over the texts of GOLD (JSON Lines, .gz too) and print the scores.

    With --db the gold data are the decisions of your own reviewers, in all articles that have no undecided quotation;
    quotations that they were unsure of or differ on count neither way. People accept what is nearly right, so these
    scores are kinder than those on data that was annotated from nothing.

    \b
    quotes evaluate dev.jsonl.gz
    quotes evaluate dev.jsonl.gz --types direct --bootstrap 1000
    quotes evaluate dev_resolved.jsonl.gz --given sources
    quotes evaluate --db newsroom.db
    quotes evaluate clusters.jsonl.gz
    """
    from quotes.evaluate_coref import what_is_in
    from quotes.scoring import format_report

    if (gold is None) == (db is None):
        raise UsageError("Give a gold file, or the database of decisions with --db.")
    for path in (gold, pred):
        if path is not None and not Path(path).is_file():
            raise DataMissing(f"There is no file '{path}'. Give the path of a gold or prediction file.")
    if db is not None and options["what"] not in (None, "quotes"):
        raise UsageError("--db holds decisions on quotations. Leave out --what.")
    what = options["what"] or (what_is_in(gold) if gold else "quotes")
    if gold is not None and what != "quotes":
        click.echo(identity.scores(gold, what, _set_by_hand(context), options, as_json=as_json))
        return
    if pred is not None and options["given"]:
        raise UsageError("--given needs the pipeline to run. Leave out --pred, or pair its quotes with --match-by-id.")
    types = tuple(t for t in options["types"].replace(",", " ").split() if t)
    where = _where(options["where"])
    if gold is None:
        summary = _decided(str(db), pred, types, options)
    else:
        summary = _predicted(gold, pred, types, where, options) if pred else _run(gold, types, where, options)
    click.echo(json.dumps(summary, indent=1) if as_json else format_report(summary))


def _set_by_hand(context: click.Context) -> dict[str, str]:
    """Return the options that were given on the command line, by parameter, as they are written."""
    typed = (p for p in context.command.params if context.get_parameter_source(p.name or "") is COMMANDLINE)
    return {p.name or "": p.opts[0] for p in typed}


def _where(rows: tuple[str, ...]) -> dict[str, set[str]] | None:
    for row in rows:
        if "=" not in row:
            raise UsageError(f"--where takes FIELD=VALUE, not '{row}'.")
    pairs = (row.split("=", 1) for row in rows)
    return {field: set(values.split(",")) for field, values in pairs} or None


def _run(gold: str, types: tuple[str, ...], where: Any, options: dict[str, Any]) -> dict[str, Any]:
    from quotes.evaluate import evaluate

    nlp = load_pipeline(options)
    return evaluate(
        gold,
        nlp,
        types=types,
        where=where,
        by_id=options["match_by_id"],
        given=options["given"],
        bootstrap=options["bootstrap"],
        per_doc=options["per_doc"],
    ).summary


def _decided(db: str, pred: str | None, types: tuple[str, ...], options: dict[str, Any]) -> dict[str, Any]:
    """Score what was reviewed (or the pipeline, run again) against the decisions in a database."""
    import warnings

    from quotes import scoring
    from quotes.errors import QuotesWarning
    from quotes.output.table import counted
    from quotes.review.database import open_to_read
    from quotes.review.gold import WHERE, gold

    if pred is not None or options["given"] or options["where"] or options["match_by_id"]:
        raise UsageError("--db goes with --types, --again, --bootstrap, --per-doc and --json alone.")
    store = open_to_read(db)
    try:
        with store.reading() as connection:
            found = gold(connection)
    finally:
        store.close()
    if not found.documents:
        raise DataMissing(f"No article in '{db}' is reviewed to the end. Decide on all of its quotations first.")
    if found.unfinished:
        left_out = counted(found.unfinished, "article")
        warnings.warn(f"{left_out} with undecided quotations left out", QuotesWarning, stacklevel=2)
    predictions = _extracted(found.documents, options) if options["again"] else found.predictions
    summary, counts = scoring.score(found.documents, predictions, types=types, where=WHERE)
    if options["bootstrap"]:
        summary["f1_ci95"] = scoring.bootstrap(counts, types, n=options["bootstrap"])
    if options["per_doc"]:
        summary["per_doc"] = scoring.per_document(counts, types)
    return summary


def _extracted(documents: list[dict[str, Any]], options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from quotes.corpora import to_prediction
    from quotes.inputs import Document
    from quotes.pipeline import extract

    texts = [Document(id=d["id"], text=d["text"]) for d in documents]
    yield from map(to_prediction, extract(texts, nlp=load_pipeline(options)))


def _predicted(gold: str, pred: str, types: tuple[str, ...], where: Any, options: dict[str, Any]) -> dict[str, Any]:
    from quotes import scoring
    from quotes.corpora import read_gold

    documents = [d.as_dict() for d in read_gold(gold)]
    summary, counts = scoring.score(
        documents,
        _read_predictions(pred),
        types=types,
        by_id=options["match_by_id"],
        allow_missing=options["allow_missing"],
        where=where,
    )
    if options["bootstrap"]:
        summary["f1_ci95"] = scoring.bootstrap(counts, types, n=options["bootstrap"])
    if options["per_doc"]:
        summary["per_doc"] = scoring.per_document(counts, types)
    return summary


def _read_predictions(path: str) -> Iterator[dict[str, Any]]:
    from quotes.corpora import gold_lines, parse_line

    for line, where in gold_lines(path):
        yield _prediction(parse_line(line, where), where)


def _prediction(value: dict[str, Any], where: str) -> dict[str, Any]:
    quotes = value.get("quotes") if isinstance(value, dict) else None
    if not isinstance(quotes, list) or "id" not in value or not all(isinstance(q, dict) and "id" in q for q in quotes):
        raise BadGold(
            f"{where}: not a prediction. Each line must be an object with `id` and `quotes`, as extract writes."
        )
    return value
