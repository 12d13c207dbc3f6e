from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

API = "/api/v1"


def rows(client: TestClient, address: str, **asked: Any) -> list[dict[str, Any]]:
    """The rows of a page of the API."""
    answer = client.get(f"{API}{address}", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def test_pages_put_together_are_the_whole(reader: TestClient) -> None:
    """Limit and offset cut one list, whose length every page tells."""
    whole = rows(reader, "/claims", limit=1000)
    pages = [reader.get(f"{API}/claims", params={"limit": 40, "offset": offset}).json() for offset in range(0, len(whole), 40)]
    assert [row for page in pages for row in page["rows"]] == whole
    assert {page["total"] for page in pages} == {len(whole)}


def test_filters_and_clocks_reach_the_ledger(reader: TestClient) -> None:
    """Measure, story and day narrow the series as they do at the command line."""
    late = rows(reader, "/figures", story="ferry", measure="killed")
    early = rows(reader, "/figures", story="ferry", measure="killed", as_of="2024-11-12")
    assert {row["measure"] for row in late} == {"killed"}
    assert max(len(row["entries"]) for row in early) < max(len(row["entries"]) for row in late)
    assert {row["as_of"] for row in early} == {"2024-11-12"}


def test_a_series_says_what_it_rests_on(reader: TestClient) -> None:
    """Without the one principal that states the greater number, high is another; each policy that covers it is there."""
    toll = max(rows(reader, "/figures", story="ferry", measure="killed"), key=lambda row: len(row["entries"]))
    found = rows(reader, f"/figures/{toll['id']}/rests", story="ferry", measure="killed")
    assert {row["kind"] for row in found} == {"without principal", "without outlet", "under policy"}
    moved = [row for row in found if row["moved"]]
    assert moved
    assert all(
        (row["low"], row["best"], row["high"], row["open_high"]) != tuple(toll[k] for k in ("low", "best", "high", "open_high"))
        for row in moved
    )
    widest = next(row for row in found if row["name"] == "widest")
    assert [widest[k] for k in ("low", "best", "high")] == [toll[k] for k in ("low", "best", "high")]


def test_an_etag_holds_until_the_ledger_changes(desk: TestClient) -> None:
    """The same question gives 304 with its tag; after a correction it gives rows and another tag."""
    first = desk.get(f"{API}/claims")
    held = {"If-None-Match": first.headers["etag"]}
    assert desk.get(f"{API}/claims", headers=held).status_code == 304
    assert desk.get(f"{API}/figures", headers=held).status_code == 200
    claim = first.json()["rows"][0]["id"]
    assert desk.post(f"{API}/judgements", json={"kind": "reject", "targets": [claim], "by": "A. Reader"}).status_code == 201
    second = desk.get(f"{API}/claims", headers=held)
    assert second.status_code == 200
    assert claim not in [row["id"] for row in second.json()["rows"]]


def test_a_correction_that_looked_too_early_is_told(desk: TestClient) -> None:
    """Two who saw the same revision: the first is stored, the second gets 409 with what came between; another claim is free."""
    seen = desk.get(f"{API}/ledger").json()["revision"]
    one, other = (row["id"] for row in rows(desk, "/claims", limit=2))
    given = {"kind": "accept", "targets": [one], "by": "Ola", "seen": seen}
    assert desk.post(f"{API}/judgements", json=given).status_code == 201
    late = desk.post(f"{API}/judgements", json=given | {"kind": "reject", "by": "Kari"})
    assert (late.status_code, "changed since" in late.json()["error"]["message"]) == (409, True)
    assert desk.post(f"{API}/judgements", json=given | {"targets": [other]}).status_code == 201


def test_what_is_undone_stays_on_record(desk: TestClient) -> None:
    """An amendment shows at once, is gone when undone, and both stand in the log."""
    claim = rows(desk, "/claims", limit=1)[0]
    given = {"kind": "amend", "targets": [claim["id"]], "by": "Ola", "changes": {"stance": "doubts"}, "reason": "read again"}
    judgement = desk.post(f"{API}/judgements", json=given).json()
    assert desk.get(f"{API}/claims/{claim['id']}").json()["claim"]["stance"] == "doubts"
    assert desk.post(f"{API}/judgements/{judgement['id']}/undo", json={"by": "Kari"}).status_code == 200
    assert desk.get(f"{API}/claims/{claim['id']}").json()["claim"]["stance"] == claim["stance"]
    assert [(row["deed"], row["by"]) for row in rows(desk, "/judgements")] == [("undo", "Kari"), ("amend", "Ola")]


def test_pages_are_added_by_a_job(desk: TestClient) -> None:
    """The answer names the job; when it is done it counts what was new, and the document is there by its own name."""
    files = [("files", ("note.txt", "OSLO, Nov. 12, 2024 - Police said on Tuesday that 3 people were killed in a fire.", "text/plain"))]
    started = desk.post(f"{API}/documents", files=files)
    assert (started.status_code, started.json()["files"]) == (202, ["note.txt"])
    desk.app.state.intake.close()  # type: ignore[attr-defined]
    job = desk.get(f"{API}/jobs/{started.json()['id']}").json()
    assert (job["phase"], job["done"], job["added"]["added"]) == ("done", 1, 1)
    assert "note.txt" in [row["name"] for row in rows(desk, "/documents")]


def test_a_draft_is_checked(reader: TestClient) -> None:
    """A number given to the wrong speaker is told, with its place in the draft."""
    text = "At least 26 people were killed, the owner said on Monday."
    found = reader.post(f"{API}/check", json={"text": text, "as_of": "2024-11-20"}).json()["rows"]
    assert found
    assert all(text[row["start"] : row["end"]] == row["text"] for row in found)
    assert "supported" not in {row["verdict"] for row in found}


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/claims/c:ffff", 404, "not-found"),
        ("/claims/c", 409, "ambiguous"),
        ("/figures?story=nobody's", 404, "not-found"),
        ("/figures?stroy=ferry", 422, "bad-request"),
        ("/figures?as_of=tomorrow", 422, "bad-request"),
        ("/figures?policy=/etc/passwd", 422, "bad-request"),
        ("/claims?limit=100000", 422, "bad-request"),
        ("/changes?since=2024-11-20&until=2024-11-12", 422, "bad-request"),
        ("/nowhere", 404, "not-found"),
    ],
)
def test_every_error_has_one_shape(reader: TestClient, address: str, status: int, code: str) -> None:
    """Status, code, a sentence, and the place of what was wrong where there is one."""
    answer = reader.get(f"{API}{address}")
    assert answer.status_code == status
    error = answer.json()["error"]
    assert (sorted(error), error["status"], error["code"]) == (["code", "message", "place", "status"], status, code)
    assert error["message"]


def test_the_document_of_the_api_names_every_record(reading_app: FastAPI) -> None:
    """Each reference leads to a schema, and each route names its answer and the one error."""
    document = reading_app.openapi()
    schemas = document["components"]["schemas"]
    words = str(document)
    assert all(f"#/components/schemas/{name}'" in words for name in ("Claim", "Series", "Interval", "Failure"))
    for methods in document["paths"].values():
        for operation in methods.values():
            good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
            name = good["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            assert name in schemas
            assert operation["responses"]["404"]["content"]["application/json"]["schema"]["$ref"].endswith("/Failure")
