"""The wheel and the source distribution: one top-level name, models inside the package, entry points, the launcher."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


def build(kind: str, folder: Path) -> Path:
    """Build a distribution with the installed hatchling, without network, and return its path."""
    pytest.importorskip("hatchling", reason="install hatchling to test the packaging")
    code = f"from hatchling.build import build_{kind} as b; print(b({str(folder)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    """The names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_one_top_level_name(names: list[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"quotes"}


def test_the_package_is_whole(names: list[str]) -> None:
    here = {p.relative_to(ROOT).as_posix() for p in (ROOT / "quotes").rglob("*.py")}
    assert here <= set(names)
    data = {p.relative_to(ROOT).as_posix() for p in (ROOT / "quotes/data").glob("*.json")}
    assert data
    assert {*data, "quotes/py.typed"} <= set(names)
    page = {p.relative_to(ROOT).as_posix() for p in (ROOT / "quotes/web/static").rglob("*.*")}
    assert {"quotes/web/static/index.html", "quotes/web/static/js/main.js"} <= page <= set(names)
    assert not [n for n in names if "__pycache__" in n or n.startswith(("tests/", "models/"))]


def test_models_land_in_the_package(names: list[str]) -> None:
    folder = ROOT / "models" / "en_quotes_sm"
    if not (folder / "meta.json").is_file():
        pytest.skip("no model in models/ yet")
    here = {f"quotes/_models/en_quotes_sm/{p.relative_to(folder).as_posix()}" for p in folder.rglob("*") if p.is_file()}
    assert {n for n in names if n.startswith("quotes/_models/en_quotes_sm/")} == here


def test_entry_points_name_what_exists(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith("entry_points.txt"))
        points = ConfigParser()
        points.read_string(archive.read(name).decode())
    assert dict(points["console_scripts"]) == {"quotes": "quotes.cli:main"}
    assert set(points["spacy_factories"]) == {"quote_spans", "quote_tagger", "speaker_coref", "quote_attribution"}


def test_spacy_finds_the_factories_of_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """From the unpacked wheel, far from the checkout: `add_pipe` by name alone, with no import of ours."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        "import spacy, sys; nlp = spacy.blank('en'); assert 'quotes.factories' in sys.modules\n"
        "nlp.add_pipe('quote_spans'); doc = nlp('“Go,” she said.'); print(len(doc.spans['quote_regions']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr


def test_the_source_distribution_has_the_launcher_and_the_tests(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"cli.py", "pyproject.toml", "README.md", "LICENSE", "quotes/cli.py", "tests/conftest.py"} <= names


def test_the_launcher_works_in_a_checkout() -> None:
    done = subprocess.run(
        [sys.executable, "cli.py", "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "extract" in done.stdout
