"""Boilerplate: what asks readers to subscribe, donate or sign up is no part of the story and quotes nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

REPEATED = 8
BRIDGE = 5
MARKS = re.compile(r"[“”\"«„]")
ASKING = re.compile(
    r"\b(subscri(?:be|ption|ber)s?|newsletters?|sign(?:ing)? up|donat(?:e|ion|ions|ing)|tax-deductible|memberships?"
    r"|support (?:our|the|independent) (?:\w+ )?journalism|fund ?-?rais\w+|readers? fund(?:s|ed)? us|payment methods?"
    r"|our (?:\w+ )?fiscal year|inbox|all rights reserved|click here|follow us|advertisement)\b",
    re.IGNORECASE,
)

SPEECH = re.compile(r"[“\"](?:[^”\"\s]+\s+){4}")


def boilerplate(paragraphs: Sequence[str]) -> set[int]:
    """Return the numbers of the paragraphs that are boilerplate.

    A paragraph is, if it asks for two different things, if it asks for one and is a line without a sentence, or if it
    stands twice in the text; and so are the few paragraphs between two such ones. A paragraph with quotation marks is
    never: a pull quote repeats the body.
    """
    keys = [" ".join(p.split()).casefold() for p in paragraphs]
    times = Counter(k for k in keys if len(k.split()) >= REPEATED and not MARKS.search(k))
    sure = [n for n, key in enumerate(keys) if times[key] > 1 or _asks(paragraphs[n])]
    found = set(sure)
    for a, b in pairwise(sure):
        if b - a <= BRIDGE:
            found.update(range(a, b))
    return found


def _asks(paragraph: str) -> bool:
    if SPEECH.search(paragraph):
        return False
    asked = {m.group().lower()[:6] for m in ASKING.finditer(paragraph)}
    return len(asked) >= 2 or (len(asked) == 1 and len(paragraph.split()) <= REPEATED + 4)
