import re
import stat
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from reportedly.errors import UsageError
from reportedly.web.app import make_app
from reportedly.web.config import Serving, is_loopback
from reportedly.web.guard import POLICY
from reportedly.web.jobs import bare_name
from reportedly.web.serving import NoTokenError, serve
from reportedly.web.tokens import TokenFile, tokens_path

Csrf = Any  # the fixture of conftest.py

HOSTILE = """<html><head><title><script>alert(1)</script> Ferry &amp; "quotes"</title>
<meta property="og:site_name" content="<img src=x onerror=alert(2)>"></head><body>
<h1>Nine dead &lt;script&gt;alert(3)&lt;/script&gt; in ferry fire</h1>
<p>OSLO, Nov. 12, 2024 - Police said on Tuesday that 9 people had been killed &lt;img src=x onerror=alert(4)&gt; in the fire.</p>
<p>"Nobody &lt;svg onload=alert(5)&gt; is missing," the spokesman of the &lt;script&gt;alert(6)&lt;/script&gt; coast guard
said on Tuesday.</p>
<p>The owner said <a href="javascript:alert(7)">the ship</a> had 40 people aboard. </p></body></html>"""


@pytest.fixture
def closed(ledger: Path) -> Iterator[tuple[TestClient, TokenFile]]:
    """A desk that asks for a token, and the file of its tokens."""
    tokens = TokenFile(tokens_path(ledger))
    app = make_app(Serving(ledger=ledger, closed=True, pace=10_000))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False) as client:
        yield client, tokens


SCRIPTS = [{"src": f"/static/{name}.js", "defer": None} for name in ("keys", "desk")]


class Watcher(HTMLParser):
    """Notes every tag and attribute of a page that could run something or look of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("img", "style", "iframe", "object", "embed", "base") or (tag == "script" and given not in SCRIPTS):
            self.found.append(tag)
        self.found += [
            f"{tag} {name}" for name, value in attrs if name.startswith("on") or name == "style" or "javascript:" in (value or "")[:11]
        ]


def running_in(page: str) -> list[str]:
    """What of a page could run."""
    watcher = Watcher()
    watcher.feed(page)
    return watcher.found


def addresses(page: str) -> set[str]:
    """The addresses of this desk that a page leads to."""
    return {found.split("#")[0].replace("&amp;", "&") for found in re.findall(r'href="(/[^"]*)"', page)}


def test_a_page_made_of_script_does_nothing(desk: TestClient, csrf: Csrf) -> None:
    """Script tags, event handlers and `javascript:` links of a saved page stand on no page of the desk but as text."""
    files = {"files": ("<script>alert(0)</script>.html", HOSTILE, "text/html")}
    assert desk.post("/add", files=files, data={"csrf": csrf(desk)}).status_code == 200
    desk.app.state.intake.close()  # type: ignore[attr-defined]
    seen: set[str] = set()
    waiting = {"/", "/sources", "/actors", "/search?q=alert", "/problems", "/queue"}
    while waiting and len(seen) < 120:
        address = waiting.pop()
        seen.add(address)
        answer = desk.get(address)
        if "text/html" not in answer.headers["content-type"] or "attachment" in answer.headers.get("content-disposition", ""):
            continue
        assert not running_in(answer.text), address
        waiting |= {found for found in addresses(answer.text) if found not in seen and not found.startswith(("/static", "/api"))}
    assert any(address.startswith("/claims/") for address in seen)
    assert "alert(" in desk.get("/search?q=alert").text


@pytest.mark.parametrize("address", ["/", "/nowhere", "/static/desk.css", "/api/v1/ledger", "/api/v1/nowhere", "/claims/c:f"])
def test_every_answer_has_the_strict_policy(reader: TestClient, address: str) -> None:
    """No inline script, no inline style, no other host, no frame."""
    headers = reader.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_a_change_needs_a_form_of_ours(desk: TestClient, csrf: Csrf) -> None:
    """Without the session's word, with another one, or from another site's page nothing is changed."""
    claim = desk.get("/api/v1/claims?limit=1").json()["rows"][0]["id"]
    given = {"kind": "accept", "by": "A. Reader", "reason": "seen"}
    word = csrf(desk)
    assert desk.post(f"/claims/{claim}/judge", data=given).status_code == 403
    assert desk.post(f"/claims/{claim}/judge", data=given | {"csrf": "0" * 32}).status_code == 403
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}, {"Origin": "null"}):
        assert desk.post(f"/claims/{claim}/judge", data=given | {"csrf": word}, headers=headers).status_code == 403
        assert desk.post("/api/v1/judgements", json={"kind": "accept", "targets": [claim], "by": "A"}, headers=headers).status_code == 403
    assert desk.get("/api/v1/judgements").json()["total"] == 0
    assert desk.post(f"/claims/{claim}/judge", data=given | {"csrf": word}, headers={"Origin": "http://localhost"}).status_code == 200
    assert desk.get("/api/v1/judgements").json()["total"] == 1


def test_an_address_does_not_choose_where_a_form_leads(desk: TestClient) -> None:
    """The button that takes the last judgement back names a judgement, and nothing else that the address holds."""
    shown = desk.get("/queue", params={"done": "j:0123abcd"}).text
    assert 'action="/judgements/j:0123abcd/undo"' in shown
    for words in ("j:x/../../sign-out?", "j:/../../../add#", "j:0123abcd/../j:4567", "x"):
        shown = desk.get("/queue", params={"done": words}).text
        assert "data-undo" not in shown
        assert "/judgements/j:" not in shown


def test_the_session_is_kept_from_scripts_and_other_sites(reader: TestClient) -> None:
    """The cookie is HttpOnly and SameSite=Strict; one that we did not seal is replaced."""
    cookie = reader.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    reader.cookies.clear()
    planted = reader.get("/", headers={"Cookie": "reportedly_session=planted.by-another"})
    assert "reportedly_session" in planted.headers["set-cookie"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""])
def test_a_bent_host_name_is_refused(reader: TestClient, host: str) -> None:
    """A page whose name was made to point at this machine cannot read the desk."""
    assert reader.get("/", headers={"Host": host}).status_code == 400


def test_oversized_uploads_are_refused(desk: TestClient, csrf: Csrf) -> None:
    """Too large by its length, or found too large while it is read: 413, and nothing is added."""
    word, large = csrf(desk), b"x" * ((1 << 20) + 1)
    assert desk.post("/add", files={"files": ("large.txt", large)}, headers={"X-CSRF-Token": word}).status_code == 413
    answer = desk.post(
        "/api/v1/documents", content=(large[:4096] for _ in range(300)), headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "too-large"


@given(st.text(max_size=400))
def test_no_name_of_a_file_leaves_its_folder(name: str) -> None:
    """Whatever a browser sends as a name: one part of a path, visible, of bounded length."""
    bare = bare_name(name)
    assert "/" not in bare
    assert "\\" not in bare
    assert not bare.startswith(".")
    assert 0 < len(bare) <= 170
    assert Path("/folder", bare).resolve().parent == Path("/folder")


def test_a_traversing_upload_stays_in_its_folder(desk: TestClient, csrf: Csrf, tmp_path: Path) -> None:
    """A file named by a path outside is taken under its last part alone."""
    files = {"files": (f"../../../..{tmp_path}/planted.txt", "Police said 3 people were killed on Monday.", "text/plain")}
    desk.post("/add", files=files, headers={"X-CSRF-Token": csrf(desk)})
    desk.app.state.intake.close()  # type: ignore[attr-defined]
    assert not (tmp_path / "planted.txt").exists()
    assert "planted.txt" in [row["name"] for row in desk.get("/api/v1/documents").json()["rows"]]


def test_static_files_end_at_their_folder(reader: TestClient) -> None:
    """No dots lead out of it."""
    for address in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert reader.get(address).status_code == 404


def test_tokens_are_stored_as_digests(tmp_path: Path) -> None:
    """The file holds no secret, nobody else may read it, and a revoked token is none."""
    tokens = TokenFile(tmp_path / "x.tokens")
    secret = tokens.add("Ines", "code")
    assert secret not in tokens.path.read_text()
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
    found = tokens.find(secret)
    assert found is not None
    assert (found.name, found.role) == ("Ines", "code")
    with pytest.raises(UsageError):
        tokens.add("Ines", "read")
    tokens.revoke("Ines")
    assert tokens.find(secret) is None


def test_a_stranger_is_led_to_the_token(closed: tuple[TestClient, TokenFile]) -> None:
    """A reader is sent to the form, a program is told with 401, and neither sees a row."""
    client, _ = closed
    assert client.get("/").headers["location"] == "/sign-in"
    answer = client.get("/api/v1/claims")
    assert (answer.status_code, answer.headers["www-authenticate"], answer.json()["error"]["code"]) == (401, "Bearer", "no-token")
    assert client.get("/api/v1/claims", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_roles_allow_what_they_say(closed: tuple[TestClient, TokenFile]) -> None:
    """`read` reads, `code` corrects under the token's name, `admin` adds; nobody does more."""
    client, tokens = closed
    shown = {role: {"Authorization": f"Bearer {tokens.add(f'one who may {role}', role)}"} for role in ("read", "code", "admin")}
    claim = client.get("/api/v1/claims?limit=1", headers=shown["read"]).json()["rows"][0]["id"]
    given = {"kind": "accept", "targets": [claim], "by": "somebody else"}
    found = [client.post("/api/v1/judgements", json=given, headers=shown[role]).status_code for role in ("read", "code", "admin")]
    assert found == [403, 201, 201]
    signed = [row["by"] for row in client.get("/api/v1/judgements", headers=shown["admin"]).json()["rows"]]
    assert signed == ["one who may admin", "one who may code"]
    files = {"files": ("a.txt", "Police said 3 people were killed on Monday.")}
    assert [client.post("/api/v1/documents", files=files, headers=shown[role]).status_code for role in ("code", "admin")] == [403, 202]


def test_signing_in_lasts_until_the_token_is_revoked(closed: tuple[TestClient, TokenFile], csrf: Csrf) -> None:
    """A wrong token is refused; a right one opens the desk; once revoked, the next page asks again."""
    client, tokens = closed
    secret = tokens.add("Ines", "read")
    assert client.post("/sign-in", data={"token": "wrong", "csrf": csrf(client)}).status_code == 403
    assert client.post("/sign-in", data={"token": secret, "csrf": csrf(client)}).headers["location"] == "/"
    assert client.get("/").status_code == 200
    assert client.get("/").text.count("signed in as Ines (read)") == 1
    tokens.revoke("Ines")
    assert client.get("/").headers["location"] == "/sign-in"


def test_signing_out_ends_the_session(closed: tuple[TestClient, TokenFile], csrf: Csrf) -> None:
    """The session that was signed in is worth nothing afterwards, even where its cookie was kept."""
    client, tokens = closed
    client.post("/sign-in", data={"token": tokens.add("Ines", "read"), "csrf": csrf(client)})
    kept = client.cookies["reportedly_session"]
    client.post("/sign-out", data={"csrf": csrf(client)})
    client.cookies.set("reportedly_session", kept)
    assert client.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("host", "own"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("desk.example", False)]
)
def test_only_this_machines_own_addresses_are_loopback(host: str, own: bool) -> None:  # noqa: FBT001 - a table
    """An address that others could reach is none of them."""
    assert is_loopback(host) is own


def test_a_desk_without_token_is_not_opened_to_others(ledger: Path) -> None:
    """Beyond loopback it refuses to bind until somebody has a token."""
    with pytest.raises(NoTokenError, match="no token"):
        serve(Serving(ledger=ledger, host="0.0.0.0", port=0), lambda _: pytest.fail("it was bound"))


def test_too_many_requests_are_told_to_wait(ledger: Path) -> None:
    """Ten seconds' worth may come at once; what is more gets 429 and when to come again."""
    with TestClient(make_app(Serving(ledger=ledger, pace=0.5)), base_url="http://localhost") as client:
        answers = [client.get("/api/v1/jobs/x") for _ in range(7)]
    assert [answer.status_code for answer in answers][:5] == [404] * 5
    assert (answers[-1].status_code, answers[-1].headers["retry-after"]) == (429, "1")


def test_no_trace_reaches_a_client(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a route fails unforeseen, reader and program get a sentence."""

    def fail(*_: object) -> None:
        raise RuntimeError("a secret path /home/ines")

    opened = desk.app.state.answers.desk  # type: ignore[attr-defined]
    monkeypatch.setattr(opened, "show", fail)
    monkeypatch.setattr(opened.library, "around_claim", fail)
    for address in ("/claims/c:1", "/api/v1/claims/c:1"):
        answer = desk.get(address)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["content-security-policy"] == POLICY
