import random
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.model import Judgement, Links, Origin
from reportedly.resolve import link

WIRE = (
    "SKARVOY, March 1 - The ferry Havdis sank off Skarvoy in a gale on Monday night. The coast guard said 14 people were dead. "
    "Fishing boats brought survivors to the quay at Skarvoy, where volunteers had lit fires. The dead number 14, most of them crew "
    "of the ferry Havdis. The gale had been forecast since Sunday noon by the weather office."
)
GUARD = "Coast guard (Norway)"


def carry(desk: Any, outlet: str, text: str = WIRE, *, said: Any = None, day: str = "2021-03-02") -> tuple[str, str]:
    """File the wire story: its attributed figure and its own-voice one."""
    document = desk.article(text, outlet=outlet, day=day, title="Ferry Havdis sinks off Skarvoy")
    spoken = desk.claim(
        document, "14 people were dead", by=[GUARD], source="The coast guard", principals=("Norway",), said=said,
        figures=(desk.figure(document, "14 people", 14),), stance="asserts",
    )  # fmt: skip
    own = desk.claim(document, "The dead number 14", figures=(desk.figure(document, "14, most", 14),))
    return spoken, own


def origin_of(links: Links, name: str) -> Origin:
    return next(origin for origin in links.origins if origin.id == links.origin_of[name])


def test_eighteen_outlets_with_one_wire_story_are_one_origin(desk: Any) -> None:
    """However many carry it, one principal's figure is one origin and one utterance, and its outlets are counted apart."""
    names = [carry(desk, f"Outlet {number}", WIRE.replace("SKARVOY", f"SKARVOY ({number})"))[0] for number in range(18)]
    links = link(desk.holdings())
    origin = origin_of(links, f"{names[0]}#0")
    assert {links.origin_of[f"{name}#0"] for name in names} == {origin.id}
    assert (origin.principal, len(origin.outlets), origin.utterances) == ("Norway", 18, 1)


def test_own_voice_that_repeats_a_figure_belongs_to_its_origin(desk: Any) -> None:
    """What the article says of itself descends from the attributed figure it repeats."""
    spoken, own = carry(desk, "Fjord Times")
    links = link(desk.holdings())
    assert links.origin_of[f"{own}#0"] == links.origin_of[f"{spoken}#0"]


def test_own_voice_that_repeats_nothing_is_unattributed(desk: Any) -> None:
    """A figure that nobody named gave has no principal and no utterance."""
    document = desk.article(WIRE, outlet="Fjord Times", day="2021-03-02")
    own = desk.claim(document, "The dead number 14", figures=(desk.figure(document, "14, most", 14),))
    origin = origin_of(link(desk.holdings()), f"{own}#0")
    assert (origin.principal, origin.utterances) == (None, 0)


def test_one_principals_figures_of_neighbouring_days_are_one_assessment(desk: Any) -> None:
    """The same number a day later is the same assessment; three weeks later it is another."""
    first, _ = carry(desk, "Fjord Times", said=desk.on("2021-03-02"))
    second, _ = carry(desk, "Coast Herald", WIRE + " More follows.", said=desk.on("2021-03-03"), day="2021-03-03")
    third, _ = carry(desk, "Harbour Post", WIRE + " Three weeks on.", said=desk.on("2021-03-24"), day="2021-03-24")
    links = link(desk.holdings())
    assert links.origin_of[f"{first}#0"] == links.origin_of[f"{second}#0"]
    assert links.origin_of[f"{first}#0"] != links.origin_of[f"{third}#0"]


def test_another_principal_is_another_origin(desk: Any) -> None:
    """The same number by two principals is two origins."""
    first, _ = carry(desk, "Fjord Times")
    document = desk.article("The Danish navy said 14 people were dead on the Havdis off Skarvoy.", outlet="Coast Herald", day="2021-03-02")
    second = desk.claim(
        document, "14 people were dead", by=["Danish navy"], principals=("Denmark",), figures=(desk.figure(document, "14 people", 14),)
    )
    links = link(desk.holdings())
    assert links.origin_of[f"{first}#0"] != links.origin_of[f"{second}#0"]


def test_a_split_parts_two_claims_of_one_origin(desk: Any) -> None:
    """A person's split of two claims holds for their utterances."""
    first, _ = carry(desk, "Fjord Times")
    second, _ = carry(desk, "Coast Herald", WIRE + " More follows.")
    assert len({link(desk.holdings()).utterance_of[name] for name in (first, second)}) == 1
    split = Judgement(id="j:1", kind="split", targets=(first, second), by="me", at="2021-04-01T00:00:00Z", reason="two")
    links = link(desk.holdings(judgements=[split]))
    assert links.utterance_of[first] != links.utterance_of[second]
    assert links.origin_of[first] != links.origin_of[second]


def test_an_earlier_version_loses_its_own_voice_but_keeps_its_quotations(desk: Any) -> None:
    """The later page supersedes the earlier one's narration alone."""
    spoken, own = carry(desk, "Fjord Times", day="2021-03-02")
    carry(desk, "Fjord Times", WIRE.replace("fires", "great fires"), day="2021-03-03")
    superseded = link(desk.holdings()).superseded
    assert own in superseded
    assert spoken not in superseded


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(desk: Any, chance: random.Random) -> None:
    """Shuffled documents, articles and claims give equal links."""
    if not desk.claims:
        for number in range(4):
            carry(desk, f"Outlet {number}", WIRE.replace("SKARVOY", f"SKARVOY ({number})"), day=f"2021-03-0{number + 2}")
    holdings = desk.holdings()
    claims, articles, documents = list(holdings.claims), list(holdings.articles.items()), list(holdings.documents.items())
    for rows in (claims, articles, documents):
        chance.shuffle(rows)
    shuffled = replace(holdings, claims=tuple(claims), articles=dict(articles), documents=dict(documents))
    assert link(shuffled) == link(holdings)


def test_a_small_number_in_another_article_repeats_nobody(desk: Any) -> None:
    """Own voice belongs to a figure of another article by a telling number, not by a two."""
    text = "The coast guard said 14 people were dead and 2 people were hurt on the ferry Havdis off Skarvoy."
    first = desk.article(text, outlet="Fjord Times", day="2021-03-02", title="Ferry Havdis sinks off Skarvoy")
    spoken = desk.claim(
        first, "14 people were dead and 2 people were hurt", by=[GUARD], principals=("Norway",),
        figures=(desk.figure(first, "14 people", 14), desk.figure(first, "2 people", 2)),
    )  # fmt: skip
    own_text = "The ferry Havdis lies off Skarvoy. Its dead are 14. Of its cats 2 are dead too."
    second = desk.article(own_text, outlet="Coast Herald", day="2021-03-03", title="Ferry Havdis lies off Skarvoy")
    toll = desk.claim(second, "Its dead are 14", figures=(desk.figure(second, "14", 14),))
    cats = desk.claim(second, "Of its cats 2 are dead too", figures=(desk.figure(second, "2 are", 2),))
    links = link(desk.holdings())
    assert links.origin_of[f"{toll}#0"] == links.origin_of[f"{spoken}#0"]
    assert links.origin_of[f"{cats}#0"] != links.origin_of[f"{spoken}#1"]


def test_evidence_is_nobody(desk: Any) -> None:
    """What "evidence" shows belongs to the principal whose figure it repeats, and is no principal of its own."""
    first = desk.article(
        "The coast guard said 14 people were dead on the ferry Havdis off Skarvoy.", outlet="Fjord Times", day="2021-03-02"
    )
    spoken = desk.claim(first, "14 people were dead", by=[GUARD], principals=("Norway",), figures=(desk.figure(first, "14 people", 14),))
    second = desk.article("Evidence suggests 14 people died on the ferry Havdis off Skarvoy.", outlet="Coast Herald", day="2021-03-03")
    shown = desk.claim(second, "14 people died", by=["Evidence"], figures=(desk.figure(second, "14 people", 14),))
    links = link(desk.holdings())
    assert links.origin_of[f"{shown}#0"] == links.origin_of[f"{spoken}#0"]
    assert origin_of(links, f"{shown}#0").principal == "Norway"


def told(desk: Any, outlet: str, words: str, number: int, by: tuple[str, ...], **more: Any) -> str:
    """One sentence with a figure of troops, by the principals named."""
    text = f"Havdis island: {words} troops were sent to Havdis by boat, officials said."
    document = desk.article(text, outlet=outlet, day=more.pop("day"), title="Troops sent to Havdis island")
    figure = desk.figure(document, words, number, measure="deployed", counted="troops", **more.pop("bounds", {}))
    return str(desk.claim(document, f"{words} troops were sent", by=list(by), principals=by, figures=(figure,), stance="estimates", **more))


def test_each_principal_of_a_joint_figure_has_its_own_assessment(desk: Any) -> None:
    """What Norway and Sweden say together belongs, for each, with what it says alone."""
    both = told(desk, "Fjord Times", "some 900", 900, ("Norway", "Sweden"), day="2021-03-02", said=desk.on("2021-03-01"))
    alone = told(desk, "Coast Herald", "about 900", 900, ("Norway",), day="2021-03-03", said=desk.on("2021-03-02"))
    links = link(desk.holdings())
    assert links.origin_of[f"{both}#0@Norway"] == links.origin_of[f"{alone}#0"]
    assert links.origin_of[f"{both}#0@Sweden"] != links.origin_of[f"{alone}#0"]
    assert origin_of(links, f"{both}#0@Sweden").principal == "Sweden"


def test_a_figure_told_later_of_the_same_time_is_the_same_assessment(desk: Any) -> None:
    """In spring "900 last autumn" repeats autumn's count; without the words it is spring's own."""
    autumn = desk.on("2020-09-01", "2020-12-20")
    first = told(desk, "Fjord Times", "some 900", 900, ("Norway",), day="2020-10-30", said=desk.on("2020-10-29"))
    again = told(desk, "Coast Herald", "about 900", 900, ("Norway",), day="2021-04-28", said=desk.on("2021-04-27"), happened=autumn)
    spring = told(desk, "Harbour Post", "nearly 900", 900, ("Norway",), day="2021-06-30", said=desk.on("2021-06-29"))
    links = link(desk.holdings())
    assert links.origin_of[f"{first}#0"] == links.origin_of[f"{again}#0"] != links.origin_of[f"{spring}#0"]


def test_a_page_without_an_outlet_is_carried_by_no_path(desk: Any) -> None:
    """Readers see the file's own name, not the folders of whoever saved it."""
    document = desk.article(WIRE, outlet="Fjord Times", day="2021-03-02")
    desk.articles[document, 0] = replace(desk.articles[document, 0], outlet=None)
    desk.documents[document] = replace(desk.documents[document], publisher=None, name="/home/me/saved/wire.txt")
    own = desk.claim(document, "The dead number 14", figures=(desk.figure(document, "14, most", 14),))
    assert origin_of(link(desk.holdings()), f"{own}#0").outlets == ("unnamed outlet (wire.txt)",)


REPORT = "Divers found 23 sailors alive in the hull of the Havdis."


def relay(desk: Any, outlet: str, *, day: str = "2021-03-04") -> str:
    """A report that has the number from the Fjord Times."""
    text = f"The Fjord Times reported that divers found 23 sailors alive in the hull of the Havdis. {outlet} could not reach the port."
    document = desk.article(text, outlet=outlet, day=day, title="Ferry Havdis: sailors found alive, paper says")
    words = "divers found 23 sailors alive in the hull of the Havdis"
    figure = desk.figure(document, "23 sailors", 23, measure="rescued")
    claim: str = desk.claim(document, words, by=["Fjord Times"], source="The Fjord Times", figures=(figure,), stance="asserts")
    return claim


def test_a_relayed_report_descends_from_what_the_report_rests_on(desk: Any) -> None:
    """Who cites a paper that had its number from the coast guard adds an outlet, and no principal."""
    text = f"{REPORT} The coast guard said 23 sailors were found alive in the hull of the Havdis."
    document = desk.article(text, outlet="Fjord Times", day="2021-03-03", title="Sailors of ferry Havdis found alive")
    figure = desk.figure(document, "23 sailors", 23, measure="rescued")
    first = desk.claim(
        document, "23 sailors were found alive in the hull of the Havdis", by=[GUARD], source="The coast guard", principals=("Norway",),
        figures=(figure,), stance="asserts",
    )  # fmt: skip
    second = relay(desk, "Harbour Post")
    links = link(desk.holdings())
    assert links.origin_of[f"{second}#0"] == links.origin_of[f"{first}#0"]
    origin = origin_of(links, f"{first}#0")
    assert (origin.principal, origin.outlets) == ("Norway", ("Fjord Times", "Harbour Post"))
    assert any("relays the report of Fjord Times" in why for why in origin.evidence)


def test_what_a_paper_reports_itself_is_its_own_whoever_relays_it(desk: Any) -> None:
    """Its narration and what others have from it are one origin, and it is the principal."""
    document = desk.article(REPORT, outlet="Fjord Times", day="2021-03-03", title="Sailors of ferry Havdis found alive")
    figure = desk.figure(document, "23 sailors", 23, measure="rescued")
    own = desk.claim(document, "Divers found 23 sailors alive in the hull of the Havdis", figures=(figure,))
    others = [relay(desk, outlet) for outlet in ("Harbour Post", "Evening Star")]
    links = link(desk.holdings())
    assert {links.origin_of[f"{name}#0"] for name in (own, *others)} == {links.origin_of[f"{own}#0"]}
    assert origin_of(links, f"{own}#0").principal == "Fjord Times"


def test_a_report_that_the_heap_lacks_is_one_origin_for_all_that_cite_it(desk: Any) -> None:
    """Two outlets that have a number from the same absent paper are one principal."""
    names = [relay(desk, outlet) for outlet in ("Harbour Post", "Evening Star")]
    links = link(desk.holdings())
    assert len({links.origin_of[f"{name}#0"] for name in names}) == 1
    assert origin_of(links, f"{names[0]}#0").principal == "Fjord Times"


def test_a_later_report_of_the_cited_paper_is_not_what_was_cited(desk: Any) -> None:
    """Nobody relays what was published after."""
    second = relay(desk, "Harbour Post", day="2021-03-03")
    text = f"{REPORT} The coast guard said 23 sailors were found alive in the hull of the Havdis."
    document = desk.article(text, outlet="Fjord Times", day="2021-03-05", title="Sailors of ferry Havdis found alive")
    figure = desk.figure(document, "23 sailors", 23, measure="rescued")
    first = desk.claim(
        document, "23 sailors were found alive in the hull of the Havdis", by=[GUARD], source="The coast guard", principals=("Norway",),
        figures=(figure,), stance="asserts",
    )  # fmt: skip
    links = link(desk.holdings())
    assert links.origin_of[f"{second}#0"] != links.origin_of[f"{first}#0"]
