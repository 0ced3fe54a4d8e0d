"""Errors a user can meet: one class per kind of failure, each with a stable code and an exit status."""

from __future__ import annotations


class QuotesError(Exception):
    """Base of all errors that a user can cause and cure. `code` is stable, `exit_status` is for the shell."""

    code = "Q000"
    exit_status = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return f"[{self.code}] {self.message}"


class UsageError(QuotesError):
    """A wrong flag, key or combination of options."""

    code = "Q001"


class ConfigError(QuotesError):
    """A configuration file or value that can't be used."""

    code = "Q002"


class ModelNotFound(QuotesError):
    """A spaCy pipeline or a model of ours is not installed."""

    code = "Q101"
    exit_status = 3


class ModelDamaged(QuotesError):
    """A model file exists but its checksum or its content is wrong."""

    code = "Q102"
    exit_status = 3


class DataMissing(QuotesError):
    """A data file that a command was pointed to does not exist."""

    code = "Q103"
    exit_status = 3


class ExtraMissing(QuotesError):
    """An optional package is needed; the message names the extra that brings it."""

    code = "Q104"
    exit_status = 3


class InputError(QuotesError):
    """One input can't be read; the rest of the run goes on."""

    code = "Q201"
    exit_status = 1


class InputMissing(InputError):
    """A path does not exist or may not be read."""

    code = "Q202"


class NotText(InputError):
    """The bytes are not text (a binary file, a PDF given as text)."""

    code = "Q203"


class BadLine(InputError):
    """A line of JSON Lines is not valid or lacks the wanted key."""

    code = "Q204"


class BadGold(QuotesError):
    """A gold or prediction file does not have the documented form."""

    code = "Q301"


class OutputError(QuotesError):
    """The output can't be written."""

    code = "Q401"
    exit_status = 1


class QuotesWarning(UserWarning):
    """Something a user may want to know that is not an error."""
