"""Units of work: a shard is one or more files, or a piece of one; it becomes one file of records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or a piece of one. `stamp` is size and time of change of the file when it was planned.

    `start` to `end` are bytes of a file that is cut by bytes, `line` the number of the first line there; `row_groups`
    are those of a Parquet file. `size` is in bytes, as far as it is known.
    """

    path: str
    format: str
    size: int
    stamp: str
    start: int = 0
    end: int | None = None
    line: int = 1
    row_groups: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """Parts that are read one after another by one worker. `number` says where its records stand in the whole."""

    number: int
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The name of its files, e.g. `part-00017`."""
        return f"part-{self.number:05}"

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(part.size for part in self.parts)

    @property
    def key(self) -> str:
        """A hash of what it reads, so that a result of something else is told apart."""
        return hashlib.sha256(json.dumps(self.to_dict()["parts"]).encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Shard:
        """Return the shard that `to_dict` made. Raises `KeyError` or `TypeError` for anything else."""
        parts = [Part(**p | {"row_groups": p["row_groups"] and tuple(p["row_groups"])}) for p in data["parts"]]
        return cls(int(data["number"]), tuple(parts))


def group(pieces: Iterable[Sequence[Part]], first: int, most: int) -> Iterator[Shard]:
    """Yield shards of about `most` bytes from the parts of each file, numbered from `first`.

    A file that was cut gives one shard a part; small whole files stand together in one.
    """
    number = first
    waiting: list[Part] = []
    for parts in pieces:
        full = bool(waiting) and sum(p.size for p in (*waiting, *parts)) > most
        if waiting and (full or len(parts) > 1 or len(waiting) >= MOST_FILES):
            yield Shard(number, tuple(waiting))
            number, waiting = number + 1, []
        if len(parts) == 1:
            waiting.extend(parts)
            continue
        for part in parts:
            yield Shard(number, (part,))
            number += 1
    if waiting:
        yield Shard(number, tuple(waiting))


MOST_FILES = 2000
