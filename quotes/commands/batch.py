"""`quotes batch`: archive runs that go on where they were stopped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from quotes.commands.groups import Group, say
from quotes.commands.options import input_options, pipeline_options, setting_option
from quotes.errors import BatchMismatch, InputError, UsageError
from quotes.output.table import counted

if TYPE_CHECKING:
    from quotes.batch.engine import Engine
    from quotes.batch.folder import Folder
    from quotes.batch.job import Job
    from quotes.batch.run import State
    from quotes.batch.work import Task

MEGABYTE = 1_000_000
NOTHING = "Nothing to read. Name files or directories: quotes batch run INPUT... -o FOLDER."
OPTIONS = ("pipeline", "spacy_model", "model", "from", "text_key", "id_key", "url_for", "max_mb", "with_text", "gzip")
"""What records depend on."""
MOST = 10
"""Failed shards that are told one by one."""


@click.group("batch", cls=Group)
def command() -> None:
    """Read archives of any size: cut into shards, done by several workers, resumed after any fault.

    \b
    quotes batch run news/ dump.jsonl -o run/       and the same again after a fault
    quotes batch status run/
    quotes batch retry run/ --timeout 600           what failed, once more
    quotes batch merge run/ -o quotes.jsonl
    """


def _engine_options(function: Any) -> Any:
    for option in (
        click.option("--max-chars", type=click.IntRange(min=1), default=1_000_000, show_default=True,
                     help="Don't read longer articles (code points); they are flagged."),
        click.option("--timeout", type=click.FloatRange(min=0), default=120.0, show_default=True,
                     help="Seconds for one article, 0 for no limit; what takes longer is flagged."),
        click.option("--address", help="Of a Ray cluster (with --engine ray; default: start Ray on this machine)."),
        click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
                     help="Processes on this machine, or a Ray cluster (extra `ray`)."),
        click.option("--workers", type=click.IntRange(min=1), help="Workers (default: one a processor)."),
        setting_option("progress"),
        click.option("-q", "--quiet", is_flag=True, help="Tell failures only."),
    ):  # fmt: skip
        function = option(function)
    return function


@command.command("run")
@click.argument("paths", nargs=-1)
@click.option("-o", "--output", metavar="FOLDER", required=True, help="Where the results go, and are resumed from.")
@click.option("--shard-mb", type=click.FloatRange(min=0.001), default=64.0, show_default=True,
              help="Size of a shard: large JSON Lines, Parquet and WARC are cut, small files joined.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Do everything anew where the folder has earlier results.")
@click.option("--gzip/--no-gzip", default=False, help="Pack the files of records (default: no).")
@setting_option("with_text")
@input_options
@_engine_options
@pipeline_options
def run(**options: Any) -> int:
    """Read PATHS (files and directories) into FOLDER. Run it again to go on: what is done is not done twice.

    Without PATHS, those of the earlier run are meant. An article that is too long, takes too long or breaks the reader
    gets an empty record with a warning and a line in errors/. Exit status: 0 all done; 1 something failed.

    \b
    quotes batch run cc-news/ -o run/ --workers 8
    quotes batch run dump.jsonl --text-key body -o run/ --engine ray --address auto
    """
    from quotes.batch.folder import Folder

    folder = Folder(Path(options["output"]).absolute())
    if options["overwrite"] and not options["paths"]:
        raise UsageError(f"--overwrite removes the plan as well. {NOTHING}")
    folder.create()
    with folder.locked():
        job = _job(folder, options)
        if options["overwrite"]:
            folder.clear()
        missed = _plan(folder, job, options)
        return max(_go(folder, job, options, retry=False), missed)


def _job(folder: Folder, options: dict[str, Any]) -> Job:
    """Return the job that the options ask for; without inputs, the earlier one with what the command line changes."""
    from quotes.batch import job

    chosen, cwd = {name: options[name] for name in OPTIONS}, str(Path.cwd())
    earlier = folder.read_job() if not options["paths"] else None
    if earlier is not None:
        source = click.get_current_context().get_parameter_source
        given = {name: chosen[name] for name in OPTIONS if source(name) is ParameterSource.COMMANDLINE}
        chosen, cwd = chosen | earlier.options | given, earlier.cwd
    limits = job.Limits(options["timeout"], options["max_chars"])
    return job.Job(str(folder.root), cwd, chosen, job.versions(chosen), limits, job.LOADER)


def _plan(folder: Folder, job: Job, options: dict[str, Any]) -> int:
    """Write configuration and plan, and return 1 where an input could not be looked at."""
    from quotes.batch.plan import plan
    from quotes.batch.run import check_same, drop

    known = check_same(folder, job)
    paths = options["paths"]
    if not paths:
        if not known:
            raise UsageError(NOTHING)
        return 0
    earlier = folder.read_job()
    if earlier is not None and earlier.cwd != job.cwd and not all(map(os.path.isabs, paths)):
        raise BatchMismatch(f"This run was started in '{earlier.cwd}'. Go there, or leave the inputs out to go on.")
    failed: list[InputError] = []

    def fail(error: InputError, source: str) -> None:
        failed.append(error)
        say(str(error))

    most = int(options["shard_mb"] * MEGABYTE)
    shards, stale = plan(paths, options["from"], most, fail, folder.read_plan())
    drop(folder, stale, job)
    folder.write_plan(shards)
    folder.write_job(job)
    return int(bool(failed))


@command.command("retry")
@click.argument("folder")
@_engine_options
def retry(folder: str, **options: Any) -> int:
    """Do again what failed in FOLDER: shards without results, articles that were flagged, inputs that could not be
    read. What went well is taken over.

    \b
    quotes batch retry run/ --timeout 600 --max-chars 5000000
    """
    from dataclasses import replace

    from quotes.batch.folder import existing
    from quotes.batch.job import Limits, versions
    from quotes.batch.run import check_same

    there, job, _ = existing(str(Path(folder).absolute()))
    with there.locked():
        check_same(there, replace(job, versions=versions(job.options)))
        limits = Limits(options["timeout"], options["max_chars"])
        return _go(there, replace(job, limits=limits), options, retry=True)


def _go(folder: Folder, job: Job, options: dict[str, Any], *, retry: bool) -> int:
    from quotes.batch.run import go, look, tasks
    from quotes.commands.bar import Bar

    state = look(folder, job, folder.read_plan())
    todo = tasks(state, retry=retry)
    if todo:
        engine = _engine(options, todo)
        with Bar(state, todo, shown=options["progress"] and not options["quiet"]) as bar:
            go(state, job, todo, engine, heard=bar.heard)
    return _tell(state, folder, quiet=options["quiet"])


def _engine(options: dict[str, Any], todo: list[Task]) -> Engine:
    if options["engine"] == "ray":
        from quotes.batch.on_ray import Ray

        return Ray(options["address"], options["workers"])
    if options["address"]:
        raise UsageError("--address is for a Ray cluster. Add --engine ray.")
    from quotes.batch.pool import Pool

    return Pool(options["workers"] or _processors())


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell(state: State, folder: Folder, *, quiet: bool) -> int:
    """Tell what failed, then the counts, and return the exit status."""
    for result in list(state.broken.values())[:MOST]:
        say(f"[{result.code}] {result.shard.name} ({result.shard.parts[0].path}): {result.error}")
    if len(state.broken) > MOST:
        say(f"and {counted(len(state.broken) - MOST, 'shard')} more")
    faulty = state.total("failed") + state.total("errors")
    if faulty:
        say(f"{counted(faulty, 'failure')}, listed in {folder.root / 'errors'}; `quotes batch retry` tries again")
    if not quiet:
        click.echo(summary(state), err=True)
    return 0 if state.whole else 1


def summary(state: State) -> str:
    """Return e.g. `2 of 3 shards, 400 articles, 812 quotes, 20 unresolved, 1 failed`."""
    parts = [f"{len(state.done):,} of {counted(len(state.shards), 'shard')}"]
    parts += [counted(state.total("documents"), "article"), counted(state.total("quotes"), "quote")]
    failed = state.total("failed") + state.total("errors")
    return ", ".join([*parts, f"{state.total('unresolved'):,} unresolved", f"{failed:,} failed"])


@command.command("status")
@click.argument("folder")
def status(folder: str) -> int:
    """Show what is done in FOLDER, how fast, and what failed. Exit 1 where something is missing or failed.

    \b
    quotes batch status run/
    """
    from quotes.batch.folder import existing
    from quotes.batch.run import look

    there, job, shards = existing(folder)
    state = look(there, job, shards)
    click.echo(summary(state))
    seconds = state.total("seconds")
    if seconds:
        click.echo(f"{state.total('documents') / seconds:.1f} articles a second and worker, {seconds / 3600:.2f} hours")
    for shard in state.missing:
        click.echo(f"missing  {shard.name}  {shard.parts[0].path}")
    for shard in state.faulty:
        done = state.done[shard.number]
        failures = counted(done.failed + done.errors, "failure")
        click.echo(f"failures {shard.name}  {shard.parts[0].path}: {failures}, see {there.errors(shard)}")
    click.echo(
        f"configuration {job.hash[:12]}: "
        + ", ".join(f"{k} {v}" for k, v in job.versions.items() if v and k != "reader")
    )
    return 0 if state.whole else 1


@command.command("merge")
@click.argument("folder")
@setting_option("format")
@click.option("-o", "--output", metavar="PATH", help="Write to this file, whole or not at all.")
@click.option("--partial", is_flag=True, help="Merge what there is, though shards are missing.")
def merge(folder: str, **options: Any) -> int:
    """Put the records of FOLDER together, in the order of the inputs, in any format of `quotes extract`.

    \b
    quotes batch merge run/ -o quotes.jsonl
    quotes batch merge run/ --format csv > quotes.csv
    """
    from quotes.batch.folder import existing
    from quotes.batch.merge import records
    from quotes.batch.run import look
    from quotes.exporters import exporting, format_for

    there, job, shards = existing(folder)
    state = look(there, job, shards)
    if state.missing and not options["partial"]:
        missing = counted(len(state.missing), "shard")
        raise UsageError(f"{missing} of '{folder}' are not done. Finish it with `quotes batch run`, or add --partial.")
    to = options["format"] or format_for(options["output"])
    lacking = 0
    with exporting(to, options["output"]) as write:
        for record in records(there, job, state):
            try:
                write(record)
            except InputError as error:
                lacking += 1
                if lacking <= MOST:
                    say(str(error))
    return 0 if state.whole and not lacking else 1
