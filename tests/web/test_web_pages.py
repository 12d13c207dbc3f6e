import datetime as dt
import html
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from reportedly.api import Desk
from reportedly.web.views import claim, story

PAGES = ("/", "/search", "/search?q=ferry", "/actors", "/sources", "/problems", "/check", "/add", "/queue", "/judgements", "/api")


def words(page: str) -> str:
    """A page's text, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def claim_of(app: FastAPI, needle: str) -> str:
    """The id of the claim whose content holds some words."""
    claims = app.state.answers.desk.holdings().claims
    return str(next(c.claim.id for c in claims if needle in " ".join(s.text for s in c.claim.content)))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers(reader: TestClient, address: str) -> None:
    """Each page of the desk is HTML with a title and one main heading."""
    answer = reader.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1


def test_a_story_shows_figures_positions_timeline_and_reports(reader: TestClient, story_id: str) -> None:
    """The page of the ferry's story has each of its sections, and pictures whose marks lead to claims."""
    page = reader.get(f"/stories/{story_id}").text
    assert [f'id="{name}"' in page for name in ("figures", "positions", "contradictions", "changes", "timeline", "reports")] == [True] * 6
    assert re.search(r'<svg[^>]*role="group".*?<a href="/claims/c:[0-9a-f]+"', page, re.DOTALL)
    assert "What low and high rest on" in page


def test_a_story_shows_a_page_of_each_part(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long parts come a page at a time, each by its own name in the address; nothing is lost between the pages."""
    address = re.findall(r'<h2><a href="(/stories/s:[0-9a-f]+)">[^<]*ferry', desk.get("/").text)[0]
    whole = desk.get(address).text
    for name in ("FIGURES", "NUMBERS", "STATEMENTS", "ROWS"):
        monkeypatch.setattr(story, name, 2)
    days = re.findall(r'<li><span class="t-day">.*?</li>', whole, re.DOTALL)
    found, number = [], 1
    while number:
        page = desk.get(f"{address}?timeline={number}&reports=2").text
        shown = re.findall(r'<li><span class="t-day">.*?</li>', page, re.DOTALL)
        assert len(shown) <= 2
        found += shown
        onward = re.search(r'rel="next" href="[^"]*timeline=(\d+)#timeline"', page)
        number = int(onward[1]) if onward else 0
    assert found == days
    assert len(days) > 2
    assert f"3 to 4 of {whole.count('#article-')}" in words(page)
    assert words(desk.get(f"{address}?figures=999").text) != words(desk.get(f"{address}?changes=2").text)
    assert desk.get(f"{address}?figures=many&changes=2").text.count('<article class="panel') == 2


def test_of_a_long_article_the_claim_page_shows_what_stands_around(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The passages near the claim are shown, others are not, and the page knows that these are not all."""
    with Desk(filled) as held:
        words_sought = next(c.claim.id for c in held.holdings().claims if any("25 people" in s.text for s in c.claim.content))
        whole = claim.claim_page(held, words_sought)
        monkeypatch.setattr(claim, "_LONGEST", 4)
        near = claim.claim_page(held, words_sought)
    assert (whole.whole, near.whole) == (True, False)
    assert 0 < len(near.passages) < len(whole.passages)
    assert any("content" in piece.kinds for passage in near.passages for piece in passage.pieces)
    assert set(near.passages) <= set(whole.passages)


def test_the_clock_moves_the_whole_story(reader: TestClient, story_id: str) -> None:
    """As of the first day four are dead and nobody has acknowledged anything; without a clock the toll is greater."""
    early, late = (words(reader.get(f"/stories/{story_id}{query}").text) for query in ("?as_of=2024-11-12", ""))
    assert "4, open above" in early
    assert "More than 25 people" not in early
    assert "More than 25 people" in late
    assert "acknowledged by" not in early


def test_the_clock_works_as_a_form_without_script(reader: TestClient, story_id: str) -> None:
    """The form has a day, a policy and a button; the slider, which needs script, is hidden until a script shows it."""
    page = reader.get(f"/stories/{story_id}").text
    form = re.search(r'<form class="clock".*?</form>', page, re.DOTALL)
    assert form is not None
    assert 'name="as_of" type="date"' in form[0]
    assert "<button>Show</button>" in form[0]
    assert 'class="clock-slide" hidden' in form[0]


def test_a_claim_is_marked_in_its_page_and_explained(reader: TestClient, reading_app: FastAPI) -> None:
    """Content, cue and source stand in marks that hold the claim's words; each date says what it was read from."""
    identity = claim_of(reading_app, "26")
    page = reader.get(f"/claims/{identity}").text
    marked = "".join(re.findall(r'<mark class="m [^"]*m-content[^>]*>(.*?)</mark>', page, re.DOTALL))
    claim = next(c.claim for c in reading_app.state.answers.desk.holdings().claims if c.claim.id == identity)
    assert html.unescape(marked) == "".join(span.text for span in claim.content)
    assert "What it rests on" in page
    assert "read from" in page


def test_facets_narrow_the_claims(reader: TestClient) -> None:
    """A stance that is chosen leaves its claims alone, and its number is the one that the facet gave."""
    page = reader.get("/search").text
    found = re.search(r'href="(/search\?stance=confirms)">confirms</a> <span class="num soft">(\d+)</span>', page)
    assert found is not None
    narrowed = reader.get(found[1]).text
    assert re.search(r'id="h-claims">' + found[2] + " claims?<", narrowed)


def test_search_looks_into_texts_as_well(reader: TestClient) -> None:
    """Words of a report that no claim holds are found in its text."""
    assert "In texts" in reader.get("/search", params={"q": "ferry"}).text


def test_a_document_shows_its_text_with_its_claims_marked(reader: TestClient, reading_app: FastAPI) -> None:
    """Every claim of a document has a link in its text."""
    held = reading_app.state.answers.desk.holdings()
    document = next(d for d in held.documents.values() if d.name.endswith("01-wire.txt"))
    page = reader.get(f"/documents/{document.id}").text
    ids = {c.claim.id for c in held.claims if c.document == document.id}
    assert ids
    assert {identity for identity in ids if f'href="/claims/{identity}"' in page} == ids


def test_unknown_things_are_told_on_a_page(reader: TestClient) -> None:
    """A claim, story, document or page that is not there gives 404 with a sentence, and no trace."""
    for address in ("/claims/c:ffff", "/stories/s:ffff", "/documents/d:ffff", "/jobs/ffff", "/nowhere", "/stories/s:ffff/brief"):
        answer = reader.get(address)
        assert (answer.status_code, "Traceback" in answer.text) == (404, False), address
        assert 'class="lead"' in answer.text


@pytest.mark.parametrize("query", ["as_of=yesterday", "as_of=2024-13-40", "policy=../../etc/passwd", "policy=nobodys"])
def test_a_clock_that_makes_no_sense_is_told(reader: TestClient, story_id: str, query: str) -> None:
    """A date that is none, and a policy that does not ship with the package, are wrong usage: 422."""
    assert reader.get(f"/stories/{story_id}?{query}").status_code == 422


def test_a_month_stands_for_its_last_day(reader: TestClient, story_id: str) -> None:
    """`as_of=2024-11` is read as at the command line."""
    assert f"As of {dt.date(2024, 11, 30)}" in reader.get(f"/stories/{story_id}?as_of=2024-11").text


@pytest.mark.parametrize(("form", "begins"), [("md", "# "), ("html", "<!DOCTYPE html>"), ("json", "{")])
def test_a_brief_can_be_taken_away(reader: TestClient, story_id: str, form: str, begins: str) -> None:
    """Each form of the brief comes as a file."""
    answer = reader.get(f"/stories/{story_id}/brief.{form}?as_of=2024-11-20")
    assert answer.text.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="brief.{form}"'


def test_every_route_of_the_api_is_documented(reading_app: FastAPI) -> None:
    """Each path of the OpenAPI document stands in docs/desk.md."""
    words = (Path(__file__).parents[2] / "docs" / "desk.md").read_text(encoding="utf-8")
    table = words[words.index("| route | rows |") : words.index("Lists are")]
    paths = {re.sub(r"\{\w+\}", "ID", path.removeprefix("/api/v1")) for path in reading_app.openapi()["paths"]}
    assert {path for path in paths if path not in table} == set()
