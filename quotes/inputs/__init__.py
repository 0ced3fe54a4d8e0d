"""Inputs: files, directories and standard input as a stream of documents.

`read_inputs` takes paths; `read_stream` one opened stream, or a part of one; `READERS` has the formats by name.
"""

from quotes.inputs.document import Document
from quotes.inputs.reading import How, read_file, read_inputs, read_stream
from quotes.inputs.registry import READERS, Keys

__all__ = ["READERS", "Document", "How", "Keys", "read_file", "read_inputs", "read_stream"]
