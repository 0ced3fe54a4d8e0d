"""Measure archive runs: `python tests/bench/archive.py [--articles 20000] [--alone 3000] [--pipeline rules]`.

Makes varied articles from the example corpus, reads the first of them with one worker and then all with two, watches
the workers' memory, and prints what 160 million articles would take. On a machine that is busy with something else
only the ratio means anything.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

GOLD = ROOT / "tests/corpus/gold.jsonl"
ALL_NEWS = 160_000_000
SYLLABLES = (
    "bar",
    "den",
    "fal",
    "gor",
    "han",
    "kel",
    "lin",
    "mor",
    "nes",
    "pol",
    "ras",
    "sten",
    "tor",
    "vin",
    "wex",
    "zil",
)
OUTLETS = ("The Courier", "Harbour Post", "The Dispatch", "Valley Times", "Northern Echo Weekly")


def vary(base: list[dict[str, Any]], count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield articles: paragraphs of one of the base articles and some of another, with other last names in each."""
    chance = random.Random(seed)
    for number in range(count):
        first, second = chance.sample(base, 2)
        paragraphs = [p for p in first["text"].split("\n\n") if chance.random() < 0.9]
        paragraphs += [p for p in second["text"].split("\n\n") if chance.random() < 0.35]
        text = "\n\n".join(paragraphs) or first["text"]
        for name in sorted(last_names(first) | last_names(second)):
            other = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()
            text = re.sub(rf"\b{re.escape(name)}\b", other, text)
        date = f"{chance.randint(2016, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        title = text.partition("\n")[0][:120]
        yield {"id": f"a{number}", "text": text, "title": title, "date": date, "site": chance.choice(OUTLETS)}


def last_names(article: dict[str, Any]) -> set[str]:
    """Return the last words of the speakers' names in an annotated article."""
    names = [str(q["speaker"]).split()[-1] for q in article["quotes"] if q.get("speaker")]
    return {n for n in names if n[:1].isupper() and n.isalpha()}


@dataclass(slots=True)
class Watch:
    """The largest memory (megabytes, resident) of any worker, by thousandth article done."""

    done: int = 0
    memory: dict[int, float] = field(default_factory=dict)
    over: bool = False

    def run(self, every: float = 0.5) -> None:
        """Look at the workers until `over`."""
        while not self.over:
            sizes = [resident(pid) for pid in workers()]
            if sizes and self.done:
                part = self.done // 1000
                self.memory[part] = max(self.memory.get(part, 0.0), *sizes)
            time.sleep(every)


def workers() -> list[int]:
    """Return the worker processes of this one."""
    import multiprocessing

    return [p.pid for p in multiprocessing.active_children() if p.pid]


def resident(pid: int) -> float:
    """Return the resident memory of a process in megabytes, 0 where it has gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6
    except (OSError, IndexError):
        return 0.0


@dataclass(slots=True)
class Measured:
    """A run: articles, seconds without start and end, megabytes of memory, bytes written."""

    workers: int
    articles: int
    rate: float
    memory: dict[int, float]
    written: int
    busy: float


def measure(inputs: Path, folder: Path, count: int, pipeline: str | None) -> Measured:
    """Read a file of articles with some workers."""
    from quotes.batch.folder import Folder
    from quotes.batch.job import Job, versions
    from quotes.batch.plan import plan
    from quotes.batch.pool import Pool
    from quotes.batch.run import go, look, tasks

    shutil.rmtree(folder, ignore_errors=True)
    there = Folder(folder)
    there.create()
    options = {"pipeline": pipeline, "from": "auto", "text_key": "text", "id_key": "id", "max_mb": 64}
    job = Job(str(folder), str(Path.cwd()), options, versions(options))
    most = max(20_000, inputs.stat().st_size // 40)
    shards, _ = plan([str(inputs)], "auto", most, lambda error, source: None)
    state = look(there, job, shards)
    times: list[float] = []
    seen: dict[int, int] = {}
    watch = Watch()

    def heard(shard: Any, documents: int) -> None:
        seen[shard.number] = documents
        watch.done = sum(seen.values())
        times.append(time.monotonic())

    thread = threading.Thread(target=watch.run)
    thread.start()
    go(state, job, tasks(state, retry=False), Pool(count), heard=heard)
    watch.over = True
    thread.join()
    a, b = len(times) // 10, len(times) * 9 // 10
    rate = (b - a) / max(1e-9, times[b] - times[a])
    return Measured(count, state.total("documents"), rate, watch.memory, state.total("size"), state.total("seconds"))


def estimate(found: Measured, read: int, articles: int = ALL_NEWS) -> list[str]:
    """Return what many articles take, in words; `read` is the number of bytes that went in."""
    each = found.articles or 1
    hours = articles / found.rate * found.workers / 3600
    memory = max(found.memory.values(), default=0.0)
    return [
        f"core-hours: {hours:,.0f} (of {found.rate / found.workers:.1f} articles a second and core)",
        f"wall time on 1,000 cores: {hours / 1000:,.1f} hours",
        f"to read: {read / each * articles / 1e12:,.2f} TB of JSON Lines",
        f"to write: {found.written / each * articles / 1e12:,.2f} TB of records, about a sixth of it with --gzip",
        f"memory: {memory:,.0f} MB a worker, whatever the number of articles",
        f"shards of 64 MB: {read / each * articles / 64e6:,.0f}",
    ]


def after(parts: Path) -> list[str]:
    """Measure what comes after the run, in one process: reading all records for a report."""
    from quotes.report.tables import tables
    from quotes.report.tally import Tally
    from quotes.schema import DocumentRecord

    tally, started = Tally(), time.monotonic()
    for part in sorted(parts.iterdir()):
        with part.open(encoding="utf-8") as lines:
            for line in lines:
                tally.add(DocumentRecord.model_validate_json(line))
    tables(tally)
    rate = tally.total.documents / (time.monotonic() - started)
    hours = ALL_NEWS / rate / 3600
    return [
        f"the next bottleneck, a report in one process: {rate:,.0f} articles a second, {hours:,.0f} hours",
        f"its memory grows with names: {len(tally.directory.entries):,} in {tally.total.documents:,} articles",
    ]


def write(file: Path, articles: Iterable[dict[str, str]]) -> int:
    """Write articles as JSON Lines and return the bytes written."""
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    return file.stat().st_size


def records(run: Path) -> Iterator[bytes]:
    """Yield the lines of a run's parts in their order."""
    for part in sorted((run / "parts").iterdir()):
        with part.open("rb") as lines:
            yield from lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="how many two workers read")
    parser.add_argument("--alone", type=int, default=3_000, help="how many of them one worker reads before")
    parser.add_argument("--pipeline", choices=["rules", "full"])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        base = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
        runs: dict[int, Measured] = {}
        for workers_now, articles in ((1, min(given.alone, given.articles)), (2, given.articles)):
            inputs = folder / f"articles{workers_now}.jsonl"
            size = write(inputs, vary(base, articles))
            runs[workers_now] = found = measure(inputs, folder / f"run{workers_now}", workers_now, given.pipeline)
            memory = {k: round(v) for k, v in sorted(found.memory.items())}
            print(  # noqa: T201 - a script
                f"{workers_now} worker(s), {articles:,} articles, {size / 1e6:,.1f} MB: "
                f"{found.rate:.2f} articles/s; MB by thousand: {memory}",
                flush=True,
            )
        same = all(a == b for a, b in zip(records(folder / "run1"), records(folder / "run2"), strict=False))
        print(f"records that both read are {'the same' if same else 'DIFFERENT'}")  # noqa: T201
        print(f"two workers against one: {runs[2].rate / runs[1].rate:.2f}")  # noqa: T201
        print(f"\n{ALL_NEWS:,} articles like these:")  # noqa: T201
        print("\n".join(f"* {line}" for line in [*estimate(runs[2], size), *after(folder / "run2/parts")]))  # noqa: T201


if __name__ == "__main__":
    main()
