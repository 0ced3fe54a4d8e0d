"""Retrain coreferee on gold coreference files by its own training code, and load what came of it.

Its LitBank loader marks which antecedent is the true one, and its training manager holds a fifth of the documents back
and stops at the epoch after which the accuracy on these falls.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.corpora import open_lines
from quotes.pipeline import DEFAULT_SPACY

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

INSTALL = "pip install coreferee==1.5.0"
CONFIG = "md_3_7_0"
PACKAGE = "coreferee_model_en"
SEED = 0


def require() -> None:
    """End with a message that names the cure where coreferee is not installed."""
    try:
        import coreferee.manager  # noqa: F401
    except ImportError as error:
        raise SystemExit(
            f"coreferee is not installed ({error}). Install it beside quotedesk with `{INSTALL}`."
        ) from error


def read_rows(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the documents of gold files, one after the other."""
    rows = []
    for path in paths:
        if not path.is_file():
            raise SystemExit(f"There is no file '{path}'. Give the folder that holds coref/, or set QUOTES_SHARED.")
        with open_lines(path) as lines:
            rows += [json.loads(line) for line in lines if line.strip()]
    return rows


def annotation_lines(doc: Doc, mentions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return mentions as the lines that coreferee's LitBank loader reads, widened to whole tokens."""
    numbers: dict[Any, int] = {}
    lines = []
    for mention in mentions:
        span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
        if span is not None and len(span):
            number = numbers.setdefault(mention["cluster"], len(numbers))
            lines.append(f"T{len(lines)} cluster-{number} {span.start_char} {span.end_char}")
    return lines


def _loader(rows: Sequence[Mapping[str, Any]]) -> Any:
    from coreferee.training.loaders import LitBankANNLoader

    class GoldLoader(LitBankANNLoader):
        def load(self, directory_name: str, nlp: Language, rules_analyzer: Any) -> list[Doc]:
            docs = list(nlp.pipe(row["text"] for row in rows))
            for doc, row in zip(docs, rows, strict=True):
                self.load_file(doc, annotation_lines(doc, row["mentions"]), rules_analyzer)
            return docs

    return GoldLoader()


def train(rows: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Train on documents and write the model below `folder`; prints coreferee's own account of the epochs."""
    import coreferee
    import spacy
    from coreferee.training.train import TrainingManager
    from thinc.api import Config, fix_random_seed

    package = folder / PACKAGE
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").touch()
    config = Config().from_disk(Path(coreferee.__file__).parent / "lang" / "en" / "config.cfg")
    # its constructor loads every English pipeline that there is; only what the training reads is set here
    manager = TrainingManager.__new__(TrainingManager)
    manager.lang, manager.loaders, manager.data_dir = "en", [_loader(rows)], str(folder)
    manager.models_dirname, manager.train_not_check = str(folder), True
    manager.nlp_dict = {f"en_{config[CONFIG]['model']}": spacy.load(DEFAULT_SPACY)}
    fix_random_seed(SEED)
    with (folder / "training.log").open("w", encoding="utf-8") as log:
        manager.train_or_check(CONFIG, config[CONFIG], log)


def load_trained(folder: Path) -> Language:
    """Return the spaCy pipeline with the coreferee that was trained into `folder` at its end."""
    import spacy

    for name in [n for n in sys.modules if n.split(".")[0] == PACKAGE]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    try:
        nlp = spacy.load(DEFAULT_SPACY)
        nlp.add_pipe("coreferee")
    finally:
        sys.path.remove(str(folder))
    return nlp


def is_trained(folder: Path) -> bool:
    """Return whether a finished model lies in a folder."""
    return (folder / PACKAGE / CONFIG / "model").exists()
