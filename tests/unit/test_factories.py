"""The registry: a snapshot of the factory names, a light module, and no harm to spaCy from a broken component."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from quotes import factories
from quotes.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("quote_spans", "quote_tagger", "speaker_coref", "quote_attribution")
HEAVY = ("onnxruntime", "textacy", "trafilatura", "torch", "sklearn", "tokenizers", "rapidfuzz", "pydantic_core")
OURS = ("quotes.components", "quotes.rules", "quotes.reader", "quotes.coref", "quotes.marks", "quotes.records")


def run(code: str) -> str:
    """Run Python code in a fresh interpreter and return its standard output."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_names_are_a_promise_to_users() -> None:
    assert factories.COMPONENTS == NAMES
    for name in NAMES:
        assert spacy.blank("en").has_factory(name), name


def test_the_entry_points_name_the_factories() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = project["entry-points"]["spacy_factories"]
    assert points == {name: f"quotes.factories:make_{name}" for name in NAMES}
    assert all(callable(getattr(factories, f"make_{name}")) for name in NAMES)


def test_importing_the_factories_loads_nothing_heavy_and_no_component() -> None:
    """What counts is what our module adds to spaCy, which imports pydantic itself."""
    code = (
        "import sys, json, spacy.language, spacy.tokens; before = set(sys.modules)\n"
        "import quotes.factories; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    added = set(json.loads(run(code)))
    assert "quotes.factories" in added
    assert {m for m in added if m.startswith((*HEAVY, *OURS))} == set()


def test_a_broken_component_does_not_break_spacy() -> None:
    code = """
import importlib.metadata, sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("quotes.components", "quotes.rules", "quotes.reader")):
            raise RuntimeError("broken on purpose")
sys.meta_path.insert(0, Broken())
import quotes.factories, spacy
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
assert len(list(nlp("It rained. It stopped.").sents)) == 2
try:
    nlp.add_pipe("quote_spans")
except RuntimeError as error:
    print(error)
"""
    assert run(code).strip() == "broken on purpose"


def test_each_factory_declares_what_it_assigns() -> None:
    nlp = spacy.blank("en")
    for name in NAMES:
        assert "doc.spans" in nlp.get_factory_meta(name).assigns
    assert "token.dep" in nlp.get_factory_meta("quote_tagger").requires


def test_add_all_keeps_the_order_and_is_idempotent() -> None:
    nlp = factories.add_all(spacy.blank("en"))
    assert tuple(nlp.pipe_names) == NAMES
    assert tuple(factories.add_all(nlp).pipe_names) == NAMES


def test_settings_reach_their_component() -> None:
    nlp = factories.add_all(spacy.blank("en"), {"quote_tagger": {"reader": "rules"}})
    assert nlp.get_pipe("quote_tagger").reader == "rules"
    with pytest.raises(ConfigError, match=r"There is no reader 'guess'. Use one of: rules, full"):
        factories.add_all(spacy.blank("en"), {"quote_tagger": {"reader": "guess"}})


def test_the_configuration_of_a_pipeline_names_the_factories() -> None:
    nlp = factories.add_all(spacy.blank("en"))
    assert [nlp.config["components"][n]["factory"] for n in NAMES] == list(NAMES)
    again = spacy.util.load_model_from_config(nlp.config)
    assert tuple(again.pipe_names) == NAMES
