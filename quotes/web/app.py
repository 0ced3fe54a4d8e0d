"""The application: the API, the page's files, and the page itself for every address that it shows."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from quotes import __version__
from quotes.review.desk import Desk
from quotes.web.answers import problem
from quotes.web.api import routes
from quotes.web.security import Guard, Rules, TooLarge, too_large

STATIC = Path(__file__).parent / "static"
PAGES = ("/", "/d/{doc}", "/adjudicate", "/adjudicate/{doc}", "/speakers/{doc}")


class Files(StaticFiles):
    """The page's files; a browser asks again every time, so that an update is seen."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file of the folder."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def make_app(desk: Desk, *, reviewer: str, rules: Rules) -> ASGIApp:
    """Return the application for a desk."""
    mimetypes.add_type("text/javascript", ".js")
    mimetypes.add_type("text/javascript", ".mjs")

    async def page(request: Request) -> Response:
        return FileResponse(STATIC / "index.html", media_type="text/html")

    async def failed(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        words = {404: ("not_found", "There is nothing at this address."), 405: ("bad_method", "Not with this method.")}
        code, message = words.get(status, ("failed", "Something went wrong; nothing was saved."))
        return problem(status, code, message)

    async def cut_off(request: Request, error: Exception) -> Response:
        answer: Response = too_large(rules.largest)
        return answer

    app = Starlette(
        routes=[
            *(Route(path, page) for path in PAGES),
            *routes(desk, reviewer, __version__),
            Mount("/static", Files(directory=STATIC, check_dir=False)),
        ],
        exception_handlers={HTTPException: failed, TooLarge: cut_off, 500: failed},
    )
    return Guard(app, rules)
