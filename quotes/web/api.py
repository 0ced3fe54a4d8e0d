"""The JSON API: reads a request, calls the desk in a thread, and turns every error into an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotes.errors import QuotesError, StoreBusy, StoreFull
from quotes.review import present
from quotes.review import spans as checked
from quotes.review.desk import Desk
from quotes.review.errors import DeskError
from quotes.review.values import FINAL, Json
from quotes.web.answers import answer, problem
from quotes.web.keys import KEYS


def routes(desk: Desk, reviewer: str, version: str) -> list[Route]:
    """Return the routes under /api. `reviewer` is the name of who has given none."""

    def get(path: str, run: Callable[[str, Request], Any]) -> Route:
        async def endpoint(request: Request) -> Response:
            return await answered(lambda: run(_reviewer(request, reviewer), request))

        return Route(path, endpoint, methods=["GET"])

    def post(path: str, run: Callable[[str, Json, Request], Json]) -> Route:
        async def endpoint(request: Request) -> Response:
            raw = await request.body()
            return await answered(lambda: run(_reviewer(request, reviewer), _object(raw), request))

        return Route(path, endpoint, methods=["POST"])

    def session(name: str, request: Request) -> Json:
        return {"reviewer": name, "version": version, "keys": KEYS, "blind": True, **desk.session()}

    return [
        get("/api/session", session),
        get("/api/documents", lambda name, _: desk.documents(name)),
        get("/api/documents/{doc}", lambda name, r: desk.document(name, r.path_params["doc"])),
        post("/api/documents/{doc}/finish", partial(_finish, desk)),
        post("/api/decisions", lambda name, body, _: desk.decide(name, body)),
        post("/api/decisions/bulk", lambda name, body, _: desk.accept_above(name, body)),
        get("/api/queue", lambda name, r: desk.queue(name, r.query_params.get("doc"), r.query_params.get("order"))),
        post("/api/spans/step", lambda name, body, _: desk.step(name, body)),
        get("/api/agreement", lambda name, _: desk.agreement()),
        get("/api/adjudication/{doc}", lambda name, r: desk.adjudication(r.path_params["doc"])),
        post("/api/adjudication", lambda name, body, _: desk.settle(name, body)),
        get("/api/export", partial(_export, desk)),
        post("/api/undo", lambda name, body, _: desk.turn(name, "undo", body)),
        post("/api/redo", lambda name, body, _: desk.turn(name, "redo", body)),
        post("/api/speakers", lambda name, body, _: desk.speakers(name, body)),
    ]


def _finish(desk: Desk, name: str, body: Json, request: Request) -> Json:
    return desk.finish(name, request.path_params["doc"], body.get("finished", True) is not False)


def _export(desk: Desk, name: str, request: Request) -> Response:
    format, given = request.query_params.get("format", "jsonl"), request.query_params.get("reviewer")
    name = checked.name(given) if given else name  # a link can't send the header
    text, media = desk.export(name, format, request.query_params.get("doc"))
    ending = {"webannotation": "jsonld", "log": "log.jsonl"}.get(format, format)
    headers = {"Content-Disposition": f'attachment; filename="quotes-reviewed.{ending}"'}
    return Response(text.encode("utf-8", "replace"), media_type=media, headers=headers)


async def answered(run: Callable[[], Any]) -> Response:
    """Run a function in a thread and answer with what it returns, or with its error."""
    try:
        found = await run_in_threadpool(run)
    except DeskError as error:
        return problem(error.status, error.code, error.message, **_extra(error.extra))
    except QuotesError as error:
        status = 507 if isinstance(error, StoreFull) else 503
        code = "disk_full" if status == 507 else "locked" if isinstance(error, StoreBusy) else "unwritable"
        return problem(status, code, f"Not saved. {error.message}")
    return found if isinstance(found, Response) else answer(found)


def _extra(extra: Json) -> Json:
    """Return what goes beside an error: the quotation, or the speakers, as they are now."""
    if "shown" in extra:
        view, shown = extra["shown"]
        return {"quote": present.quote(view, shown, orphaned=shown in view.orphaned)}
    if "view" in extra:
        return {"speakers": present.speakers(extra["view"])}
    return extra


def _reviewer(request: Request, default: str) -> str:
    given = request.headers.get("x-reviewer")
    name = checked.name(unquote(given)) if given else default
    if name.casefold() == FINAL:
        raise DeskError("bad_name", f"A reviewer can't be called '{FINAL}'. Choose another name.", 400)
    return name


def _object(raw: bytes) -> Json:
    try:
        body = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as error:
        raise DeskError("bad_json", "The body is not valid JSON.", 400) from error
    if not isinstance(body, dict):
        raise DeskError("bad_json", "The body must be a JSON object.", 400)
    return body
