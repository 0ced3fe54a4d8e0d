"""Text in, document record out, compared with the committed JSON; `pytest tests/golden --golden-update` rewrites it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.schema import DocumentRecord

if TYPE_CHECKING:
    from spacy.language import Language

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
EXAMPLE = HERE.parent / "corpus" / "example.txt"
TEXTS = {path.stem: path for path in [*sorted(CASES.glob("*.txt")), EXAMPLE]}


def read_text(path: Path) -> str:
    """Return the text as given: line ends stay, `\\u00a0` and the like are escapes that an editor can show."""
    text = path.read_bytes().decode("utf-8")
    for shown, meant in (("\\r", "\r"), ("\\u00a0", "\u00a0"), ("\\u200b", "\u200b"), ("\\u00ad", "\u00ad")):
        text = text.replace(shown, meant)
    return text


def normalise(record: DocumentRecord) -> dict[str, Any]:
    """Return the record without versions, and with confidences rounded, as they are for reading here."""
    data: dict[str, Any] = _rounded(record.model_dump(mode="json", exclude_defaults=True))
    data.pop("model")
    return data


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def dump(value: Any, depth: int = 3, indent: str = "") -> str:
    """Return JSON in which what lies deeper than `depth` is on one line: a line a span, a diff one can read."""
    if not depth or not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key)}: {dump(item, depth - 1, inner)}" for key, item in value.items()]
    else:
        lines = [inner + dump(item, depth - 1, inner) for item in value]
    left, right = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return "\n".join([left, ",\n".join(lines), indent + right])


def run(nlp: Language, name: str) -> DocumentRecord:
    """Return the record of one case."""
    from quotes.pipeline import extract

    return next(iter(extract([read_text(TEXTS[name])], nlp=nlp)))


@pytest.mark.parametrize("name", TEXTS)
def test_record_is_the_golden_one(name: str, nlp_rules: Language, request: pytest.FixtureRequest) -> None:
    golden = CASES / f"{name}.json"
    found = normalise(run(nlp_rules, name))
    if request.config.getoption("--golden-update"):
        golden.write_text(dump(found) + "\n", encoding="utf-8")
    assert golden.is_file(), "no golden file: run pytest tests/golden --golden-update, and read what it writes"
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TEXTS)
def test_golden_spans_point_into_the_text(name: str) -> None:
    text = read_text(TEXTS[name])
    record = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    spans = [
        span
        for quote in record.get("quotes", [])
        for key in ("content", "cue", "source")
        for span in quote.get(key, [])
    ]
    spans += [mention for speaker in record.get("speakers", []) for mention in speaker.get("mentions", [])]
    spans += [aside["span"] for aside in record.get("asides", [])]
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == set(TEXTS)


def test_dump_is_json_with_short_lines() -> None:
    value = {"a": [{"b": {"c": [1, 2]}, "d": []}], "e": "“x”"}
    assert json.loads(dump(value)) == value
    assert '"b": {"c": [1, 2]}' in dump(value)


def test_floats_are_rounded_everywhere() -> None:
    assert _rounded({"a": [0.123, {"b": 0.96}], "c": 1}) == {"a": [0.1, {"b": 1.0}], "c": 1}
