"""Speakers of quotations without a source: each rule, its limits, and the order of the rules."""

from __future__ import annotations

from typing import Any

from quotes.dialogue import Guess, Turn, guess_speakers

ANN, BOB, CYD = 0, 1, 2


def codes(*turns: Turn) -> list[tuple[int, str] | None]:
    """Return (speaker, code) of each guess."""
    return [(g.speaker, g.code) if g is not None else None for g in guess_speakers(turns)]


def test_no_turns() -> None:
    assert guess_speakers([]) == []


def test_a_known_speaker_gets_no_guess() -> None:
    assert codes(Turn(0, ANN), Turn(1, BOB, beat=CYD)) == [None, None]


def test_a_repeat_has_the_speaker_of_what_it_repeats_wherever_it_stands() -> None:
    assert codes(Turn(0, None, repeats=1), Turn(5, ANN)) == [(ANN, "speaker:repeat"), None]
    assert codes(Turn(0, None, repeats=1), Turn(9, None)) == [None, None]


def test_a_repeat_has_the_guessed_speaker_of_what_it_repeats() -> None:
    assert codes(Turn(0, None, repeats=1), Turn(5, None, beat=BOB))[0] == (BOB, "speaker:repeat")


def test_the_same_paragraph_shares_its_speaker_both_ways() -> None:
    assert codes(Turn(3, ANN), Turn(3, None)) == [None, (ANN, "speaker:paragraph")]
    assert codes(Turn(3, None), Turn(3, ANN)) == [(ANN, "speaker:paragraph"), None]


def test_indirect_speech_does_not_lend_its_speaker_to_direct_speech() -> None:
    assert codes(Turn(3, ANN, direct=False), Turn(3, None)) == [None, None]


def test_the_beat_of_a_paragraph_speaks_but_not_one_who_is_addressed() -> None:
    assert codes(Turn(0, None, beat=ANN)) == [(ANN, "speaker:beat")]
    assert codes(Turn(0, None, beat=ANN, named=frozenset({ANN}))) == [None]
    assert codes(Turn(0, None, beat=ANN, direct=False)) == [None]


def test_the_shared_paragraph_goes_before_the_beat() -> None:
    assert codes(Turn(0, BOB), Turn(0, None, beat=ANN))[1] == (BOB, "speaker:paragraph")


def test_two_speakers_take_turns() -> None:
    found = codes(Turn(0, ANN), Turn(1, BOB), Turn(2, None), Turn(3, None), Turn(4, None))
    assert found == [None, None, (ANN, "speaker:turns"), (BOB, "speaker:turns"), (ANN, "speaker:turns")]


def test_turns_need_two_speakers() -> None:
    assert codes(Turn(0, ANN), Turn(1, None)) == [None, None]
    assert codes(Turn(0, ANN), Turn(1, ANN), Turn(2, None))[2] is None


def test_turns_stop_at_narration() -> None:
    assert codes(Turn(0, ANN), Turn(1, BOB), Turn(9, None))[2] is None
    assert codes(Turn(0, ANN), Turn(7, BOB), Turn(8, None))[2] is None


def test_turns_stop_at_an_unknown_speaker() -> None:
    assert codes(Turn(0, ANN), Turn(1, BOB), Turn(9, None), Turn(10, None)) == [None] * 4


def test_whoever_is_addressed_does_not_take_the_turn() -> None:
    assert codes(Turn(0, ANN), Turn(1, BOB), Turn(2, None, named=frozenset({ANN})))[2] is None


def test_confidence_falls_from_rule_to_rule() -> None:
    turns = [
        Turn(0, ANN),
        Turn(1, BOB),
        Turn(2, None),
        Turn(3, None, beat=ANN),
        Turn(3, None),
        Turn(9, None, repeats=0),
    ]
    found = {g.code: g.confidence for g in guess_speakers(turns) if isinstance(g, Guess)}
    order = ["speaker:repeat", "speaker:paragraph", "speaker:beat", "speaker:turns"]
    assert [found[c] for c in order] == sorted((found[c] for c in order), reverse=True)
    assert all(0 < c < 1 for c in found.values())


class Counted(list[Turn]):
    """A list that counts how often its items are looked at."""

    looks = 0

    def __getitem__(self, i: Any) -> Any:
        self.looks += 1
        return super().__getitem__(i)


def test_a_long_dialogue_takes_linear_time() -> None:
    def looks(n: int) -> int:
        turns = Counted([Turn(0, ANN), Turn(1, BOB), *(Turn(i, None) for i in range(2, n))])
        assert guess_speakers(turns)[-1] is not None
        return turns.looks

    assert looks(4_000) < 2.1 * looks(2_000)
