"""The pages that hand over, take in and trace: what they show, and that files come and go."""

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly.tasks.handover import EXPORT_FORMS
from reportedly.web.app import make_app
from reportedly.web.config import Serving
from reportedly.web.tokens import TokenFile, tokens_path

Csrf = Callable[[TestClient], str]


@pytest.mark.parametrize("form", EXPORT_FORMS)
def test_every_export_is_a_file_to_take_away(reader: TestClient, story_id: str, form: str) -> None:
    """Each form comes with a name and its own content; several tables come as one archive."""
    answer = reader.get("/exports/file", params={"format": form, "story": story_id, "as_of": "2024-11-20"})
    assert answer.status_code == 200
    name = answer.headers["content-disposition"].partition('filename="')[2].rstrip('"')
    if name.endswith((".zip", ".bundle")):
        assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    elif name.endswith(".csv"):
        assert next(csv.reader(io.StringIO(answer.text)))[-1] == "published_by"
    else:
        assert json.loads(answer.text.splitlines()[0] if name.endswith(".jsonl") else answer.text)


def test_an_export_that_nobody_makes_is_refused(reader: TestClient) -> None:
    """A form that is none gives 404, and no trace."""
    answer = reader.get("/exports/file?format=sql")
    assert (answer.status_code, "Traceback" in answer.text) == (404, False)


def test_an_export_is_as_of_its_day(reader: TestClient, story_id: str) -> None:
    """What was said later is in no table."""

    def claims(**words: str) -> set[str]:
        archive = zipfile.ZipFile(io.BytesIO(reader.get("/exports/file", params={"format": "csv", "story": story_id, **words}).content))
        return {row["claim"] for row in csv.DictReader(io.StringIO(archive.read("claims.csv").decode()))}

    assert claims(as_of="2024-11-12") < claims()


def test_the_infobox_is_written_for_a_story(reader: TestClient, story_id: str) -> None:
    """Without a story the page asks for one; with one it gives wikitext as of the day, the dead before boats and aircraft."""
    assert "Choose a story" in reader.get("/infobox").text
    early = reader.get("/infobox", params={"story": story_id, "as_of": "2024-11-12"}).text
    assert "{{cite news" in early
    assert "More than 25 people" not in early
    late = reader.get("/infobox", params={"story": story_id}).text
    assert "More than 25 people" in late
    assert late.index("| people_killed") < late.index("vessels_deployed")


def test_a_printed_text_is_watched_pasted_or_as_a_file(reader: TestClient, csrf: Csrf) -> None:
    """The number that the police corrected is outdated; a page in HTML is read as such; what is no text is refused in a sentence."""
    words = "Nordland police said on Friday that 27 people were killed."
    fields = {"csrf": csrf(reader), "as_of": "2024-11-20"}
    pasted = reader.post("/watch", data={**fields, "draft": words}).text
    assert "outdated" in pasted
    page = f"<html><body><article><h1>Ferry</h1><p>{words}</p></article></body></html>".encode()
    assert "outdated" in reader.post("/watch", data=fields, files={"file": ("page.html", page)}).text
    assert "Everything still holds" in reader.post("/watch", data={**fields, "draft": "The weather was fine."}).text
    refused = reader.post("/watch", data=fields, files={"file": ("page.pdf", b"%PDF-1.4 broken")})
    assert (refused.status_code, "Traceback" in refused.text) == (422, False)


def test_lives_show_what_was_lost_on_the_way(reader: TestClient, story_id: str) -> None:
    """A number that lost its "at least" says so; the filters hold."""
    page = reader.get("/lives", params={"story": story_id, "measure": "killed"}).text
    assert "qualifier lost" in page
    assert "attribution dropped" not in page
    assert "Canada" not in page


def test_what_is_at_second_hand_alone_is_listed(reader: TestClient, story_id: str) -> None:
    """The coast guard's own words are nowhere in the heap."""
    assert "Norwegian coast guard" in reader.get("/primaries", params={"story": story_id}).text


def test_a_bundle_and_a_sheet_are_taken_in(desk: TestClient, reader: TestClient, csrf: Csrf) -> None:
    """A bundle of the same pages brings nothing new; a row that a coder accepted judges its claims; any other file is refused."""
    token = csrf(desk)
    bundle = reader.get("/exports/file?format=bundle").content
    taken = desk.post("/import", data={"csrf": token, "by": "Bo"}, files={"file": ("x.bundle", bundle)})
    assert "0 of them new" in taken.text
    rows = list(csv.DictReader(io.StringIO(desk.get("/exports/file?format=ucdp-style").text)))
    rows[0] |= {"status": "accepted", "coder": "Ann"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    coded = desk.post("/import", data={"csrf": token, "by": "Bo"}, files={"file": ("sheet.csv", out.getvalue().encode())})
    assert "accepted" in coded.text
    assert "coding sheet sheet.csv, row" in desk.get("/judgements").text
    refused = desk.post("/import", data={"csrf": token, "by": "Bo"}, files={"file": ("notes.txt", b"no sheet")})
    assert (refused.status_code, "Traceback" in refused.text) == (422, False)
    assert desk.post("/import", data={"by": "Bo"}, files={"file": ("x.bundle", bundle)}).status_code == 403


def test_a_brief_is_taken_away_for_print(reader: TestClient, story_id: str) -> None:
    """As a word processor's file and as PDF, beside the forms that are text."""
    pytest.importorskip("docx")
    pytest.importorskip("typst")
    assert reader.get(f"/stories/{story_id}/brief.docx").content[:2] == b"PK"
    assert reader.get(f"/stories/{story_id}/brief.pdf").content[:5] == b"%PDF-"


def test_double_codings_are_listed_and_two_coders_share_one_machine(desk: TestClient, csrf: Csrf) -> None:
    """Each codes under their own name, blind to the other; the list tells how far they are and how far they agree."""
    token = csrf(desk)
    assert "There is none yet" in desk.get("/codings").text
    claim = desk.get("/api/v1/queue?limit=1").json()["rows"][0]["claim"]
    for coder in ("Ola", "Kari"):
        fields = {"csrf": token, "by": coder, "kind": "accept", "coding": "round", "back": "queue"}
        answer = desk.post(f"/claims/{claim}/judge", data=fields, follow_redirects=False)
        assert f"coder={coder}" in answer.headers["location"]
        assert ("accept" in desk.get("/judgements", params={"coder": "Per"}).text.partition("<tbody>")[2]) is False
    listed = desk.get("/codings").text
    assert "Kari and Ola" in listed
    assert claim not in desk.get("/queue", params={"coding": "round", "coder": "Ola"}).text
    assert claim in desk.get("/queue", params={"coding": "round", "coder": "Per"}).text


def test_who_signed_last_neither_looks_nor_signs_for_the_next(desk: TestClient, csrf: Csrf) -> None:
    """A coder's view stays hidden from who sits down after them, and no button signs in their name: only fields that are seen have it."""
    claim = desk.get("/api/v1/queue?limit=1").json()["rows"][0]["claim"]
    other = desk.get("/api/v1/claims?limit=1").json()["rows"][0]["id"]
    fields = {"csrf": csrf(desk), "by": "Ola Hidden", "kind": "accept"}
    desk.post(f"/claims/{other}/judge", data=fields)
    desk.post(f"/claims/{claim}/judge", data=fields | {"coding": "round", "back": "queue"})
    for address in ("/judgements", f"/claims/{claim}", f"/claims/{other}", "/codings/round", "/queue", "/queue?coding=round"):
        assert 'type="hidden" name="by" value="Ola Hidden"' not in desk.get(address).text, address
    assert "round" not in desk.get("/judgements").text.partition("<tbody>")[2]
    assert "Ola Hidden" not in [row["by"] for row in desk.get("/api/v1/judgements").json()["rows"] if row["coding"]]
    assert claim in desk.get("/queue", params={"coding": "round"}).text
    assert 'value="Ola Hidden"' in desk.get("/actors").text


def test_figures_and_translations_are_amended_on_the_claims_page(desk: TestClient, csrf: Csrf) -> None:
    """A number is bounded otherwise, one that was missed is added, a translation is given; what was not touched stays."""
    token = csrf(desk)
    row = next(r for r in desk.get("/api/v1/claims?measure=killed").json()["rows"] if len(r["figures"]) == 1 and r["figures"][0]["low"])
    figure = row["figures"][0]
    fields = {
        "csrf": token, "by": "Ann", "kind": "amend", "stance": row["stance"], "speakers": "; ".join(row["speakers"]),
        "place": row["place"] or "", "said_from": row["said"]["from"] or "", "said_to": row["said"]["to"] or "",
        "happened_from": (row["happened"] or {}).get("from") or "", "happened_to": (row["happened"] or {}).get("to") or "",
        "translation": "in anderen Worten", "language": "de", "figure": figure["text"], "low": "1,234", "high": "", "measure": "injured",
        "qualifier": figure["qualifier"], "counted": figure["counted"] or "", "population": figure["population"] or "",
    }  # fmt: skip
    assert desk.post(f"/claims/{row['id']}/judge", data=fields, follow_redirects=False).status_code == 303
    now = desk.get(f"/api/v1/claims/{row['id']}").json()["claim"]
    assert (now["figures"][0]["low"], now["figures"][0]["high"], now["figures"][0]["measure"]) == ("1234", None, "injured")
    assert now["figures"][0]["qualifier"] in ("at_least", "more_than")
    assert now["translation"] == {"text": "in anderen Worten", "by": "Ann", "language": "de"}
    assert {k: v for k, v in now.items() if k not in ("figures", "translation")} == {
        k: v for k, v in row.items() if k not in ("figures", "translation")
    }


def test_a_claim_is_graded_on_its_page(desk: TestClient, csrf: Csrf) -> None:
    """Its credibility is a person's to set, and shows; until then it cannot be judged."""
    claim = desk.get("/api/v1/claims?limit=1").json()["rows"][0]["id"]
    assert "nobody graded it" in desk.get(f"/claims/{claim}").text
    desk.post(f"/claims/{claim}/judge", data={"csrf": csrf(desk), "by": "Ann", "kind": "grade", "credibility": "2"})
    assert ">F2<" in desk.get(f"/claims/{claim}").text


@pytest.mark.parametrize("address", ["/watch", "/import", "/documents/d:0/claims"])
def test_no_form_but_ours_is_taken(desk: TestClient, csrf: Csrf, address: str) -> None:
    """Without the session's word a change is refused, whatever else it holds."""
    fields = {"draft": "26 people died", "content": "26 people", "by": "Bo"}
    assert desk.post(address, data=fields, files={"file": ("x.csv", b"")}).status_code == 403
    assert desk.post(address, data={**fields, "csrf": csrf(desk)[::-1]}, files={"file": ("x.csv", b"")}).status_code == 403


def test_taking_in_and_adding_claims_need_a_role(filled: Path, tmp_path: Path) -> None:
    """A token to read neither codes nor takes in; one to code takes in sheets and no bundle."""
    path = Path(shutil.copy(filled, tmp_path / "closed.db"))
    tokens = TokenFile(tokens_path(path))
    secrets = {"read": tokens.add("Rita", "read"), "code": tokens.add("Carl", "code")}
    with TestClient(make_app(Serving(ledger=path, closed=True)), base_url="http://localhost") as client:
        bundle = client.get("/exports/file?format=bundle", headers={"Authorization": f"Bearer {secrets['read']}"}).content
        assert bundle[:2] == b"PK"
        answers = {
            role: client.post("/import", files={"file": ("x.bundle", bundle)}, headers={"Authorization": f"Bearer {secret}"}).status_code
            for role, secret in secrets.items()
        }
        assert answers == {"read": 403, "code": 403}
        for role, status in (("read", 403), ("code", 404)):
            headers = {"Authorization": f"Bearer {secrets[role]}"}
            assert client.post("/documents/d:0/claims", data={"content": "x"}, headers=headers).status_code == status
