"""Start servers fast: imports everything once, then forks a server for every line on standard input.

Prints the process id and the address of each. The children run what `quotes review` runs, and can be killed.
"""

from __future__ import annotations

import os
import sys

import uvicorn  # noqa: F401 - imported before the fork

from quotes.review.database import open_store
from quotes.review.desk import Desk
from quotes.web.server import serve


def started(url: str) -> None:
    sys.stdout.write(f"{os.getpid()} {url}\n")
    sys.stdout.flush()


def main() -> None:
    """Fork a server per line; return when standard input ends."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            store = open_store(line.strip())
            serve(Desk(store), host="127.0.0.1", port=0, reviewer="Ann", token=None, started=started)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
