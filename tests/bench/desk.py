"""How fast the desk is with 10,000 quotations in the database: `python tests/bench/desk.py [--folder DIR]`.

Starts the server as a process, and measures over HTTP on the loopback: the round trip of a decision, the opening of an
article of 5,000 words with 150 quotations, and the list of articles. Prints milliseconds (median, 95th percentile,
worst), the processor time that the server used for each, and how busy the machine was.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

import httpx2 as httpx  # noqa: E402
from desk_cases import article, desk_on, record  # noqa: E402

from quotes.schema import DocumentRecord  # noqa: E402

QUOTES, LONG, WORDS = 10_000, 150, 5_000
DECISIONS, OPENINGS = 200, 40
LIMITS = {"decision": 50.0, "open": 300.0}
FILLER = "The council went on with the long list of other business that nobody had come to hear. "


def long_article(number: int) -> str:
    """Return a text of about 5,000 words with 150 quotations."""
    lines = article(LONG, lead=f"Article {number}.").split("\n\n")
    words = sum(len(line.split()) for line in lines)
    each = (WORDS - words) // len(FILLER.split()) // LONG + 1
    return "\n\n".join(f"{line}\n\n{FILLER * each}".strip() for line in lines)


def records() -> list[DocumentRecord]:
    """Return records with 10,000 quotations: articles of 150, each of 5,000 words."""
    return [record(long_article(n), id=f"{n}.txt") for n in range(QUOTES // LONG + 1)]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so large a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def cpu(pid: int) -> float:
    """Return the processor time of a process in seconds; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(name: str, number: int, act: Callable[[int], None], pid: int) -> float:
    """Time an act so many times, print the figures, and return the 95th percentile in milliseconds."""
    times, used = [], cpu(pid)
    for n in range(number):
        begin = time.perf_counter()
        act(n)
        times.append((time.perf_counter() - begin) * 1000)
    p95 = percentile(times, 0.95)
    spent = (cpu(pid) - used) * 1000 / number
    limit = f" (limit {LIMITS[name]:.0f})" if name in LIMITS else ""
    middle, worst = percentile(times, 0.5), max(times)
    print(f"{name:<10} median {middle:6.1f}  p95 {p95:6.1f}{limit}  worst {worst:6.1f} ms, server CPU {spent:5.1f} ms")  # noqa: T201
    return p95


def serve(path: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the desk on a database and return the process and its address."""
    code = "from quotes.cli import main; main()"
    command = [sys.executable, "-c", code, "review", "--db", str(path), "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    line = process.stdout.readline() if process.stdout else ""
    return process, next(word for word in line.split() if word.startswith("http"))


def run(folder: Path) -> dict[str, float]:
    """Fill a database, measure, and return the 95th percentiles in milliseconds."""
    path = folder / "bench.db"
    store = desk_on(path, *records()).store
    store.close()
    process, url = serve(path)
    headers = {"X-Quotes-Desk": "1", "X-Reviewer": "Bench"}
    try:
        with httpx.Client(base_url=url, headers=headers, timeout=120, trust_env=False) as client:
            return measured(client, process.pid)
    finally:
        process.terminate()
        process.wait()


def measured(client: httpx.Client, pid: int) -> dict[str, float]:
    """Measure all that the desk promises."""
    listing = client.get("/api/documents").json()
    docs = [row["id"] for row in listing["documents"]]
    words, total = listing["documents"][0]["words"], listing["progress"]["total"]
    print(f"{total:,} quotations, {len(docs)} articles of {words:,} words; load {os.getloadavg()[0]:.1f}")  # noqa: T201
    work = [
        (doc, quote)
        for doc in docs[: DECISIONS // LONG + 1]
        for quote in client.get(f"/api/documents/{doc}").json()["quotes"]
    ]

    quote = work[0][1]  # one step of a span first: the tokenizer is loaded in the background when the desk starts
    step = {"doc": docs[0], "field": "content", "edge": "end", "by": 1, "part": 0, "spans": quote["content"]}
    client.post("/api/spans/step", json=step).raise_for_status()

    def decide(n: int) -> None:
        doc, quote = work[n]
        body = {"doc": doc, "quote": quote["id"], "action": "accept", "base_revision": quote["revision"], "after": {}}
        client.post("/api/decisions", json=body).raise_for_status()

    def opened(n: int) -> None:
        client.get(f"/api/documents/{docs[n % len(docs)]}").raise_for_status()

    return {
        "decision": measure("decision", DECISIONS, decide, pid),
        "open": measure("open", OPENINGS, opened, pid),
        "list": measure("list", 10, lambda n: client.get("/api/documents").raise_for_status() and None, pid),
    }


def main() -> int:
    """Measure and return 1 where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="where the database is made (default: a temporary folder)")
    given = parser.parse_args().folder
    with tempfile.TemporaryDirectory(dir=given) as folder:
        found = run(Path(folder))
    return int(any(found[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
