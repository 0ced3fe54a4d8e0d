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


def in_short(error: Exception, most: int = 120) -> str:
    """Return what a library's exception says on one line of at most `most` characters, or else its name."""
    return " ".join(str(error).split())[:most] or type(error).__name__


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


class ReaderMissing(InputError):
    """The package that reads an input of this kind is not installed; the message names the extra that brings it."""

    code = "Q205"


class TooLong(InputError):
    """An input, or one line of it, is longer than `--max-mb` allows."""

    code = "Q206"


class Damaged(InputError):
    """A file of a known kind is cut short or broken, or is protected by a password."""

    code = "Q207"


class TextMissing(InputError):
    """An output format needs the text, and neither the record nor `--text` has it."""

    code = "Q208"


class NotWritten(InputError):
    """The files of one document can't be written; the others may be."""

    code = "Q209"


class BadGold(QuotesError):
    """A gold or prediction file does not have the documented form."""

    code = "Q301"


class OutputError(QuotesError):
    """The output can't be written."""

    code = "Q401"
    exit_status = 1


class StoreError(QuotesError):
    """A review database can't be used: missing, not a database, damaged."""

    code = "Q501"
    exit_status = 1


class StoreVersion(StoreError):
    """A database of another version, or of another program."""

    code = "Q502"


class StoreBusy(StoreError):
    """Another program holds the lock of the database."""

    code = "Q503"


class StoreReadOnly(StoreError):
    """The database or its folder may not be written to."""

    code = "Q504"


class StoreFull(StoreError):
    """The disk is full, or fails."""

    code = "Q505"


class ServerError(QuotesError):
    """The desk can't listen: the port is in use, or the address is not this machine's."""

    code = "Q511"
    exit_status = 1


class BatchMismatch(QuotesError):
    """The folder of a batch run has results of another configuration, or can't be read as such a folder."""

    code = "Q601"


class BatchBusy(QuotesError):
    """Another run works on the same folder."""

    code = "Q602"
    exit_status = 1


class ShardFailed(InputError):
    """A shard of a batch run has no result; a second run does it again."""

    code = "Q603"


class DocumentFailed(InputError):
    """A document was too long, took too long, or broke the reader; its record is empty and says so."""

    code = "Q604"


class QuotesWarning(UserWarning):
    """Something a user may want to know that is not an error."""
