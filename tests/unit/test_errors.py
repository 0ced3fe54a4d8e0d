"""Error classes: stable codes, one class each, exit statuses of the documented kinds."""

from __future__ import annotations

import warnings

import pytest

from quotes import errors
from quotes.errors import InputError, QuotesError, QuotesWarning, in_short

CODES = {
    "UsageError": ("Q001", 2),
    "ConfigError": ("Q002", 2),
    "ModelNotFound": ("Q101", 3),
    "ModelDamaged": ("Q102", 3),
    "DataMissing": ("Q103", 3),
    "ExtraMissing": ("Q104", 3),
    "InputError": ("Q201", 1),
    "InputMissing": ("Q202", 1),
    "NotText": ("Q203", 1),
    "BadLine": ("Q204", 1),
    "ReaderMissing": ("Q205", 1),
    "TooLong": ("Q206", 1),
    "Damaged": ("Q207", 1),
    "TextMissing": ("Q208", 1),
    "NotWritten": ("Q209", 1),
    "BadGold": ("Q301", 2),
    "OutputError": ("Q401", 1),
    "BatchMismatch": ("Q601", 2),
    "BatchBusy": ("Q602", 1),
    "ShardFailed": ("Q603", 1),
    "DocumentFailed": ("Q604", 1),
    "StoreError": ("Q501", 1),
    "StoreVersion": ("Q502", 1),
    "StoreBusy": ("Q503", 1),
    "StoreReadOnly": ("Q504", 1),
    "StoreFull": ("Q505", 1),
    "ServerError": ("Q511", 1),
}


def classes(base: type[QuotesError] = QuotesError) -> dict[str, type[QuotesError]]:
    found: dict[str, type[QuotesError]] = {}
    for cls in base.__subclasses__():
        found |= {cls.__name__: cls, **classes(cls)}
    return {name: cls for name, cls in found.items() if cls.__module__ == errors.__name__}


def test_codes_and_exit_statuses_do_not_change() -> None:
    found = {name: (cls.code, cls.exit_status) for name, cls in classes().items()}
    assert {name: found.get(name) for name in CODES} == CODES


def test_no_code_is_used_twice() -> None:
    codes = [QuotesError.code, *(cls.code for cls in classes().values())]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", sorted(CODES))
def test_the_code_is_shown(name: str) -> None:
    error = classes()[name]("It broke. Mend it.")
    assert str(error) == f"[{CODES[name][0]}] It broke. Mend it."
    assert error.message == "It broke. Mend it."


def test_one_bad_input_can_be_caught_as_such() -> None:
    assert {n for n, c in classes().items() if issubclass(c, InputError)} >= {"InputMissing", "NotText", "BadLine"}


def test_the_warning_can_be_silenced_by_its_class() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", QuotesWarning)
        warnings.warn("quiet", QuotesWarning, stacklevel=1)


def test_a_library_s_exception_in_short() -> None:
    assert in_short(ValueError("bad\n  magic   number")) == "bad magic number"
    assert in_short(ValueError("x" * 200), 80) == "x" * 80
    assert in_short(EOFError()) == "EOFError"
