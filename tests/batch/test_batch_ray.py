"""The engine on Ray: without Ray, and (slow) on one node and on two of which one is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_cases import HERE, WAIT, Batch, lines

TEXTS = [f"Word{n} and more" for n in range(300)]


def parts(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.glob("parts/*"))}


def test_without_ray_the_extra_is_named(tmp_path: Path, inline: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    lines(tmp_path / "in.jsonl", TEXTS[:3])
    monkeypatch.setitem(sys.modules, "ray", None)
    done = inline("run", "in.jsonl", "-o", "run", "--engine", "ray")
    assert done.returncode == 3
    assert "pip install 'quotedesk[ray]'" in done.stderr


@pytest.fixture
def plain(tmp_path: Path, inline: Batch) -> dict[str, bytes]:
    """What an undisturbed run without Ray writes."""
    lines(tmp_path / "in.jsonl", [*TEXTS[:50], "RAISE it", *TEXTS[50:]])
    assert inline("run", "in.jsonl", "-o", "calm", "--shard-mb", "0.001").returncode == 1
    return parts(tmp_path / "calm")


@pytest.mark.slow
def test_one_node(tmp_path: Path, plain: dict[str, bytes], batch: Batch) -> None:
    pytest.importorskip("ray", reason="install the extra ray")
    done = batch("run", "in.jsonl", "-o", "ray", "--shard-mb", "0.001", "--engine", "ray", "--workers", "2")
    assert done.returncode == 1
    assert "301 articles, 300 quotes" in done.stderr
    assert parts(tmp_path / "ray") == plain


@pytest.mark.slow
def test_no_cluster_is_one_line(tmp_path: Path, batch: Batch) -> None:
    pytest.importorskip("ray", reason="install the extra ray")
    lines(tmp_path / "in.jsonl", TEXTS[:3])
    done = batch("run", "in.jsonl", "-o", "r", "--engine", "ray", "--address", "127.0.0.1:1")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("quotes: [Q001] Can't reach the Ray cluster")


CLUSTER = """
import sys
from pathlib import Path
from ray.cluster_utils import Cluster
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
second = cluster.add_node(num_cpus=1)
cluster.wait_for_nodes()
print(cluster.address, flush=True)
sys.stdin.readline()
cluster.remove_node(second, allow_graceful=False)
print("killed", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def cluster(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Two raylets on this machine; a line on stdin kills the second."""
    pytest.importorskip("ray", reason="install the extra ray")
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.communicate("\n\n", timeout=WAIT)


@pytest.mark.slow
def test_two_nodes_of_which_one_is_killed(
    tmp_path: Path, plain: dict[str, bytes], cluster: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    assert cluster.stdout is not None
    assert cluster.stdin is not None
    address = cluster.stdout.readline().strip()
    argv = [
        sys.executable,
        str(HERE / "batch_stand_in.py"),
        "batch",
        "run",
        "in.jsonl",
        "-o",
        "ray",
        "--shard-mb",
        "0.001",
    ]
    slow = environment | {"STAND_IN_SECONDS": "0.1"}
    with subprocess.Popen(
        [*argv, "--engine", "ray", "--address", address], cwd=tmp_path, env=slow, stderr=subprocess.PIPE, text=True
    ) as process:
        end = time.monotonic() + WAIT
        while len(list(tmp_path.glob("ray/done/*"))) < 2 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        cluster.stdin.write("\n")
        cluster.stdin.flush()
        assert cluster.stdout.readline().strip() == "killed"
        assert process.poll() is None, "the run was over before the node was killed"
        _, err = process.communicate(timeout=WAIT)
    assert process.returncode == 1, err
    assert "301 articles, 300 quotes" in err
    assert parts(tmp_path / "ray") == plain
