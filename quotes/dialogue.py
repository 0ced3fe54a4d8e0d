"""Speakers of quotations without a source: repeats, shared paragraphs, action beats and alternating turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One quotation as dialogue sees it. `speaker` is a cluster or None; `paragraph` its paragraph number; `beat` the
    cluster of the subject of the narration in its paragraph; `named` the clusters that its content addresses or
    mentions (they are not its speaker); `repeats` the index of a quotation that it repeats."""

    paragraph: int
    speaker: int | None
    direct: bool = True
    beat: int | None = None
    named: frozenset[int] = frozenset()
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A speaker that dialogue decides on, how sure it is, and by which rule."""

    speaker: int
    confidence: float
    code: str


GAP = 2


def guess_speakers(turns: Sequence[Turn]) -> list[Guess | None]:
    """Return a guess for each turn without a speaker (None where nothing decides), in order, in linear time."""
    known: list[int | None] = [t.speaker for t in turns]
    guesses: list[Guess | None] = [None] * len(turns)
    for i, turn in enumerate(turns):
        if known[i] is None and turn.repeats is None:
            guesses[i] = _guess(turns, known, i)
            known[i] = guesses[i].speaker if guesses[i] else None  # type: ignore[union-attr]
    for i, turn in enumerate(turns):
        if turn.speaker is None and turn.repeats is not None:
            speaker = known[turn.repeats]
            guesses[i] = Guess(speaker, 0.95, "speaker:repeat") if speaker is not None else None
    return guesses


def _guess(turns: Sequence[Turn], known: Sequence[int | None], i: int) -> Guess | None:
    turn = turns[i]
    same = _same_paragraph(turns, known, i)
    if same is not None:
        return Guess(same, 0.85, "speaker:paragraph")
    if turn.beat is not None and turn.direct and turn.beat not in turn.named:
        return Guess(turn.beat, 0.6, "speaker:beat")
    other = _turn_taker(turns, known, i)
    return Guess(other, 0.5, "speaker:turns") if other is not None and turn.direct else None


def _same_paragraph(turns: Sequence[Turn], known: Sequence[int | None], i: int) -> int | None:
    for j in (i - 1, i + 1):
        if 0 <= j < len(turns) and turns[j].paragraph == turns[i].paragraph and turns[j].direct == turns[i].direct:
            speaker = known[j]
            if speaker is not None:
                return speaker
    return None


def _turn_taker(turns: Sequence[Turn], known: Sequence[int | None], i: int) -> int | None:
    """Return who spoke before the last speaker, where the paragraphs since then are all dialogue."""
    paragraph, last = turns[i].paragraph, None
    for j in range(i - 1, max(-1, i - 12), -1):
        if paragraph - turns[j].paragraph > GAP:
            return None
        paragraph = turns[j].paragraph
        if known[j] is None:
            return None
        if last is None:
            last = known[j]
        elif known[j] != last and turns[j].paragraph < turns[i].paragraph:
            return known[j] if known[j] not in turns[i].named else None
    return None
