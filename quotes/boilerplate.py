"""Boilerplate: what asks readers to subscribe, donate or sign up is no part of the story and quotes nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

REPEATED = 8
BRIDGE = 5
ASKING = re.compile(
    r"\b(subscri(?:be|ption|ber)s?|newsletters?|sign(?:ing)? up|donat(?:e|ion|ions|ing)|tax-deductible|memberships?"
    r"|support (?:our|the|independent) (?:\w+ )?journalism|fund ?-?rais\w+|readers? fund(?:s|ed)? us|payment methods?"
    r"|our (?:\w+ )?fiscal year|inbox|all rights reserved|click here|follow us|advertisement)\b",
    re.IGNORECASE,
)


def boilerplate(paragraphs: Sequence[str]) -> set[int]:
    """Return the numbers of the paragraphs that are boilerplate.

    A paragraph is, if it asks for two different things, if it asks for one and is a line without a sentence, or if it
    stands twice in the text; and so are the few paragraphs between two such ones.
    """
    keys = [" ".join(p.split()).casefold() for p in paragraphs]
    times = Counter(k for k in keys if len(k.split()) >= REPEATED)
    sure = [n for n, key in enumerate(keys) if times[key] > 1 or _asks(paragraphs[n])]
    found = set(sure)
    for a, b in zip(sure, sure[1:], strict=False):
        if b - a <= BRIDGE:
            found.update(range(a, b))
    return found


def _asks(paragraph: str) -> bool:
    if "“" in paragraph or '"' in paragraph:
        return False
    asked = {m.group().lower()[:6] for m in ASKING.finditer(paragraph)}
    return len(asked) >= 2 or (len(asked) == 1 and len(paragraph.split()) <= REPEATED + 4)
