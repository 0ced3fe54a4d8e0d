"""The engine on Ray: without Ray, and (slow) on one node and on two of which one is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_cases import PROGRAM, WAIT, Batch, lines
from bench import kills
from bench.kills import parts

TEXTS = [f"Word{n} and more" for n in range(300)]


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


class OnTwoNodes:
    """A run on a cluster of which the second node is killed when some shards are done."""

    def __init__(self, cluster: subprocess.Popen[str], folder: Path, environment: dict[str, str]) -> None:
        self.cluster, self.folder, self.environment = cluster, folder, environment

    def __call__(self, argv: list[str]) -> tuple[int, str]:
        """Return the exit status and what was told; the records are in the folder `ray`."""
        stdin, stdout = self.cluster.stdin, self.cluster.stdout
        assert stdin is not None
        assert stdout is not None
        command = [*argv, "-o", "ray", "--engine", "ray", "--address", stdout.readline().strip()]
        with subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, text=True
        ) as process:
            end = time.monotonic() + WAIT
            while self._done() < 2 and process.poll() is None and time.monotonic() < end:
                time.sleep(0.1)
            stdin.write("\n")
            stdin.flush()
            assert stdout.readline().strip() == "killed"
            assert process.poll() is None, "the run was over before the node was killed"
            _, err = process.communicate(timeout=WAIT)
        return process.returncode, err

    def _done(self) -> int:
        return len(list(self.folder.glob("ray/done/*")))


@pytest.mark.slow
def test_two_nodes_of_which_one_is_killed(
    tmp_path: Path, plain: dict[str, bytes], cluster: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    run = OnTwoNodes(cluster, tmp_path, environment | {"STAND_IN_SECONDS": "0.1"})
    status, err = run([*PROGRAM, "run", "in.jsonl", "--shard-mb", "0.001"])
    assert status == 1, err
    assert "301 articles, 300 quotes" in err
    assert parts(tmp_path / "ray") == plain


@pytest.mark.slow
def test_the_real_pipeline_on_two_nodes_of_which_one_is_killed(
    tmp_path: Path, cluster: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    argv = kills.make(tmp_path, 60)
    calm = subprocess.run([*kills.PROGRAM, *argv, "-o", "calm"], cwd=tmp_path, env=environment, timeout=WAIT)
    assert calm.returncode == 0
    status, err = OnTwoNodes(cluster, tmp_path, environment)([*kills.PROGRAM, *argv])
    assert status == 0, err
    assert "60 articles" in err
    assert parts(tmp_path / "ray") == parts(tmp_path / "calm")
