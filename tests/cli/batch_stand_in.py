"""Run the command line with a stand-in for the pipeline of a batch run; some texts make it slow, raise or die."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from cli_cases import MODEL, record

from quotes.batch import job
from quotes.batch.job import Reader
from quotes.ids import text_hash
from quotes.inputs import Document
from quotes.schema import DocumentRecord


def load(options: dict[str, Any]) -> Reader:
    """Return a reader that finds the same quotation in every text, after `$STAND_IN_SECONDS`."""
    seconds = float(os.environ.get("STAND_IN_SECONDS", "0"))

    def read(document: Document) -> DocumentRecord:
        time.sleep(seconds)
        if "SLEEP" in document.text:
            time.sleep(60)
        if "RAISE" in document.text:
            raise ValueError("no such verb")
        if "DIE" in document.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        sha = text_hash(document.text)
        return record(id=document.id).model_copy(update={"text_sha256": sha, "text": None, "meta": document.meta})

    return Reader(read, MODEL)


if __name__ == "__main__":
    job.LOADER = "batch_stand_in:load"
    from quotes.cli import main

    main()
