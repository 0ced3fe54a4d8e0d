"""Windows are read by threads while the caller goes on; none is read for a caller that has stopped."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from tiny_reader import StandIn, tiny_model

from quotes.components.quote_tagger import QuoteTagger
from quotes.reader import Reader
from quotes.reader.ahead import begin, drop

TEXTS = [f"“We won it {n} times,” said Ann.\n\nRain fell. " * (n + 1) for n in range(9)]


def test_jobs_run_beside_the_caller_and_keep_their_order() -> None:
    here = threading.get_ident()
    found = [future.result() for future in begin([lambda n=n: (n, threading.get_ident()) for n in range(5)])]
    assert [n for n, _ in found] == list(range(5))
    assert here not in {thread for _, thread in found}


def test_what_was_dropped_does_not_run() -> None:
    gate, ran = threading.Event(), []
    blocking = begin([gate.wait] * 8)
    waiting = begin([lambda: ran.append(1)])
    drop(waiting)
    gate.set()
    assert all(future.result() for future in blocking)
    assert waiting[0].cancelled()
    assert not ran


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # fork in a process that has threads
def test_a_forked_process_has_threads_of_its_own() -> None:
    begin([int])[0].result()
    child = os.fork()
    if not child:
        os._exit(7 if begin([lambda: 3])[0].result(timeout=20) == 3 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


class Slow(StandIn):
    """A session that takes its time."""

    def run(self, names: Any, inputs: Any) -> list[Any]:
        time.sleep(0.02)
        return super().run(names, inputs)


@pytest.fixture
def tagger(monkeypatch: pytest.MonkeyPatch) -> QuoteTagger:
    """A tagger whose reader is tiny and slow."""
    model = tiny_model()
    monkeypatch.setattr(
        "quotes.reader.load_reader", lambda _name: Reader(type(model)(model.meta, model.encode, Slow()))
    )
    return QuoteTagger(reader="full")


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("quote_spans")
    return nlp


def quotes(docs: Iterator[Doc]) -> list[list[tuple[int, int, str]]]:
    return [[(s.start, s.end, s.label_) for s in doc.spans["quotes"]] for doc in docs]


def test_a_reader_without_a_second_network_names_none(tagger: QuoteTagger) -> None:
    assert (tagger.version, tagger.antecedents) == ("tiny 0.1", None)


@pytest.mark.parametrize("size", [1, 2, 4, 50])
def test_a_stream_reads_as_one_by_one(size: int, tagger: QuoteTagger, blank: Language) -> None:
    alone = quotes(tagger(doc) for doc in blank.pipe(TEXTS))
    assert any(alone)
    assert quotes(tagger.pipe(blank.pipe(TEXTS), batch_size=size)) == alone


def test_the_next_batch_is_parsed_while_one_is_read(tagger: QuoteTagger, blank: Language) -> None:
    parsed = []

    def stream() -> Iterator[Doc]:
        for n, text in enumerate(TEXTS):
            parsed.append(n)
            yield blank(text)

    next(tagger.pipe(stream(), batch_size=2))
    assert parsed == [0, 1, 2, 3]


def test_a_caller_that_stops_leaves_the_rest_unread(tagger: QuoteTagger, blank: Language) -> None:
    stream = tagger.pipe(blank.pipe(TEXTS * 20), batch_size=90)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    time.sleep(0.1)
    before = [*tagger._learned.model.session.calls]
    time.sleep(0.1)
    assert tagger._learned.model.session.calls == before
    assert len(before) < 200
