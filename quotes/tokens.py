"""Double quotation marks and dashes as tokens of their own, where spaCy's English rules leave them glued to words."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

DASHES, LAST = r"--+", r"(?<!-)--+"
INSIDE = (
    r",(?=--)",
    DASHES,
    "[“”]",
    '[—–](?=["“”])',
    '(?<=["“”])[—–]',
    '(?<=[—–.,!?“”-])"',
    '"(?=[—–“”-])',
    '(?<=[^\\W\\d_])"(?=[^\\W\\d_])',
)
"""Between letters, as in `said Ann--"that is all"`, `he left."No"` or `“No.”“Yes.”`; the mark of `5'10"` is none."""


def part_marks(nlp: Language) -> Language:
    """Have the tokenizer of a pipeline part marks and double dashes from words, beside spaCy's
    own rules for the language. A tokenizer that is not spaCy's stays."""
    if isinstance(nlp.tokenizer, Tokenizer):
        rules = nlp.Defaults
        nlp.tokenizer.prefix_search = compile_prefix_regex([*(rules.prefixes or ()), DASHES]).search
        nlp.tokenizer.suffix_search = compile_suffix_regex([*(rules.suffixes or ()), LAST]).search
        nlp.tokenizer.infix_finditer = compile_infix_regex([*INSIDE, *(rules.infixes or ())]).finditer
    return nlp
