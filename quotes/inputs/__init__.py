"""Inputs: files, directories and standard input as a stream of documents."""

from quotes.inputs.document import Document
from quotes.inputs.reading import read_inputs

__all__ = ["Document", "read_inputs"]
