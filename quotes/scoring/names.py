"""When two names count as the same speaker: strictly, or by last name.

Independent of `quotes.names`, which may grow cleverer: the ruler stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from quotes.scoring.tokens import DETERMINERS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MALE = _words("mr mister sir lord king prince uncle monsieur signor master brother father")
_FEMALE = _words("mrs ms miss lady queen princess aunt madame mme mlle madam signora sister mother")
_NEUTRAL = _words(
    "dr doctor prof professor sen senator rep representative gov governor president vice secretary gen general col "
    "colonel capt captain sgt sergeant lt lieutenant rev reverend judge justice mayor minister prime chancellor "
    "congressman congresswoman hon inspector officer detective chief st former candidate nominee republican "
    "democratic then"
)
_TITLES = _MALE | _FEMALE | _NEUTRAL
_SUFFIXES = _words("jr sr ii iii iv phd md")
_PRONOUNS = _words(
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself "
    "it its itself they them their theirs themselves who whom whose which that one"
)
_POSSESSIVE = re.compile(r"['’]s\b")
_CAPITAL = re.compile(r"[A-Z]")


def name_tokens(name: str | None) -> list[str]:
    """Return the lower-cased words of a name without possessive, points, apostrophes and determiners."""
    bare = _POSSESSIVE.sub("", name or "").lower()
    for mark in "’'.":
        bare = bare.replace(mark, "")
    return [word for word in re.findall(r"\w+", bare) if word not in DETERMINERS]


def core(words: list[str]) -> list[str]:
    """Return a name's words without leading titles and suffixes, or all where nothing is left."""
    first = next((i for i, word in enumerate(words) if word not in _TITLES), len(words))
    return [word for word in words[first:] if word not in _SUFFIXES] or words


def _titles_clash(a: Iterable[str], b: Iterable[str]) -> bool:
    """Return whether both have a gendered title, and not the same gender: Mr Bennet is not Mrs Bennet."""
    first, second = _title_class(a), _title_class(b)
    return bool(first and second and first != second)


def _title_class(words: Iterable[str]) -> str:
    return next(("m" if word in _MALE else "f" for word in words if word in _MALE or word in _FEMALE), "")


def same_strict(predicted: str | None, names: Iterable[str]) -> bool:
    """Return whether a name equals one of `names` but for case, punctuation, titles and suffixes."""
    words = name_tokens(predicted)
    return bool(words) and any(_equal(words, name_tokens(name)) for name in names)


def _equal(a: list[str], b: list[str]) -> bool:
    if not b:
        return False
    return a == b or (core(a) == core(b) and not _titles_clash(a, b))


def same_lastname(predicted: str | None, names: Collection[str], others: Iterable[Collection[str]] = ()) -> bool:
    """Return whether a name is strictly the same or shares the last name with one of `names`, without a clash of first
    names or titles, and is not a name of another speaker (`others`) of the document."""
    if same_strict(predicted, names):
        return True
    words = name_tokens(predicted)
    bare = core(words)
    if not bare or len(bare[-1]) < 3 or bare[-1] in _PRONOUNS or not _CAPITAL.search(predicted or ""):
        return False
    if any(same_strict(predicted, other) for other in others):
        return False
    return any(_share_last(words, name) for name in names if _CAPITAL.search(name or ""))


def _share_last(words: list[str], name: str) -> bool:
    other = name_tokens(name)
    a, b = core(words), core(other)
    if not b or a[-1] != b[-1] or _titles_clash(words, other):
        return False
    return not (len(a) > 1 and len(b) > 1 and _first_names_clash(a, b))


def _first_names_clash(a: Sequence[str], b: Sequence[str]) -> bool:
    x, y = a[0], b[0]
    return not (x.startswith(y) or y.startswith(x) or x in b or y in a)
