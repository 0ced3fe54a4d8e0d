"""The reader on texts of every kind, with a stand-in for the network."""

from __future__ import annotations

import time

import pytest
from tiny_reader import StandIn, marks, tiny_model, tokenise

from quotes.reader import Reader
from quotes.reader.calibrate import draft_features
from quotes.types import Reading

PLAIN = "“We won it,” said Ann.\n\nRain fell."


def read(text: str, **meta) -> tuple[list[Reading], object]:
    doc = tokenise(text)
    (readings,) = Reader(tiny_model(**meta)).read([doc], [marks(text)])
    for r in readings:
        assert 0 <= r.score <= 1
        for spans in (r.content, r.cue, r.source):
            assert all(0 <= s < e <= len(doc) for s, e in spans)
    return readings, doc


def texts(doc, spans) -> list[str]:
    return [doc[s:e].text for s, e in spans]


def test_a_quotation_is_read_and_marks_decide_its_edges() -> None:
    (found,), doc = read(PLAIN)
    assert texts(doc, found.content) == ["“We won it,”"]
    assert (texts(doc, found.cue), texts(doc, found.source)) == (["said"], ["Ann"])
    assert (found.type, found.by, found.evidence) == ("direct", "model", ("model",))


def test_without_marks_the_model_decides() -> None:
    (found,), doc = read("We won it, said Ann.")
    assert (texts(doc, found.content), found.type) == (["We won it,"], "indirect")


def test_a_long_quoted_region_without_a_cue_is_kept_on_the_word_of_its_marks() -> None:
    (found,), doc = read("“The old bridge will be closed for two weeks.” Rain fell.")
    assert texts(doc, found.content) == ["“The old bridge will be closed for two weeks.”"]
    assert (found.cue, found.source, found.evidence, found.type) == ((), (), ("marks",), "direct")


def test_confidence_comes_from_the_calibration_of_the_type() -> None:
    from math import exp

    doc = tokenise(PLAIN)
    reader = Reader(tiny_model())
    ((draft,),) = reader.drafts([doc], [marks(PLAIN)])
    weights = [0.5, 0.1, -0.2, 0.3, 0.0, -0.4]
    (found,), _ = read(PLAIN, calibration={"direct": weights})
    z = sum(w * x for w, x in zip(weights, draft_features(draft), strict=True))
    assert found.score == pytest.approx(1 / (1 + exp(-z)), abs=1e-4)


def test_texts_do_not_depend_on_the_texts_beside_them() -> None:
    others = ["Rain fell.", "He left, said Ann. " * 30]
    alone = [read(text)[0] for text in (PLAIN, *others)]
    docs = [tokenise(text) for text in (PLAIN, *others)]
    assert Reader(tiny_model()).read(docs, [marks(d.text) for d in docs]) == alone


def test_each_quotation_of_a_long_paragraph_is_read_once() -> None:
    text = "Rain fell on it, said Ann. " * 60
    readings, doc = read(text)
    assert [texts(doc, r.cue) for r in readings] == [["said"]] * 60
    assert len({r.cue for r in readings}) == 60


def test_the_gate_keeps_paragraphs_from_the_network() -> None:
    doc = tokenise("Rain fell.\n\n" * 20 + PLAIN)
    for token in doc:
        token.lemma_ = {"said": "say"}.get(token.text, token.text.lower())
    model = tiny_model(gate=["say"], window=16)
    reader = Reader(model)
    gated = reader.read([doc], [marks(doc.text)])
    few = len(model.session.calls)
    reader.gating = False
    assert reader.read([doc], [marks(doc.text)]) == gated
    assert few == 1 < len(model.session.calls) - few


def test_the_version() -> None:
    assert Reader(tiny_model()).version == "tiny 0.1"


def test_no_documents() -> None:
    assert Reader(tiny_model()).read([], []) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t ",
        "x",
        "“",
        "””““",
        "x" * 10_000,
        f"“{'x' * 10_000}” said Ann. {'y' * 10_000}",
        "😀😀 “👍🏽 👩‍👩‍👧” said Ann 😀",
        "「我们赢了」他说。" * 50,
        "“我们赢了” said Ann.",
        "„Wir haben gewonnen“, sagte Anna. «On a gagné», dit-elle.",
        "قال: «لقد فزنا» ثم غادر.",
        "e\u0301" * 500 + " said Ann",
        "\x00\ufeff\u200b said Ann \ud7ff",
        "a\r\nb said Ann\r\n\r\nc",
        "- “A” said Ann\n" * 200,
    ],
)
def test_odd_texts_are_read_without_an_error(text: str) -> None:
    read(text)
    read(text, gate=["say"], calibration={"direct": [0.0] * 6})


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "“We won it,” said Ann. " * 43_000,
        "word " * 200_000,
        "a\n" * 250_000,
        "said " * 100_000 + "Ann",
        "“ " * 200_000,
        "x" * 1_000_000,
    ],
    ids=["quotations", "one sentence", "lines", "cues", "marks", "one word"],
)
def test_a_megabyte_takes_bounded_time(text: str) -> None:
    doc = tokenise(text)
    regions = marks(text)
    reader = Reader(tiny_model(window=254, overlap=48))
    began = time.process_time()
    reader.read([doc], [regions])
    assert time.process_time() - began < 60


def test_time_grows_with_the_text_not_with_its_square() -> None:
    def seconds(copies: int) -> float:
        text = "“We won it,” said Ann. " * copies
        doc, regions = tokenise(text), marks(text)
        reader = Reader(tiny_model(window=254, overlap=48))
        began = time.process_time()
        reader.read([doc], [regions])
        return time.process_time() - began

    seconds(50)
    assert seconds(1600) < 40 * max(seconds(100), 0.02)


def test_a_session_that_fails_is_not_hidden() -> None:
    class Broken(StandIn):
        def run(self, _names, inputs):
            raise RuntimeError("out of memory")

    model = tiny_model()
    doc = tokenise(PLAIN)
    with pytest.raises(RuntimeError, match="out of memory"):
        Reader(type(model)(model.meta, model.encode, Broken())).read([doc], [marks(PLAIN)])
