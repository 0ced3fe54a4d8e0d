"""Who is let in: hosts, origins, tokens, sizes and paths; what is refused changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_cases import Desk, first_doc, view
from starlette.testclient import TestClient
from web_desk import client_of

from quotes.web.security import LARGEST, Rules, host_fits

TOKEN = "the-token-of-this-desk"


def decision(desk: Desk, **more: object) -> dict[str, object]:
    quote = view(desk)["quotes"][0]
    return {
        "doc": first_doc(desk),
        "quote": quote["id"],
        "action": "accept",
        "base_revision": quote["revision"],
        "after": {},
        **more,
    }


def untouched(desk: Desk) -> bool:
    return view(desk)["seq"] == 1


def test_a_decision_of_the_desks_own_page_is_let_in(desk: Desk, client: TestClient) -> None:
    answer = client.post("/api/decisions", json=decision(desk), headers={"Origin": "http://127.0.0.1:8765"})
    assert answer.status_code == 200
    assert view(desk)["quotes"][0]["status"] == "accepted"


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"X-Quotes-Desk": ""}, 403, "cross_site"),
        ({"Origin": "https://evil.example"}, 403, "cross_site"),
        ({"Origin": "null"}, 403, "cross_site"),
        ({"Origin": "http://127.0.0.1:9999"}, 403, "cross_site"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "cross_site"),
        ({"Sec-Fetch-Site": "same-site"}, 403, "cross_site"),
        ({"Host": "evil.example"}, 421, "bad_host"),
        ({"Host": "evil.example:8765"}, 421, "bad_host"),
        ({"Host": "127.0.0.1:1"}, 421, "bad_host"),
        ({"Host": "127.0.0.1.evil.example:8765"}, 421, "bad_host"),
        ({"Host": "user@127.0.0.1:8765"}, 421, "bad_host"),
        ({"Host": "127.0.0.1:port"}, 421, "bad_host"),
        ({"Host": ""}, 421, "bad_host"),
        ({"Content-Type": "text/plain"}, 415, "bad_type"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "bad_type"),
        ({"Content-Type": "multipart/form-data"}, 415, "bad_type"),
        ({"Content-Type": ""}, 415, "bad_type"),
    ],
)
def test_cross_site_requests_are_refused(
    desk: Desk, client: TestClient, headers: dict[str, str], status: int, code: str
) -> None:
    answer = client.post("/api/decisions", json=decision(desk), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert untouched(desk)


@pytest.mark.parametrize("path", ["/", "/api/documents", "/api/export", "/static/index.html"])
def test_no_page_is_given_to_another_host(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Host": "evil.example:8765"}).status_code == 421


@pytest.mark.parametrize("path", ["/api/documents", "/api/export?format=html"])
def test_no_other_site_may_read(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert "access-control-allow-origin" not in client.get(path).headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/decisions").status_code == 405


def test_a_get_writes_nothing(client: TestClient) -> None:
    assert client.get("/api/decisions").status_code == 405
    assert client.post("/api/documents", json={}).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/static//etc/passwd",
        "/static/..\\app.py",
        "/static/",
        "/static/css",
        "/../app.py",
        "/etc/passwd",
        "/d/../../etc/passwd",
        "/static/%00",
    ],
)
def test_no_file_outside_the_page_is_given(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("doc", ["..%2f..%2fetc%2fpasswd", "d_none", "%00", "x" * 5000])
def test_a_document_is_looked_up_not_opened(client: TestClient, doc: str) -> None:
    answer = client.get(f"/api/documents/{doc}")
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_ten_megabytes_of_note_are_refused(desk: Desk, client: TestClient) -> None:
    answer = client.post("/api/decisions", json=decision(desk, note="x" * 10_000_000))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert "Nothing was saved" in answer.json()["error"]["message"]
    assert untouched(desk)


def test_a_body_that_does_not_tell_its_length_is_cut_off(desk: Desk, client: TestClient) -> None:
    sent = 0

    def chunks() -> object:
        nonlocal sent
        for _ in range(1000):
            sent += 100_000
            yield b"x" * 100_000

    headers = {"Content-Type": "application/json"}
    assert client.post("/api/decisions", content=chunks(), headers=headers).status_code == 413  # type: ignore[arg-type]
    assert untouched(desk)


def test_a_note_that_is_long_but_let_in_is_refused_by_its_own_limit(desk: Desk, client: TestClient) -> None:
    answer = client.post("/api/decisions", json=decision(desk, note="x" * 30_000))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_long")
    assert LARGEST > 100_000


@pytest.mark.parametrize("length", ["-1", "1e9", "99999999999999999999"])
def test_a_false_length_is_refused(client: TestClient, length: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": length}
    assert client.post("/api/decisions", content=b"{}", headers=headers).status_code == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'"x"'])
def test_a_body_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/decisions", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["message"]


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for path in ("/", "/api/session", "/none", "/static/css/base.css"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] in ("no-store", "no-cache")


def test_without_a_token_nobody_is_let_in(desk: Desk) -> None:
    client = client_of(desk, token=TOKEN)
    for path in ("/", "/api/documents", "/static/css/base.css", "/api/export"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "no_token")
    assert client.post("/api/decisions", json=decision(desk)).status_code == 401
    assert untouched(desk)


@pytest.mark.parametrize("forged", ["", "x", TOKEN.upper(), TOKEN[:-1], TOKEN + "x", "é", "%F0%9F%99%82"])
def test_a_forged_token_lets_nobody_in(desk: Desk, forged: str) -> None:
    client = client_of(desk, token=TOKEN)
    answer = client.get(f"/?token={forged}")
    assert answer.status_code in (401, 403)
    assert "set-cookie" not in answer.headers
    client.cookies.set(Rules(port=8765).cookie, forged.encode("ascii", "replace").decode())
    assert client.get("/api/documents").status_code in (401, 403)
    assert client.post("/api/decisions", json=decision(desk)).status_code in (401, 403)
    assert untouched(desk)


def test_the_token_sets_a_cookie_that_no_script_and_no_other_site_gets(desk: Desk) -> None:
    client = client_of(desk, token=TOKEN)
    answer = client.get(f"/?token={TOKEN}")
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/api/documents").status_code == 200
    assert client.post("/api/decisions", json=decision(desk)).status_code == 200


def test_a_token_in_an_api_address_counts_for_nothing(desk: Desk) -> None:
    assert client_of(desk, token=TOKEN).get(f"/api/documents?token={TOKEN}").status_code == 401


@pytest.mark.parametrize(
    ("given", "host", "token", "fits"),
    [
        ("127.0.0.1:8765", "127.0.0.1", None, True),
        ("localhost:8765", "127.0.0.1", None, True),
        ("[::1]:8765", "::1", None, True),
        ("LOCALHOST:8765", "127.0.0.1", None, True),
        ("192.0.2.7:8765", "192.0.2.7", TOKEN, True),
        ("192.0.2.8:8765", "192.0.2.7", TOKEN, False),
        ("192.0.2.7:8765", "0.0.0.0", TOKEN, True),
        ("newsroom:8765", "0.0.0.0", TOKEN, True),
        ("evil.example:8765", "0.0.0.0", TOKEN, False),
        ("192.0.2.7:8765", "0.0.0.0", None, False),
        ("127.0.0.1", "127.0.0.1", None, False),
    ],
)
def test_hosts(given: str, host: str, token: str | None, fits: bool) -> None:
    assert host_fits(given, Rules(host, 8765, token)) is fits


def test_no_module_of_the_web_reads_a_path_from_a_request() -> None:
    folder = Path(__file__).resolve().parents[2] / "quotes" / "web"
    assert all("open(" not in file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
