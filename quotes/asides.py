"""Phrases between quotation marks that nobody utters: scare quotes, titles, nicknames, mottos, words as words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from quotes.types import Flag, Region

LONGEST = 10
SCARE = 4
SENTENCE = 7
CONTEXT = 90

_WORKS = (
    "album article ballad blog book chapter column comedy documentary drama editorial episode essay exhibition film "
    "game lecture magazine memoir movie musical novel opera painting paper play podcast poem programme program report "
    "sculpture series show single sitcom song story study thriller track video"
)
_SIGNS = (
    "badge banner billboard button cap flag graffiti hat inscription logo motto note placard plaque poster shirt sign "
    "slogan sticker sweatshirt tattoo"
)
_READING = (
    "reading reads? saying says? said that which with bearing emblazoned proclaiming proclaims? declaring declares? "
    "printed the words? slogan message is was"
)
_SPOKEN = "yes no yeah nope ok okay oh hello hi thanks sorry please"
_CLAUSE = (
    "i we you he she they it i'm we're is are was were am has have had do does did will would can could should must "
    "isn't aren't wasn't don't doesn't didn't won't can't let's"
)
_SMALL = "a an and as at but by for from in into of on or the to upon with"
SPOKEN, CLAUSE, SMALL = (frozenset(words.split()) for words in (_SPOKEN, _CLAUSE, _SMALL))


def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})[,:]?\s*$", re.IGNORECASE)


def _either(words: str) -> str:
    return "|".join(words.split())


SO_CALLED = _ending("so[- ]called|quote[- ]unquote")
NICKNAME = _ending(
    r"(?:nicknamed|dubbed)(?: (?:it|him|her|them|me|us))?|nickname(?: (?:is|was|of))?"
    r"|known (?:\w+ ){0,3}as|a\.?k\.?a\.?|alias|goes by"
    r"|(?:by|under) the (?:name|nickname|moniker|handle)(?: of)?"
)
TERM = _ending("(?:words?|terms?|phrases?|labels?|expressions?|adjectives?|nouns?|verbs?|hashtags?|prefix)")
NO_TERM = _ending(r"in (?:\w+ ){0,2}words?")
MOTTO = _ending(rf"(?:{_either(_SIGNS)})s?(?:[\s,:]+(?:{_either(_READING)}))*")
TITLED = _ending("titled|entitled|headlined")
WORK = _ending(rf"(?:{_either(_WORKS)})s?(?:[\s,]+(?:called|named))?")
_SAYS = (
    "said says? saying tweet(?:ed|s)? wrote writes? asked asks? added adds declared declares replied replies answered "
    "shout(?:s|ed|ing)? chant(?:s|ed|ing)? cried cries yelled yelling"
)
SAID_BEFORE = _ending(rf"(?:{_either(_SAYS)})(?: of)?")
SAID_AFTER = re.compile(rf"\s+(?:[\w.’'-]+\s+){{0,3}}(?:{_either(_SAYS)})\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?…]['’”\"]?\s+(?=\S)|\n")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def classify(doc: Doc, regions: Sequence[Region]) -> dict[int, Flag]:
    """Return {region number: flag} for the outermost regions that are not speech; the others may be speech.

    A region that a reporting cue governs is a quotation all the same; this is for what is left. Looks at length, case
    and the words before; at parts of speech too where the Doc has them.
    """
    found: dict[int, Flag] = {}
    whole = doc.text  # spaCy builds it anew at each access
    for number, region in enumerate(regions):
        if region.depth == 0 and len(region.parts) == 1 and region.closed:
            flag = _flag(doc, whole, region)
            if flag is not None:
                found[number] = flag
    return found


def _flag(doc: Doc, whole: str, region: Region) -> Flag | None:
    text = whole[slice(*region.inner[0])].strip()
    words = _WORD.findall(text)
    if not words or len(words) > LONGEST:
        return None
    left = _STOP.split(whole[max(0, region.start - CONTEXT) : region.start])[-1]
    if MOTTO.search(left):
        return "motto"
    flag = _named(whole, region, words, left)
    said = SAID_BEFORE.search(left) or SAID_AFTER.match(whole, region.end, region.end + CONTEXT)
    if flag is not None or said or len(words) >= SENTENCE:
        return flag
    if len(words) > 1 and is_title(words) and text[-1] not in ".!?":
        return "title"
    return "scare" if _is_phrase(doc, region, text, words, left) else None


def _named(whole: str, region: Region, words: Sequence[str], left: str) -> Flag | None:
    """Return the flag of a name or of a word that is mentioned as a word."""
    if len(words) <= SCARE and (NICKNAME.search(left) or _inside_a_name(whole, region, words)):
        return "nickname"
    if TITLED.search(left) or (WORK.search(left) and is_title(words)):
        return "title"
    if len(words) <= SCARE and TERM.search(left) and not NO_TERM.search(left):
        return "term"
    return None


def is_title(words: Sequence[str]) -> bool:
    """Tell whether words are set like a title: a capital or a digit first, small words in the middle excepted."""
    large = [w for i, w in enumerate(words) if i in (0, len(words) - 1) or w.lower() not in SMALL]
    return all(w[0].isupper() or w[0].isdigit() for w in large) and any(w[0].isupper() for w in large)


def _inside_a_name(text: str, region: Region, words: Sequence[str]) -> bool:
    before = re.search(r"(\w[\w.'’-]*)\s*[(]?$", text[max(0, region.start - 40) : region.start])
    after = re.match(r"[)]?\s+(\w+)", text[region.end : region.end + 40])
    if before is None or after is None or len(words) > 3 or not is_title(words):
        return False
    first, last = before[1], after[1]
    return first[0].isupper() and last[0].isupper() and last[1:].islower() and first.lower() not in CLAUSE | SMALL


def _is_phrase(doc: Doc, region: Region, text: str, words: Sequence[str], left: str) -> bool:
    """Tell whether a short region is part of the sentence around it, and no clause of its own."""
    if SO_CALLED.search(left):
        return True
    if len(words) > SCARE or text[-1] in "!?—-" or words[0].lower() in SPOKEN or not left.strip(" “”\"'‘’("):
        return False
    if text[-1] in ".," and (text[0].isupper() or left.rstrip().endswith((",", ":"))):
        return False
    span = doc.char_span(*region.inner[0], alignment_mode="expand")
    return span is not None and not _has_clause(span, words)


def _has_clause(span: Span, words: Sequence[str]) -> bool:
    if any(w.lower().replace("’", "'") in CLAUSE for w in words):
        return True
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or "Fin" in t.morph.get("VerbForm") for t in span)
