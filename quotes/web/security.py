"""Who may speak to the desk: the Host header, cross-site requests, the token, the size of a body."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotes.web.answers import problem

LARGEST = 1_000_000
"""Bytes of a request's body."""
MARK = "x-quotes-desk"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is let in. `host` is the bound address, `token` None where none is asked for."""

    host: str = "127.0.0.1"
    port: int = 0
    token: str | None = None
    largest: int = LARGEST

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies don't know ports, so it has the port in it."""
        return f"quotes_desk_{self.port}"


class TooLarge(Exception):
    """A body without a length turns out to be larger than is let in; the application answers with `too_large`."""


class Guard:
    """The outermost application: refuses what the rules don't let in, and adds the headers of every answer."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookie = self._cookie(scope)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found[name] = value
                if "cache-control" not in found:
                    found["Cache-Control"] = "no-store"
                if cookie:
                    found.append("Set-Cookie", cookie)
            await send(message)

        refused = refusal(scope, headers, self.rules)
        if refused is not None:
            cookie = ""
            await refused(scope, receive, sending)
            return
        await self.app(scope, limited(receive, self.rules.largest), sending)

    def _cookie(self, scope: Scope) -> str:
        if self.rules.token is None or not _token_in_query(scope):
            return ""
        return f"{self.rules.cookie}={self.rules.token}; HttpOnly; SameSite=Strict; Path=/"


def refusal(scope: Scope, headers: Headers, rules: Rules) -> Any:
    """Return the answer to a request that is not let in, None for one that is."""
    if not host_fits(headers.get("host", ""), rules):
        return problem(421, "bad_host", "This desk does not answer to that host name. Use the address it printed.")
    if headers.get("sec-fetch-site") in ("cross-site", "same-site") and scope["path"].startswith("/api/"):
        return problem(403, "cross_site", "Requests from other sites are refused.")
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return problem(403, "cross_site", "Requests from other sites are refused.")
    if scope["method"] not in ("GET", "HEAD", "POST"):
        return problem(405, "bad_method", "Only GET and POST are understood.")
    refused = _token_refusal(scope, headers, rules)
    if refused is not None or scope["method"] != "POST":
        return refused
    if headers.get(MARK) != "1":
        return problem(403, "cross_site", "The header X-Quotes-Desk is missing: only the desk's own page may write.")
    if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return problem(415, "bad_type", "The body must be application/json.")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > rules.largest:
        return too_large(rules.largest)
    return None


def too_large(largest: int) -> Any:
    """Return the answer to a body that is too large."""
    return problem(413, "too_large", f"That is more than {largest:,} bytes. Nothing was saved: shorten the note.")


def host_fits(given: str, rules: Rules) -> bool:
    """Return whether a Host header names this server: the loopback, the bound address, any address if bound to all."""
    try:
        parts = urlsplit(f"//{given}")
        name, port = parts.hostname or "", parts.port or 80
    except ValueError:
        return False
    if port != rules.port or parts.username is not None:
        return False
    if name in LOOPBACK or name == rules.host.strip("[]").lower():
        return True
    # bound to all addresses, a name that was made to point here has no cookie with the token
    return rules.host in ("0.0.0.0", "::") and rules.token is not None and (_is_address(name) or "." not in name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _token_refusal(scope: Scope, headers: Headers, rules: Rules) -> Any:
    if rules.token is None:
        return None
    given = _token_in_query(scope) if scope["method"] == "GET" else None
    given = given or _token_in_cookie(headers.get("cookie", ""), rules.cookie)
    if given is None:
        return problem(401, "no_token", "Open the address with ?token=... that the desk printed when it started.")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), rules.token.encode()):
        return problem(403, "bad_token", "That token is not the one of this desk. Open the address that it printed.")
    return None


def _token_in_query(scope: Scope) -> str | None:
    found = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token")
    return found[0] if found and not scope["path"].startswith("/api/") else None


def _token_in_cookie(header: str, name: str) -> str | None:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return None if found is None else found.value


def limited(receive: Receive, largest: int) -> Receive:
    """Return a `receive` that stops a body of unknown length when it gets too large."""
    size = 0

    async def receiving() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise TooLarge
        return message

    return receiving
