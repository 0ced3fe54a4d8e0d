"""The JSON API, and the addresses of the page: what each answers."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from desk_cases import Desk, decide, first_doc, view
from starlette.testclient import TestClient
from web_desk import client_of

from quotes.errors import StoreBusy, StoreFull, StoreReadOnly
from quotes.schema import DocumentRecord


def post(client: TestClient, path: str, **body: object) -> dict[str, object]:
    answer = client.post(path, json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_the_session_says_who_and_what(client: TestClient) -> None:
    found = client.get("/api/session").json()
    assert (found["reviewer"], found["blind"], found["reviewers"]) == ("Ann", True, [])
    assert found["keys"]["accept"] == "a"
    assert found["pipeline"]["pipeline"] == "rules"


def test_a_name_in_the_header_may_have_any_letters(client: TestClient, desk: Desk) -> None:
    client.headers["X-Reviewer"] = "Zo%C3%AB%20%F0%9F%99%82"
    assert client.get("/api/session").json()["reviewer"] == "Zoë 🙂"
    post(client, "/api/decisions/bulk", doc=None, above=0.0)
    assert desk.documents("Zoë 🙂")["progress"]["decided"] == 4


@pytest.mark.parametrize("name", ["final", "FINAL", "x" * 300, "%20"])
def test_names_that_no_reviewer_can_have(client: TestClient, name: str) -> None:
    assert client.get("/api/documents", headers={"X-Reviewer": name}).status_code in (400, 413, 422)


def test_one_article_from_list_to_decision_to_undo(client: TestClient) -> None:
    doc = client.get("/api/documents").json()["documents"][0]["id"]
    found = client.get(f"/api/documents/{doc}").json()
    text, quote = found["document"]["text"], found["quotes"][0]
    assert [text[s:e] for s, e in quote["content"]] == ["“Point 0 will stand,”"]
    assert found["document"]["paragraphs"][0] == [0, len("The council met.")]
    assert (found["document"]["lang"], found["document"]["dir"]) == ("en", "ltr")
    assert quote["speaker"]["name"] == "Ann Lee"
    assert quote["reason"] == "Ann Lee: It stands between quotation marks."
    done = post(client, "/api/decisions", doc=doc, quote=quote["id"], action="accept", base_revision=quote["revision"])
    assert (done["left"], done["quote"]["status"]) == (3, "accepted")  # type: ignore[index]
    stale = client.post(
        "/api/decisions",
        json={"doc": doc, "quote": quote["id"], "action": "reject", "base_revision": quote["revision"]},
    )
    assert (stale.status_code, stale.json()["quote"]["status"]) == (409, "accepted")
    assert post(client, "/api/undo", doc=doc)["quote"]["status"] == "unreviewed"  # type: ignore[index]
    assert post(client, "/api/redo", doc=doc)["quote"]["status"] == "accepted"  # type: ignore[index]
    assert client.post("/api/redo", json={}).json()["error"]["code"] == "nothing_to_redo"


def test_all_other_routes_answer(client: TestClient, desk: Desk) -> None:
    doc = first_doc(desk)
    quote = view(desk)["quotes"][0]
    assert len(client.get(f"/api/queue?doc={doc}&order=text").json()["quotes"]) == 4
    step = {"doc": doc, "field": "content", "edge": "start", "by": 1, "part": 0, "spans": quote["content"]}
    assert post(client, "/api/spans/step", **step)["spans"] != quote["content"]
    assert post(client, "/api/speakers", doc=doc, op="create", name="Zoe")["speaker"]
    assert post(client, f"/api/documents/{doc}/finish")["finished_by"] == ["Ann"]
    assert client.get("/api/agreement").json() == {"pairs": []}
    assert client.get(f"/api/adjudication/{doc}").json()["blocked"] is True
    settled = client.post("/api/adjudication", json={"doc": doc, "quote": quote["id"], "choose": "Ann"})
    assert settled.json()["error"]["code"] == "blocked"


@pytest.mark.parametrize("path", ["/", "/d/d_1", "/d/d_1?q=q_2", "/adjudicate", "/adjudicate/d_1", "/speakers/d_1"])
def test_every_address_of_the_page_gives_the_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<main" in answer.text


def test_scripts_and_styles_have_their_types(client: TestClient) -> None:
    assert client.get("/static/js/main.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/static/css/base.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("path", ["/none", "/api/none", "/static/none.js"])
def test_an_unknown_address_is_told_as_json(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(StoreBusy, 503, "locked"), (StoreFull, 507, "disk_full"), (StoreReadOnly, 503, "unwritable")],
)
def test_what_could_not_be_saved_is_told(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int, code: str
) -> None:
    def fail(*given: object) -> None:
        raise error("No.")

    monkeypatch.setattr(desk, "decide", fail)
    answer = client.post("/api/decisions", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"].startswith("Not saved.")


def test_a_lock_of_another_program_is_told_and_the_next_try_works(client: TestClient, desk: Desk) -> None:
    desk.store._connection.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(desk.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = client.post("/api/decisions/bulk", json={"above": 0})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "locked")
    other.execute("ROLLBACK")
    other.close()
    assert post(client, "/api/decisions/bulk", above=0)["accepted"] == 4


def test_a_bug_is_told_without_its_insides(client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "agreement", lambda: 1 / 0)
    answer = client.get("/api/agreement")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "failed")
    assert "division" not in answer.text


def test_downloads(client: TestClient, desk: Desk) -> None:
    decide(desk, 0)
    answer = client.get("/api/export?format=jsonl")
    record = DocumentRecord.model_validate(json.loads(answer.text))
    assert record.quotes[0].flags == ("review:accepted",)
    assert answer.headers["content-disposition"] == 'attachment; filename="quotes-reviewed.jsonl"'
    assert client.get("/api/export?format=html").text.startswith("<!doctype html>")
    assert client.get("/api/export?format=exe").status_code == 422
    assert client.get("/api/export?doc=d_none").status_code == 404
    assert client.get(f"/api/export?format=csv&doc={first_doc(desk)}").text.count("\n") == 5


@pytest.mark.parametrize("format", ["jsonl", "csv", "json", "html", "log"])
def test_a_download_tells_nothing_of_the_other_while_blind(client: TestClient, desk: Desk, format: str) -> None:
    decide(desk, 0, "correct", who="Bob", after={"speaker_name": "Secret Name"}, note="Secret note.")
    doc = first_doc(desk)
    desk.finish("Bob", doc, True)
    text = client.get(f"/api/export?format={format}").text
    assert "Secret" not in text
    assert "Bob" not in text
    desk.finish("Ann", doc, True)
    assert "Secret" in client.get(f"/api/export?format={format}").text


def test_hostile_texts_come_as_data(tmp_path: Path) -> None:
    from desk_cases import article, desk_on, record

    text = "<script>alert(1)</script> \ud800 \u2028 שלום 🙂\n\n" + article(2)
    client = client_of(desk_on(tmp_path / "h.db", record(text, id="</script>.txt", title="<b>bold</b>")))
    doc = client.get("/api/documents").json()["documents"][0]
    assert doc["title"] == "<b>bold</b>"
    answer = client.get(f"/api/documents/{doc['id']}")
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    assert found["document"]["text"] == text
    start, end = found["quotes"][1]["content"][0]
    assert found["document"]["text"][start:end] == "“Point 1 will stand,”"
