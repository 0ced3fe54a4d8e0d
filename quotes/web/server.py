"""Serve the desk: bind a port, tell the address, run until stopped."""

from __future__ import annotations

import errno
import ipaddress
import secrets
import socket
from collections.abc import Callable

from quotes.errors import ServerError
from quotes.review.desk import Desk
from quotes.web.app import make_app
from quotes.web.security import Rules

PORT = 8765


def bind(host: str, port: int | None) -> socket.socket:
    """Return a listening socket; without a port, `PORT` or else a free one. Raises `ServerError`."""
    try:
        return _listen(host, PORT if port is None else port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and port is None:
            return bind(host, 0)
        if error.errno == errno.EADDRINUSE:
            raise ServerError(f"Port {port} is in use. Choose another with --port, or leave it out.") from error
        if error.errno == errno.EACCES:
            raise ServerError(f"Port {port} may not be used. Choose one from 1024 with --port.") from error
        raise ServerError(f"Can't listen on '{host}': {error.strerror}. Give an address of this machine.") from error
    except OverflowError as error:
        raise ServerError(f"There is no port {port}. Choose one from 1024 to 65535 with --port.") from error


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named; without it an answer waits 40 ms for an ACK
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(128)
    except BaseException:
        listening.close()
        raise
    return listening


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def serve(
    desk: Desk, *, host: str, port: int | None, reviewer: str, token: str | None, started: Callable[[str], None]
) -> None:
    """Serve until interrupted. `started` is called with the address when requests can come.

    A token is made where the address can be reached from other machines and none is given.
    """
    import uvicorn

    token = token or (None if is_loopback(host) else secrets.token_urlsafe(24))
    with bind(host, port) as listening:
        number = listening.getsockname()[1]
        app = make_app(desk, reviewer=reviewer, rules=Rules(host, number, token))
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
        server = uvicorn.Server(config)
        started(address(host, number, token))
        server.run(sockets=[listening])


def address(host: str, port: int, token: str | None) -> str:
    """Return the address to open."""
    name = f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")
