"""Run the command line with a stand-in for the pipeline of a batch run; some texts make it slow, raise or die."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from batch_cases import MODEL, read

from quotes.batch import job
from quotes.batch.job import Reader
from quotes.errors import ModelNotFound
from quotes.inputs import Document
from quotes.schema import DocumentRecord

LOADER = "batch_stand_in:load"


def load(options: dict[str, Any]) -> Reader:
    """Return a reader that finds the first word of every text, after `$STAND_IN_SECONDS`."""
    seconds = float(os.environ.get("STAND_IN_SECONDS", "0"))
    if options.get("model") == "none":
        raise ModelNotFound("Can't find the model 'none'.")

    def slow(document: Document) -> DocumentRecord:
        time.sleep(seconds)
        if "SLEEP" in document.text:
            time.sleep(60)
        if "RAISE" in document.text:
            raise ValueError("no such verb")
        if "DIE" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(document)

    return Reader(slow, MODEL)


if __name__ == "__main__":
    job.LOADER = LOADER
    from quotes.cli import main

    main()
