"""The layers of architecture.md: dependencies point down, by the import-linter contract in pyproject.toml."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def lint(config: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a configuration."""
    code = "from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", code, "--config", str(config), "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_contracts_hold() -> None:
    done = lint(ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_a_contract_can_be_broken(tmp_path: Path) -> None:
    config = tmp_path / "contract.toml"
    config.write_text(
        '[tool.importlinter]\nroot_package = "quotes"\n[[tool.importlinter.contracts]]\n'
        'name = "upside down"\ntype = "layers"\nlayers = ["quotes.errors", "quotes.paths"]\n',
        encoding="utf-8",
    )
    done = lint(config)
    assert done.returncode != 0
    assert "quotes.paths -> quotes.errors" in done.stdout + done.stderr or "1 broken" in done.stdout


def sources() -> list[Path]:
    """Return the modules of the package."""
    return sorted((ROOT / "quotes").rglob("*.py"))


def users(pattern: str) -> set[str]:
    """Return the modules of the package whose code has a match for a pattern."""
    found = {p for p in sources() if re.search(pattern, p.read_text(encoding="utf-8"))}
    return {p.relative_to(ROOT / "quotes").as_posix() for p in found}


def test_one_module_loads_spacy_pipelines_and_one_registers_extensions() -> None:
    assert {m for m in users(r"\bspacy\.load\(") if not m.startswith("training/")} == {"pipeline.py"}
    assert users(r"\.set_extension\(") == {"extensions.py"}
    assert users(r"@Language\.(factory|component)") == {"factories.py"}


def test_no_module_is_longer_than_300_lines() -> None:
    long = {p.name: n for p in sources() if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300}
    assert long == {}


def test_every_module_and_public_name_says_what_it_is() -> None:
    missing = []
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            missing.append(path.name)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                missing += [] if ast.get_docstring(node) else [f"{path.name}:{node.name}"]
    assert missing == []


def test_no_function_is_longer_than_60_lines() -> None:
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                long.append(f"{path.name}:{node.name}")
    assert long == []


def test_nothing_downloads_or_unpickles() -> None:
    assert users(r"urlopen|requests\.get|urlretrieve|hf_hub_download|snapshot_download") == set()
    assert users(r"\bpickle\b") == set()
