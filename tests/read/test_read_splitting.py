"""Pages of several reports, round-ups, live pages and teasers, told apart by what their paragraphs say."""

import json

import pytest

from reportedly.model import Article, Reading
from reportedly.read import read_stream

_FERRY = (
    "The coast guard said on Monday that 12 people had been pulled from the water after the ferry Solveig went down off Aland.\n\n"
    "Maria Lindqvist of the Solveig's owners said the vessel had carried 48 passengers and a crew of nine when it left Mariehamn.\n\n"
    "Divers from Finland were to go down to the Solveig on Tuesday, Lindqvist said, if the wind off Aland allowed it.\n\n"
)
_BRIDGE = (
    "The army of Tarvia said on Sunday it had retaken the bridge at Korsk, which the rebels had held since the winter.\n\n"
    "A rebel commander, Ilya Dorn, denied it and said that his men were still on the eastern bank at Korsk.\n\n"
    "Observers in Tarvia could not reach Korsk, and neither side allowed reporters to the bridge.\n\n"
)


def _read(text: str) -> Reading:
    (reading,) = read_stream(text.encode(), "page.txt")
    return reading


def _words(reading: Reading, article: Article, role: str | None = None) -> list[str]:
    return [reading.text[p.start : p.end] for p in article.passages if role in (None, p.role)]


def _titles(reading: Reading) -> list[tuple[str, str | None]]:
    return [(article.kind, article.title) for article in reading.articles]


def test_an_aggregator_s_end_marks_part_its_reports() -> None:
    """The tag's name above them belongs to none, nor do the marks."""
    reading = _read(
        f"ferries\n\nFerry sinks off Aland\n\n{_FERRY}Source link\n\n"
        f"Army says it took back the bridge | Dorn News\n\n{_BRIDGE}Source link\n"
    )
    assert _titles(reading) == [("article", "Ferry sinks off Aland"), ("article", "Army says it took back the bridge")]
    assert not any("Source" in words or words == "ferries" for article in reading.articles for words in _words(reading, article))


def test_a_headline_with_a_byline_opens_another_report_without_any_mark() -> None:
    """A headline alone would be a subheading."""
    reading = _read(f"Ferry sinks off Aland\nBy Ida Holm\n{_FERRY}Army says it took back the bridge\nBy Jo Moss\n{_BRIDGE}")
    assert [(article.title, article.byline) for article in reading.articles] == [
        ("Ferry sinks off Aland", "Ida Holm"),
        ("Army says it took back the bridge", "Jo Moss"),
    ]


def test_a_subheading_stays_in_its_report() -> None:
    """Its words are no headline of the article and no body."""
    reading = _read(f"Ferry sinks off Aland\n\n{_FERRY}Search goes on\n\n{_FERRY.replace('Monday', 'Wednesday')}")
    (article,) = reading.articles
    assert _words(reading, article, "headline") == ["Ferry sinks off Aland", "Search goes on"]


def test_of_a_repeated_headline_the_one_above_the_body_counts() -> None:
    """Logo, motto and the page's title belong to the site."""
    reading = _read(
        "Ferry sinks off Aland | The Gazette\nLogo\nFair and early since 1871 | Donate\n\n"
        f"Ferry sinks off Aland\n\nFerry sinks off Aland\n\n{_FERRY}"
    )
    (article,) = reading.articles
    assert article.title == "Ferry sinks off Aland"
    assert reading.text[: article.passages[0].start].count("Ferry sinks off Aland") == 2


def test_headlines_with_decks_under_a_report_are_teasers() -> None:
    """They speak of other names; their date and outlet are unknown."""
    reading = _read(
        f"Ferry sinks off Aland\n{_FERRY}"
        "Mayor of Brel names Otto Kern to the school board\n"
        "Kern taught for thirty years at a school in Brel before he ran for the council.\n"
        "Orchards of Dorvale wait for bees\nGrowers in Dorvale hire hives from as far as Pell, and the hives come late this spring.\n"
    )
    assert _titles(reading)[0] == ("article", "Ferry sinks off Aland")
    assert [article.kind for article in reading.articles] == ["article", "teaser", "teaser"]
    assert all(article.published is None and article.outlet is None for article in reading.articles[1:])


def test_headlines_with_decks_alone_at_the_foot_of_an_aggregator_are_teasers() -> None:
    """Behind the last end mark nothing but their form shows what they are."""
    reading = _read(
        f"News | Opinion | Log in\n\nFerry sinks off Aland\n\n{_FERRY}Source link\n\n"
        "Museum buys lost sketchbook\nIt had been missing since 1948.\n\nChampion of Brel to retire\nShe said so last summer.\n"
    )
    assert [article.kind for article in reading.articles] == ["article", "teaser", "teaser"]
    assert reading.articles[0].title == "Ferry sinks off Aland"


def test_short_sections_of_the_same_report_are_no_teasers() -> None:
    """They speak of the report's own names."""
    reading = _read(
        f"Ferry sinks off Aland\n{_FERRY}"
        "What Lindqvist told the families on Aland\n"
        "The families heard from Lindqvist on Aland that the Solveig had been in the yard in May.\n"
        "What comes next for the Solveig\nAn inquiry into the loss of the Solveig will sit in Mariehamn, the owners in Finland said.\n"
    )
    assert [article.kind for article in reading.articles] == ["article"]


def test_boxes_inside_a_report_are_left_out_and_the_report_goes_on() -> None:
    """Headlines in a box are teasers."""
    first, second, third = _FERRY.strip().split("\n\n")
    reading = _read(
        f"Ferry sinks off Aland\n\n{first}\n\nRecommended Stories\n\nlist of 2 items\n\nOrchards wait for bees in vain\n\n{second}\n\n"
        f"Advertisement\n\nRead more: Army says it took back the bridge\n\n{third}\n\nComments\n\nI told you so last year.\n"
    )
    assert [article.kind for article in reading.articles] == ["article", "teaser", "teaser"]
    assert _words(reading, reading.articles[0], "body") == [first, second, third]


def test_captions_and_standfirsts_keep_their_role() -> None:
    """A credit behind the words makes a caption; a line that the lead says again is a standfirst."""
    lead = _FERRY.split("\n\n", maxsplit=1)[0]
    reading = _read(
        "Ferry sinks off Aland\n\nTwelve people pulled from the water after the ferry Solveig goes down.\n\n"
        f"{lead.replace('12', 'Twelve')}\n\nDivers prepare on the quay. (AP Photo/Ida Holm)\n\n{_FERRY}"
    )
    (article,) = reading.articles
    assert _words(reading, article, "standfirst") == ["Twelve people pulled from the water after the ferry Solveig goes down."]
    assert _words(reading, article, "caption") == ["Divers prepare on the quay. (AP Photo/Ida Holm)"]


def test_lines_of_a_picture_s_block_are_captions() -> None:
    """The credit shows what the lines beside it are."""
    block = "Boats at a Quay\nThe harbour of Mariehamn as the boats return, May 2, 2031.\nDownload: Full Size (2 MB)\nCredit: Ida Holm"
    reading = _read(f"Ferry sinks off Aland\n\n{_FERRY}{block}\n\n{_FERRY.replace('Monday', 'Wednesday')}")
    assert len(_words(reading, reading.articles[0], "caption")) == 2


def test_a_correction_belongs_to_its_report_and_not_to_its_text() -> None:
    """It is kept apart, so that no figure is read from it as news."""
    reading = _read(f"Ferry sinks off Aland\n\n{_FERRY}Correction: An earlier version of this report said that 50 people had died.\n")
    (article,) = reading.articles
    assert [note.text[:11] for note in article.corrections] == ["Correction:"]
    assert not any("50 people" in words for words in _words(reading, article))


def test_a_round_up_gives_an_article_a_section() -> None:
    """Its sections speak of unlike things, and its title announces them."""
    sections = {
        "Thieves take a bell from Dorvale": "Police in Dorvale said thieves had cut the bell of Saint Anna from its beam on Friday night.",
        "Growers of Pell hire more hives": "Growers in Pell hired hives from Otto Kern, who drove them over the Sarn Pass in two nights.",
        "Court in Brel hears the yard case": "A court in Brel heard from Jana Mikkel that the Lorne yard had paid no duty since May.",
    }
    body = "\n".join(f"{heading}\n{words}" for heading, words in sections.items())
    reading = _read(f"The week in brief\n\nEach Friday we round up what else happened in the valley.\n\n{body}\n")
    assert [article.title for article in reading.articles] == ["The week in brief", *sections]
    assert {article.kind for article in reading.articles} == {"article"}


def test_labels_in_capitals_part_a_newsletter() -> None:
    """A list of videos among them is a teaser."""
    text = "\n".join(f"{label}\n-- {words}" for label, words in (
        ("THE BIG STORY:", "The council of Brel voted on Tuesday to close the Lorne yard by the end of the year."),
        ("WHAT NEXT?", "The yard's owners said they would go to court, and the union called a march."),
        ("ALSO TODAY:", "Dorvale's growers wait for bees, and the Sarn Pass is open again."),
        ("VIDEOS OF THE DAY:", "Watch the bell of Saint Anna come home on a hay cart after three nights away."),
        ("WEATHER:", "It rains until Thursday, the service said, and there is frost in the high valley."),
    ))  # fmt: skip
    reading = _read(text)
    assert [article.kind for article in reading.articles] == ["article", "article", "article", "teaser", "article"]


def test_sentences_a_line_with_questions_among_them_are_one_report() -> None:
    """A question is no heading of a round-up."""
    lines = [
        "Otto Kern hired the hives .", "Will the bees of Pell come in time ?", "Jana Mikkel in Brel said that nobody could know .",
        "Who pays for the Sarn Pass ?", "The council of Dorvale did not say .",
        "What did Saint Anna do ?", "Police in Lorne found a bell on Friday .",
        "Where is Ilya Dorn now ?", "An officer in Tarvia said that he had left .",
    ]  # fmt: skip
    assert len(_read("\n".join(lines)).articles) == 1


def test_wrapped_paragraphs_are_one_passage_each() -> None:
    """A mail wraps its lines to a width."""
    text = (
        "The coast guard said on Monday that 12 people had been pulled\nfrom the water after the ferry went down off the island, and\n"
        "that the search would go on through the night.\n\nA spokeswoman said the vessel had carried 48 passengers and a\ncrew of nine.\n"
    )
    reading = _read(text)
    assert [words.count("\n") for words in _words(reading, reading.articles[0])] == [2, 1]


def test_markdown_menus_are_no_report() -> None:
    """What is links alone leads elsewhere; the underlined headline is the page's."""
    menu = "* [Home](/)\n* [World](/world)\n+ [![](https://x.example/logo.png) Radio](/radio)\n\n### [Europe](https://x.example/europe)\n\n"
    reading = _read(f"{menu}Ferry sinks off Aland\n=====================\n\nMay 2, 2031\n\n{_FERRY}* [ferries](/tag)\n")
    (article,) = reading.articles
    assert article.title == "Ferry sinks off Aland"
    assert len(article.passages) == 4


def test_a_table_s_rows_stay_in_the_report() -> None:
    """They may hold the figures that it is about; a menu in one line does not."""
    table = "| Province | Dead | Injured |\n| Pell | 12 | 40 |\n| Brel | 3 | none |"
    reading = _read(f"Home | World | Log in\n\nFerry sinks off Aland\n\n{_FERRY}{table}\n\n{_FERRY.replace('Monday', 'Wednesday')}")
    (article,) = reading.articles
    assert "| Pell | 12 | 40 |" in _words(reading, article, "body")
    assert not any("Log in" in words for words in _words(reading, article))


def test_a_post_set_into_a_report_stays_in_it() -> None:
    """Its signature is no date of the report."""
    reading = _read(
        f"Ferry sinks off Aland\n\n{_FERRY}We pray for all on board pic.twitter.com/a1B2c3\n\n— Jana Mikkel (@jmikkel) May 2, 2031\n\n"
        f"{_FERRY.replace('Monday', 'Wednesday')}"
    )
    (article,) = reading.articles
    assert article.published is None
    assert any("@jmikkel" in words for words in _words(reading, article))


@pytest.mark.parametrize(
    "menu", ["News | Opinion | Culture | Log in", "Home » World » Europe", "Home > World > Europe", "News / Sport / Weather"]
)
def test_a_menu_in_one_line_is_no_headline(menu: str) -> None:
    """Whatever parts its entries."""
    reading = _read(f"Brel Lantern\n{menu}\n\nFerry sinks off Aland\n\n{_FERRY}")
    assert _titles(reading) == [("article", "Ferry sinks off Aland")]
    assert not any(menu in words for words in _words(reading, reading.articles[0]))


_PAGE_OF_A_PAPER = """Home
News
Sport
Sign in
Ferry sinks off Aland, 12 rescued
By Matti Aalto
Published 2 May 2031, 08:44
Share this article
Facebook
Copy link
The coast guard said on Monday that 12 people had been pulled from the water after the ferry went down off the island.
A spokeswoman for the shipping line, Maria Lindqvist, said the vessel had carried 48 passengers and a crew of nine.
Sign up for our Morning Briefing newsletter
Get the day's top stories in your inbox every weekday.
Enter your email address
Subscribe
By signing up you agree to our Terms of Use and Privacy Policy.
Divers were to go down to the wreck on Tuesday, according to the harbour master, if the wind allowed it.
READ MORE: Five ferries that went down in the spring
Relatives waited in the school hall of Mariehamn, where the Red Cross had set up beds and a kitchen for the night.
We use cookies to give you the best experience on our site. Accept all
Correction: An earlier version of this article said 52 passengers were on board. The ferry carried 48.
Matti Aalto is a reporter for the Tarvia Gazette. Follow him on Twitter @maalto.
Related stories
Harbour board to inspect all ferries
Comments
annika88 2 hours ago
I was on that ferry last year and it was in a terrible state, nobody should be surprised by this at all.
Reply
About us | Contact | Terms
\u00a9 2031 Tarvia Gazette. All rights reserved.
"""


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_furniture_of_a_page_is_told_from_its_report_in_plain_text(gap: str) -> None:
    """Share bar, subscription box, pointers, cookie note, author's box, links and comments; the correction stays with the report."""
    (reading,) = read_stream(json.dumps({"id": "page", "text": _PAGE_OF_A_PAPER.replace("\n", gap)}).encode(), "x.jsonl")
    report, *teasers = reading.articles
    words = [reading.text[passage.start : passage.end] for passage in report.passages]
    assert [line[:20] for line in words] == [
        "Ferry sinks off Alan",
        "The coast guard said",
        "A spokeswoman for th",
        "Divers were to go do",
        "Relatives waited in ",
    ]
    assert report.byline == "Matti Aalto"
    assert report.published is not None
    assert [note.text[:10] for note in report.corrections] == ["Correction"]
    assert {teaser.kind for teaser in teasers} == {"teaser"}
    assert any(teaser.title == "Harbour board to inspect all ferries" for teaser in teasers)


def test_a_page_of_headlines_with_decks_is_a_list_of_teasers() -> None:
    """Nothing on it is a report; decks that speak of the same names are one."""
    pairs = (
        ("Ferry sinks off Aland", "Twelve people were pulled from the water, the coast guard of Aland says."),
        ("Hospitals run out of oxygen", "Three hospitals near Norholm are affected, according to Ida Brandt."),
        ("Teachers get a rise", "The parliament in Belmora votes for four percent from the autumn."),
    )
    text = "Latest from Tarvia\n\n" + "\n\n".join("\n".join(pair) for pair in pairs)
    (reading,) = read_stream(json.dumps({"id": "list", "text": text}).encode(), "x.jsonl")
    assert [(article.kind, article.title) for article in reading.articles] == [("teaser", title) for title, _ in pairs]


def test_the_sections_of_a_newsletter_have_the_date_over_the_first() -> None:
    """It is printed once, for all of them; what is said to its readers is no news."""
    text = (
        "The Week in Tarvia\nMay 2, 2031\n\nAT SEA:\nThe coast guard said that 12 people had been pulled from the water off the island.\n\n"
        "IN HOSPITALS:\nThe ministry of health said that three hospitals in the north had run out of oxygen on Friday.\n\n"
        "IN PARLIAMENT:\nParliament voted on Thursday to raise the pay of teachers by four percent from the autumn.\n\n"
        "You are receiving this email because you signed up for The Week in Tarvia.\nUnsubscribe | Manage preferences\n"
    )
    (reading,) = read_stream(json.dumps({"id": "letter", "text": text}).encode(), "x.jsonl")
    assert len(reading.articles) == 3
    assert [article.published.first for article in reading.articles if article.published] == ["2031-05-02"] * 3
    assert not any("receiving" in reading.text[p.start : p.end] for article in reading.articles for p in article.passages)
