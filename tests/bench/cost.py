"""What resolution costs: its share of the pipeline's time, and how time and memory grow with the length of a text.

python tests/bench/cost.py articles [N]           # the first N of PolNeAR dev (all): CPU seconds a component
python tests/bench/cost.py long [WORDS ...]       # one text of so many words (10000 100000), made of LitBank texts
Both take `--pipeline rules`. Needs the gold data beside the checkout, or its folder in `$QUOTES_SHARED`.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import data_folder

from quotes.corpora import read_gold
from quotes.factories import COMPONENTS
from quotes.pipeline import extract, load

if TYPE_CHECKING:
    from spacy.language import Language

RESOLUTION = ("speaker_coref", "quote_attribution")


def shares(nlp: Language, texts: list[str]) -> dict[str, float]:
    """Return CPU seconds by component of ours; `spaCy` is all that runs before them."""
    spent: Counter[str] = Counter()
    for text in texts:
        start = time.process_time()
        with nlp.select_pipes(disable=[name for name in COMPONENTS if name in nlp.pipe_names]):
            doc = nlp(text)
        for name in ("spaCy", *COMPONENTS):
            if name != "spaCy":
                doc = nlp.get_pipe(name)(doc)
            now = time.process_time()
            spent[name] += now - start
            start = now
    return dict(spent)


def words_of(texts: Iterator[str], most: int) -> str:
    """Return texts, over and over if need be, joined to one of so many words."""
    parts, left = [], most
    pool = list(texts)
    while left > 0:
        for text in pool:
            parts.append(" ".join(text.split(" ")[:left]))
            left -= len(parts[-1].split(" "))
            if left <= 0:
                break
    return "\n\n".join(parts)


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["articles", "long"])
    parser.add_argument("numbers", nargs="*", type=int)
    parser.add_argument("--pipeline", choices=["rules", "full"])
    given = parser.parse_args()
    nlp = load(pipeline=given.pipeline)
    nlp("Ann Lee said it was dear.")
    if given.what == "articles":
        texts = [d.text for d in read_gold(data_folder() / "polnear/dev.jsonl.gz")]
        spent = shares(nlp, texts[: given.numbers[0] if given.numbers else None])
        for name, seconds in spent.items():
            tell(f"{name:<20s} {seconds:8.2f} s  {seconds / sum(spent.values()):.3f}")
        rest = sum(v for k, v in spent.items() if k not in RESOLUTION)
        tell(f"resolution adds {sum(spent[k] for k in RESOLUTION) / rest:.3f} to the rest")
        return
    for words in given.numbers or [10_000, 100_000]:
        text = words_of((d.text for d in read_gold(data_folder() / "litbank/train.jsonl.gz")), words)
        start = time.process_time()
        quotations = sum(len(record.quotes) for record in extract([text], nlp=nlp))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        tell(f"{words:>8,} words {time.process_time() - start:8.2f} s CPU, peak {peak} MB, {quotations} quotations")


if __name__ == "__main__":
    main()
