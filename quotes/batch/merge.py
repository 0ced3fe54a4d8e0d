"""The records of a run as one stream, in the order of the inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quotes.batch.drafts import whole_lines
from quotes.batch.folder import Folder
from quotes.batch.job import Job
from quotes.batch.run import State
from quotes.schema import DocumentRecord


def records(folder: Folder, job: Job, state: State) -> Iterator[DocumentRecord]:
    """Yield the records of all shards that are done."""
    packed = bool(job.options.get("gzip"))
    for shard in state.shards:
        if shard.number in state.done:
            for line in whole_lines(folder.part(shard, packed)):
                yield DocumentRecord.model_validate(json.loads(line))
