"""What a character is called in the records: the form that the text uses, not the longest that was ever misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from quotes import lexicon
from quotes.casting.titled import MAIDEN, MARRIED, title_of
from quotes.names import fold, is_first_name
from quotes.types import Cluster, Mention

SELDOM = 0.1
TWICE = 2
MOSTLY = 0.6
DASHES = "-—–"
PAIRS = frozenset(["messrs", "mesdames", "misses"])
SMALL = frozenset(["of", "the", "du", "de", "la", "von", "van", "der", "da", "di"])


def shared_names(doc: Doc, clusters: Sequence[Cluster]) -> set[str]:
    """Return the words that end the names of two people: the name of a family. First names are none."""
    lasts = Counter(w for c in clusters if c.kind == "person" for w in {f.split()[-1] for f in _forms(doc, c)})
    return {word for word, times in lasts.items() if times > 1 and not is_first_name(word)}


def rename(doc: Doc, cluster: Cluster, shared: Collection[str] = ()) -> Cluster:
    """Return the cluster under the longest name that it bears in a tenth of its names, and more than once where any
    name is, rather not one of `shared`; a cluster without names under a description."""
    forms = _forms(doc, cluster)
    if not forms:
        described = [m for m in cluster.mentions if m.form == "nominal"]
        return replace(cluster, name=_described(doc, described)) if described and len(cluster.mentions) > 1 else cluster
    top = max(forms.values())
    least = max(TWICE, SELDOM * top) if top > 1 else 1
    usual = [form for form, n in forms.items() if n >= least]
    name = max(usual, key=lambda f: (len(f.split()), f not in shared, forms[f], f))
    aliases = tuple(dict.fromkeys((*forms, *cluster.aliases)))
    return replace(cluster, name=_with_title(doc, cluster, name), aliases=aliases)


def _forms(doc: Doc, cluster: Cluster) -> Counter[str]:
    """Return the names of a cluster, counted. A title alone (`Mademoiselle`) is one only where there is no other, and
    a word that only begins sentences before a name (`Lest Cecil`) is no part of it."""
    names = [(m, form) for m in cluster.mentions if m.form == "name" and (form := _name(doc, m))]
    inner = {form for m, form in names if not doc[m.start].is_sent_start}
    forms = Counter(_without_opening(form, inner) for _, form in names)
    named = {form for form in forms if fold(form) not in lexicon.titles().all | MARRIED | MAIDEN}
    return Counter({form: n for form, n in forms.items() if form in named}) if named else forms


def _without_opening(form: str, inner: Collection[str]) -> str:
    first, _, rest = form.partition(" ")
    return rest if rest in inner and form not in inner and not is_first_name(first) else form


def _with_title(doc: Doc, cluster: Cluster, name: str) -> str:
    """Return a lone last name with the title that stands before most of its mentions: `Mrs. Miller`."""
    if cluster.kind != "person" or len(name.split()) > 1:
        return name
    before = Counter(title_of(doc, m) for m in cluster.mentions if m.form == "name" and _name(doc, m) == name)
    title, times = before.most_common(1)[0] if before else ("", 0)
    return f"{title} {name}" if title and times >= MOSTLY * before.total() else name


def _most(forms: Counter[str]) -> str:
    return min(forms, key=lambda f: (-forms[f], len(f), f))


def _name(doc: Doc, mention: Mention) -> str:
    """Return the words of a name from its first to its last capital, without titles and a lost possessive `s`."""
    titles = lexicon.titles().all | lexicon.titles().modifiers | MARRIED | MAIDEN | PAIRS
    start = mention.start
    while start and _belongs(doc[start - 1]):
        start -= 1
    words = [t.text.strip(DASHES) for t in doc[start : mention.end] if not t.is_space and t.text.strip(DASHES)]
    while len(words) > 1 and fold(words[0]) in titles:
        words.pop(0)
    while words and not (words[-1][:1].isupper() or words[-1][:1].isdigit()):
        words.pop()
    kept = [w for w in words if w[:1].isupper() or w in SMALL or not w[0].isalpha()]
    return " ".join(kept if len(kept) == len(words) else _first_run(words))


def _belongs(token: Token) -> bool:
    """Tell whether a word in front of a name is a part of it that was left out: `Invisible` of `Invisible Man`."""
    inside = token.i > 0 and not token.is_sent_start
    return inside and token.is_title and token.pos_ in ("PROPN", "ADJ") and fold(token.text) not in lexicon.titles().all


def _first_run(words: Sequence[str]) -> list[str]:
    run: list[str] = []
    for word in words:
        if word[:1].isupper():
            run.append(word)
        elif run:
            break
    return run


def _described(doc: Doc, mentions: Sequence[Mention]) -> str:
    """Return the fullest description that is met twice (`the man with the black beard`), else the most usual one, to
    its head."""
    full = Counter(text for m in mentions if (text := _whole(doc, m)))
    longest = max(full, key=lambda text: (full[text], len(text), text), default="")
    return longest if full[longest] >= TWICE else _most(Counter(_words(doc, m.start, m.head + 1) for m in mentions))


def _whole(doc: Doc, mention: Mention) -> str:
    """Return a description whose head is followed by `with` or `of` and nothing but words, else an empty string."""
    rest = doc[mention.head + 1 : mention.end]
    plain = len(rest) > 1 and rest[0].lower_ in ("with", "of") and not any(t.is_punct for t in rest)
    return _words(doc, mention.start, mention.end) if plain else ""


def _words(doc: Doc, start: int, end: int) -> str:
    return " ".join(t.text for t in doc[start:end] if not t.is_space)
