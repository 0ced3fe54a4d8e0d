"""Names of people and organizations: taken apart, compared, abbreviated. Strings in, plain data out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotes import lexicon

Gender = Literal["m", "f"]
_WORD = re.compile(r"[^\W\d_](?:[\w’'.\-]*\w)?\.?|\d\w*")
_QUOTED = re.compile(r"[\"“”‘(][^\"“”’()]{1,30}[\"“”’)]")
_SMALL = frozenset(["of", "the", "for", "and", "on", "in", "at", "to", "a", "an", "de", "&"])


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, as written. `nick` is the familiar name given in quotation marks."""

    titles: tuple[str, ...]
    given: tuple[str, ...]
    last: str
    suffix: str | None = None
    nick: str | None = None

    @property
    def bare(self) -> str:
        """The name without titles, with a nickname and a suffix where there are any."""
        nick = f'"{self.nick}"' if self.nick else None
        return " ".join(p for p in (*self.given, nick, self.last, self.suffix) if p)

    @property
    def full(self) -> bool:
        return bool(self.given) and bool(self.last)


def fold(word: str) -> str:
    """Return a word for comparison: lower case, without full stops, possessive and apostrophes."""
    word = re.sub(r"[’']s?$", "", word.lower())
    return word.replace(".", "").replace("’", "").replace("'", "")


def folded(text: str) -> tuple[str, ...]:
    """Return the words of a name for comparison, without a leading article."""
    words = [w for w in (fold(w) for w in re.findall(r"[^\s,()\"“”]+", text)) if w]
    return tuple(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def strip_possessive(text: str) -> str:
    """Return the text without a final `'s` or apostrophe."""
    return re.sub(r"[’']s?$", "", text.strip()) if re.search(r"[’']s$|s[’']$", text.strip()) else text.strip()


def parse_name(text: str) -> PersonName:
    """Take a person's name apart; never fails (a single word is a last name)."""
    lists = lexicon.titles()
    nick = next((m.group()[1:-1] for m in _QUOTED.finditer(text)), None)
    words = _WORD.findall(strip_possessive(_QUOTED.sub(" ", text)))
    cut = 0
    while cut < len(words) - 1 and fold(words[cut]) in lists.all | lists.modifiers:
        cut += 1
    titles, words = words[:cut], words[cut:]
    suffix = words.pop() if len(words) > 1 and fold(words[-1]) in lists.suffixes else None
    start = len(words) - 1
    while start > 1 and fold(words[start - 1]) in lists.particles and words[start - 1][:1].islower():
        start -= 1
    given, last = words[:start], " ".join(words[max(start, 0) :])
    return PersonName(tuple(titles), tuple(given), last, suffix, nick)


def title_gender(titles: Sequence[str]) -> Gender | None:
    """Return what the titles say: `Mr.` or `Mrs.`; None where they say nothing."""
    lists = lexicon.titles()
    for word in map(fold, titles):
        if word in lists.masculine:
            return "m"
        if word in lists.feminine:
            return "f"
    return None


def first_name_gender(name: PersonName) -> Gender | None:
    """Return the usual reading of a first name, for pronoun links only; None where it is used for both or unknown."""
    readings = map(usual_gender, (*name.given[:1], *([name.nick] if name.nick else [])))
    return next((g for g in readings if g), None)


def usual_gender(word: str) -> Gender | None:
    """Return the usual reading of a word that is a first name, for pronoun links only; None where there is none."""
    masculine, feminine = lexicon.first_names()
    word = fold(word)
    return "m" if word in masculine else "f" if word in feminine else None


def is_first_name(word: str) -> bool:
    """Tell whether a word is in the list of first names."""
    return any(fold(word) in names for names in lexicon.first_names())


def same_first(a: str, b: str) -> bool:
    """Tell whether two first names can be one person's: equal, an initial, a familiar form, a shared start."""
    x, y = fold(a), fold(b)
    if not x or not y:
        return False
    short, long = sorted((x, y), key=len)
    if x == y or (len(short) <= 1 and long.startswith(short)):
        return True
    table = lexicon.nicknames()
    return y in table.get(x, ()) or x in table.get(y, ()) or bool(table.get(x, frozenset()) & table.get(y, frozenset()))


def same_person(a: PersonName, b: PersonName) -> bool:
    """Tell whether two full names can be one person's: same last name, first names that agree, no clash of titles."""
    if fold(a.last) != fold(b.last) or not a.full or not b.full:
        return False
    if a.suffix and b.suffix and fold(a.suffix) != fold(b.suffix):
        return False
    if clash(title_gender(a.titles), title_gender(b.titles)):
        return False
    firsts_a = [a.given[0], *([a.nick] if a.nick else []), *a.given[1:]]
    firsts_b = [b.given[0], *([b.nick] if b.nick else []), *b.given[1:]]
    if same_first(firsts_a[0], firsts_b[0]):
        return True
    return any(len(fold(x)) > 2 and same_first(x, firsts_b[0]) for x in firsts_a[1:]) or any(
        len(fold(y)) > 2 and same_first(y, firsts_a[0]) for y in firsts_b[1:]
    )


def clash(a: Gender | None, b: Gender | None) -> bool:
    """Tell whether two readings are both known and differ."""
    return a is not None and b is not None and a != b


def initials(phrase: str) -> frozenset[str]:
    """Return the acronyms that a phrase can have: `NASRO` for National Association of School Resource Officers."""
    words = [w for w in re.split(r"[\s\-]+", re.sub(r"[’']s\b", "", phrase)) if w]
    if words and words[0].lower() == "the":
        words = words[1:]
    if len(words) < 2:
        return frozenset()
    content = "".join(w[0] for w in words if w.lower() not in _SMALL)
    every = "".join(w[0] for w in words)
    return frozenset(x.upper() for x in (content, every) if len(x) > 1)


def is_acronym(text: str) -> bool:
    """Tell whether a text looks like an acronym: 2 to 8 capitals, full stops allowed."""
    bare = text.replace(".", "")
    return bool(re.fullmatch(r"[A-Z][A-Z0-9&\-]{1,7}s?", bare))


def close_spelling(a: str, b: str) -> bool:
    """Tell whether two last names look like one misspelt: one letter added, lost or changed in six or more."""
    from rapidfuzz.distance import OSA

    x, y = fold(a), fold(b)
    return min(len(x), len(y)) >= 5 and max(len(x), len(y)) >= 6 and x[0] == y[0] and OSA.distance(x, y) == 1


def one_letter_less(word: str) -> frozenset[str]:
    """Return the folded word, and it without each letter; two words of close spelling share one of these."""
    folded_word = fold(word)
    return frozenset({folded_word, *(folded_word[:i] + folded_word[i + 1 :] for i in range(len(folded_word)))})
