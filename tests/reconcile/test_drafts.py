from typing import Any

import pytest

from reportedly.model import Act, Claim, Clocks, Figure, Interval, Span, StatementMember
from reportedly.reconcile import check_draft


def ledger(newsroom: Any) -> Any:
    """What the ledger holds: a replaced count, a hedged one, a composite, a part, a day's count, a disputed one."""
    page = newsroom.report("page", published="2025-03-09")

    def says(by: str, day: str, words: str, number: int, **more: Any) -> None:
        newsroom.claim(page, f"It names {words} there", by=by, said=day, figures=[newsroom.figure(words, number, number, **more)])

    says("Ministry", "2025-03-01", "40 dead", 40)
    says("Ministry", "2025-03-05", "52 dead", 52)
    says("Agency", "2025-03-05", "about 9,000 troops", 9000, measure="deployed", counted="troops", qualifier="about")
    says("Army", "2025-03-05", "700 killed or wounded", 700, measure="killed_or_injured", counted="soldiers")
    says("Agency", "2025-03-05", "2,000 of them", 2000, measure="deployed", counted="troops", share="part")
    window = Interval(first="2025-03-04", last="2025-03-05")
    says("Clinic", "2025-03-05", "17 in a day", 17, measure="hospitalised", share="period", window=window)
    says("Rebels", "2025-03-05", "300 captured", 300, measure="captured", counted="soldiers")
    denied = newsroom.figure("300 captured", 300, 300, measure="captured", counted="soldiers")
    newsroom.claim(page, "It rejects 300 captured", by="Army", said="2025-03-06", stance="denies", figures=[denied])
    return newsroom


def draft(figure: Figure | None, words: str, by: str | None = None, **more: Any) -> Claim:
    source = (Span(start=0, end=3, text=words[:3]),) if by else ()
    return Claim(
        document="draft",
        article=0,
        id="c:draft",
        content=(Span(start=0, end=len(words), text=words),),
        source=source,
        speakers=(by,) if by else (),
        form="indirect" if by else "narration",
        figures=(figure,) if figure else (),
        **more,
    )


@pytest.mark.parametrize(
    ("words", "number", "fields", "by", "verdict"),
    [
        ("52 dead", 52, {}, "Ministry", "supported"),
        ("52 dead", 52, {}, None, "supported"),
        ("about 50 dead", 50, {"qualifier": "about"}, "Ministry", "supported"),
        ("40 dead", 40, {}, "Ministry", "outdated"),
        ("52 dead", 52, {}, "Army", "wrong_speaker"),
        ("9,000 troops", 9000, {"measure": "deployed", "counted": "troops"}, "Agency", "qualifier_lost"),
        ("700 killed", 700, {"counted": "soldiers"}, "Army", "composite_split"),
        ("2,000 troops", 2000, {"measure": "deployed", "counted": "troops"}, "Agency", "part_as_total"),
        ("17 hospitalised", 17, {"measure": "hospitalised"}, "Clinic", "window_lost"),
        ("300 captured", 300, {"measure": "captured", "counted": "soldiers"}, "Rebels", "disputed"),
        ("99 dead", 99, {}, "Ministry", "not_in_ledger"),
    ],
)
def test_each_figure_of_a_draft_gets_its_verdict(
    newsroom: Any, words: str, number: int, fields: dict[str, Any], by: str | None, verdict: str
) -> None:
    """One draft sentence a verdict, with the ledger's passage beside all but what it does not hold."""
    figure = newsroom.figure(words, number, number, **fields)
    rows = check_draft(words, [draft(figure, words, by)], ledger(newsroom).holdings(), Clocks(), "widest")
    assert [(row.start, row.end, row.text, row.verdict) for row in rows] == [(0, len(words), words, verdict)], rows[0].why
    assert (rows[0].passage is None) == (verdict == "not_in_ledger")


@pytest.mark.parametrize(
    ("words", "by", "verdict"),
    [
        ("the old harbour bridge was unsafe", "Mayor", "supported"),
        ("the old harbour bridge was unsafe", "Governor", "wrong_speaker"),
        ("engineers had inspected the harbour bridge", "Mayor", "disputed"),
        ("schools will stay closed", "Mayor", "not_in_ledger"),
    ],
)
def test_each_attribution_of_a_draft_gets_its_verdict(newsroom: Any, words: str, by: str, verdict: str) -> None:
    """An attribution without a figure is looked up by its content and its speaker's principal."""
    page = newsroom.report("page", published="2025-03-09")
    newsroom.claim(page, "The harbour bridge was unsafe and old", by="Mayor", said="2025-03-05")
    newsroom.claim(page, "Rain fell all week", by="Governor", said="2025-03-05")
    said = newsroom.claim(page, "Engineers inspected the harbour bridge in May", by="Mayor", said="2025-03-05")
    denied = newsroom.claim(page, "Nobody came", by="Union", said="2025-03-06", stance="denies")
    newsroom.statement("Engineers inspected it", {said: "supports", denied: StatementMember(claim=denied, position="denies", how="denies")})
    rows = check_draft(words, [draft(None, words, by)], newsroom.holdings(), Clocks(), "widest")
    assert [row.verdict for row in rows] == [verdict], rows[0].why


def test_a_narrated_sentence_without_a_figure_is_no_row(newsroom: Any) -> None:
    """Only figures and attributions are checked."""
    assert check_draft("It rained", [draft(None, "It rained")], ledger(newsroom).holdings(), Clocks(), "widest") == []


def test_a_number_that_its_source_took_back_is_outdated(newsroom: Any) -> None:
    """A draft that still prints it is told who took it back."""
    page = newsroom.report("page", published="2025-03-09")
    said = newsroom.figure("52 hurt", 52, 52, measure="injured")
    newsroom.claim(page, "It treats 52 hurt", by="Hospital", said="2025-03-05", figures=[said])
    gone = Act(span=Span(start=9, end=17, text="withdrew"), act="withdraw", agent="Hospital", counted="figure")
    newsroom.claim(page, "Hospital withdrew its figure of 52 hurt", said="2025-03-07", figures=[said], acts=(gone,))
    rows = check_draft("52 hurt", [draft(said, "52 hurt", "Hospital")], newsroom.holdings(), Clocks(), "widest")
    assert [(row.verdict, row.why) for row in rows] == [("outdated", "\u201c52 hurt\u201d was taken back by its source.")]


def test_the_number_itself_goes_before_one_that_it_rounds(newsroom: Any) -> None:
    """ "About 130, the owner said" is the police's 130, though the owner's own 128 rounds to it."""
    page = newsroom.report("page", published="2025-03-09")
    for by, words, number, fields in (("Police", "About 130 aboard", 130, {"qualifier": "about"}), ("Owner", "128 aboard", 128, {})):
        aboard = newsroom.figure(words, number, number, measure="other", verb="be", **fields)
        newsroom.claim(page, f"There were {words} there", by=by, said="2025-03-05", figures=[aboard])
    asked = newsroom.figure("About 130", 130, 130, measure="other", verb="be", qualifier="about")
    (row,) = check_draft("About 130", [draft(asked, "About 130", "Owner")], newsroom.holdings(), Clocks(), "widest")
    assert (row.verdict, row.why) == ("wrong_speaker", "\u201cAbout 130 aboard\u201d is the figure of Police.")


@pytest.mark.parametrize(
    ("by", "verdict"),
    [("union", "supported"), ("Petra Moe", "supported"), ("Union of Teachers", "wrong_speaker"), ("army", "wrong_speaker")],
)
def test_a_description_or_a_longer_name_means_whom_the_ledger_has(newsroom: Any, by: str, verdict: str) -> None:
    """ "The union" is the miners' union, and a full name the person whom reports call by one; another union is another speaker."""
    page = newsroom.report("page", published="2025-03-09")
    missing = newsroom.figure("45", 45, 45, measure="missing")
    for name in ("Miners' Union", "Moe"):
        newsroom.claim(page, f"{name} put the missing at 45", by=name, said="2025-03-05", figures=[missing])
    asked = newsroom.figure("45", 45, 45, measure="missing")
    (row,) = check_draft("45", [draft(asked, "45", by)], newsroom.holdings(), Clocks(), "widest")
    assert row.verdict == verdict, row.why


@pytest.mark.parametrize(
    ("held", "by", "verdict"),
    [
        ("Police", "Police Union", "wrong_speaker"),
        ("President", "Vice President Moe", "wrong_speaker"),
        ("Nord", "Bank of Nord", "wrong_speaker"),
        ("Army", "Liberation Army of Nord", "wrong_speaker"),
        ("Israel", "Israel Medical Union", "wrong_speaker"),
        ("Government", "Regional Government of Nord", "wrong_speaker"),
        ("Minister", "Prime Minister", "wrong_speaker"),
        ("Jordan", "Mikael Jordan", "wrong_speaker"),
        ("Petra", "Petra Moe", "wrong_speaker"),
        ("Moe", "Vice President Moe", "supported"),
    ],
)
def test_a_longer_name_is_another_speaker_unless_it_ends_in_a_surname(newsroom: Any, held: str, by: str, verdict: str) -> None:
    """A body, an office, a role or a country within a name that the ledger does not have answers for nobody."""
    page = newsroom.report("page", published="2025-03-09")
    missing = newsroom.figure("45", 45, 45, measure="missing")
    newsroom.claim(page, "They put the missing at 45", by=held, said="2025-03-05", figures=[missing])
    asked = newsroom.figure("45", 45, 45, measure="missing")
    (row,) = check_draft("45", [draft(asked, "45", by)], newsroom.holdings(), Clocks(), "widest")
    assert row.verdict == verdict, row.why


def test_a_full_name_that_the_ledger_has_means_nobody_else(newsroom: Any) -> None:
    """Petra Moe, who is known, is not the Moe of another report."""
    page = newsroom.report("page", published="2025-03-09")
    missing = newsroom.figure("45", 45, 45, measure="missing")
    newsroom.claim(page, "They put the missing at 45", by="Moe", said="2025-03-05", figures=[missing])
    newsroom.claim(page, "It rains", by="Petra Moe", said="2025-03-05")
    asked = newsroom.figure("45", 45, 45, measure="missing")
    (row,) = check_draft("45", [draft(asked, "45", "Petra Moe")], newsroom.holdings(), Clocks(), "widest")
    assert row.verdict == "wrong_speaker", row.why
