"""Plain data that passes between the modules: frozen, slotted, no spaCy and no pydantic in here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

QuoteType = Literal["direct", "mixed", "indirect"]
Form = Literal["name", "pronoun", "nominal"]
Kind = Literal["person", "organization", "group", "document", "anonymous", "unknown"]
Reason = Literal["no_source", "pronoun_unresolved", "ambiguous_name", "unnamed_source", "low_confidence"]
Flag = Literal["scare", "title", "nickname", "motto", "term", "unattributed"]
Range = tuple[int, int]
"""Half-open range: of characters in `Region`, of tokens everywhere else."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of text between quotation marks, in characters (code points) of the text.

    `parts` has one range per paragraph, marks included; a quotation whose marks are re-opened at each paragraph is
    one region with several parts. `inner` are the same ranges without the marks. `depth` 0 is outermost.
    `closed` is false where the closing mark is missing and the end was recovered (end of the paragraph).
    """

    parts: tuple[Range, ...]
    inner: tuple[Range, ...]
    depth: int = 0
    closed: bool = True
    style: str = "curly"

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]


@dataclass(frozen=True, slots=True)
class Reading:
    """One quotation as a reader (marks, rules or the model) found it. All ranges are tokens of the Doc.

    `content` has one range per contiguous part, in text order; `cue` and `source` may be empty.
    `score` (0 to 1) is how sure the reader is of the whole triple; `evidence` are short machine-readable codes such
    as `marks:double`, `cue:verb:say`, `syntax:ccomp`, `model`. `by` is who found it.
    """

    content: tuple[Range, ...]
    cue: tuple[Range, ...] = ()
    source: tuple[Range, ...] = ()
    type: QuoteType = "indirect"
    score: float = 0.5
    evidence: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    by: str = "rules"

    @property
    def start(self) -> int:
        return self.content[0][0]

    @property
    def end(self) -> int:
        return self.content[-1][1]


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that can name somebody who speaks. `start`, `end`, `head` are tokens.

    `form` is `name`, `pronoun` or `nominal`; `name` is the bare name without title ("Jeff Sessions"), `role` the
    title or description beside it ("US attorney general"); `kind` as in the records.
    """

    start: int
    end: int
    head: int
    form: Form
    kind: Kind = "unknown"
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions of one entity in text order. `name` is its canonical name (never empty)."""

    mentions: tuple[Mention, ...]
    name: str
    kind: Kind = "unknown"
    role: str | None = None
    aliases: tuple[str, ...] = field(default=())
