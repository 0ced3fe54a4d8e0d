"""From inputs to shards, anew or on top of an earlier plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.batch.cuts import cut, stamp
from quotes.batch.shards import Part, Shard, group
from quotes.errors import UsageError
from quotes.inputs.document import OnError
from quotes.inputs.files import expand


def plan(
    paths: Sequence[str], format: str, most: int, on_error: OnError, earlier: Sequence[Shard] = ()
) -> tuple[list[Shard], list[Shard]]:
    """Return the shards of the inputs, and those of an earlier plan that no longer hold.

    Shards of an earlier plan whose files have not changed stay as they are, with their numbers; files that are new or
    have changed come behind them. `most` is in bytes. What can't be found goes to `on_error`.
    """
    kept = [s for s in earlier if all(p.stamp in ("?", stamp(p.path)) for p in s.parts)]
    kept = [s for s in kept if all(p.stamp != "?" or stamp(p.path) == "?" for p in s.parts)]
    numbers = {s.number for s in kept}
    covered = {p.path for s in kept for p in s.parts}
    files = (f for f in _files(paths, format, on_error) if f not in covered)
    first = max((s.number for s in earlier), default=-1) + 1
    fresh = list(group((cut(f, format, most) for f in files), first, most))
    return [*kept, *fresh], [s for s in earlier if s.number not in numbers]


def _files(paths: Sequence[str], format: str, on_error: OnError) -> Iterator[str]:
    seen: set[str] = set()
    for path in paths:
        if path == "-":
            raise UsageError("A batch run can't read standard input. Use `quotes extract -`, or give files.")
        for file in expand(path, format, on_error):
            if file not in seen:
                seen.add(file)
                yield file


__all__ = ["Part", "plan"]
