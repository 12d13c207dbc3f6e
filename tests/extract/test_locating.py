"""Where what a claim tells of took place."""

import pytest

from reportedly.extract.acts.locating import locate_claims
from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.parsing import parse
from reportedly.language.gazetteer import country_of
from reportedly.model import Article, Passage, Span


def article(text: str) -> ParsedArticle:
    """A parsed article of one paragraph a line."""
    passages, start = [], 0
    for line in text.split("\n"):
        passages.append(Passage(start=start, end=start + len(line), role="body"))
        start += len(line) + 1
    return parse(text, Article(document="a.txt", number=0, kind="article", passages=tuple(passages)))


def told(parsed: ParsedArticle, words: str) -> Attribution:
    """The outlet's own sentence with some words of an article as its content."""
    start = parsed.text.index(words)
    place = next(n for n, passage in enumerate(parsed.passages) if passage.start <= start < passage.end)
    content = (Span(start=start, end=start + len(words), text=words),)
    return Attribution(passage=place, content=content, cue=(), source=(), form="narration")


_CASES: list[tuple[str, str | None, str | None]] = [
    ("A quake struck the coast of Ecuador on Saturday.", "Ecuador", "Ecuador"),
    ("Shelling killed nine people in Kharkiv.", "Kharkiv", "Ukraine"),
    ("Shelling killed nine people in the Kharkiv region.", "Kharkiv Oblast", "Ukraine"),
    ("The army recaptured Russia's Kursk region.", "Kursk Oblast", "Russia"),
    ("Rebels seized Goma in eastern Congo.", "Goma", "Democratic Republic of the Congo"),
    ("A ferry sank off the Philippine island of Leyte.", "Leyte", "Philippines"),
    ("Twelve people were hurt near Pedernales, Ecuador.", "Pedernales", "Ecuador"),
    ("A bomb went off in Maiduguri, Nigeria.", "Maiduguri", "Nigeria"),
    ("A bomb went off in the Nigerian city of Kano.", "Kano", "Nigeria"),
    ("A gunman shot four people in Uvalde, Texas.", "Uvalde", "United States"),
    ("A gunman shot four people in Springfield, Illinois.", "Springfield", "United States"),
    ("Troops were sent to Russia.", "Russia", "Russia"),
    ("North Korea sent 3,000 troops to Russia.", "Russia", "Russia"),
    ("Police arrested 40 people in Istanbul.", "Istanbul", "Turkey"),
    ("Police in Istanbul arrested 40 people.", "Istanbul", "Turkey"),
    ("In Mexico, 26 cases were confirmed.", "Mexico", "Mexico"),
    ("Mexico confirmed 26 cases.", None, None),
    ("Three walls fell in the province of Manabi.", "Manabi", "Ecuador"),
    ("Three walls fell in Manabi province.", "Manabi", "Ecuador"),
    ("Ten people drowned in the Gulf of Mexico.", "Gulf of Mexico", None),
    ("The envoy arrived in Pyongyang on Tuesday.", "Pyongyang", "North Korea"),
    ("Drones hit a depot in Engels.", "Engels", "Russia"),
    ("A strike hit the Golan Heights.", "Golan Heights", None),
    ("Rockets landed in the town of Majdal Shams.", "Majdal Shams", "Israel"),
    ("Fighting broke out in Darfur.", "Darfur", "Sudan"),
    ("Floods displaced 3,000 families in Sindh.", "Sindh", "Pakistan"),
    ("A mine collapsed in China's Shanxi province.", "Shanxi", "China"),
    ("A mine collapsed in the northern Chinese province of Shanxi.", "Shanxi", "China"),
    ("A train derailed outside Milan.", "Milan", "Italy"),
    ("The storm killed six people across Florida.", "Florida", "United States"),
    ("The clinic opened in Gaza City.", "Gaza City", "Palestine"),
    ("Aid was delivered to the Gaza Strip.", "Gaza Strip", "Palestine"),
    ("The ship docked at the port of Odesa.", "Odesa", "Ukraine"),
    ("Guards opened fire in Tegucigalpa.", "Tegucigalpa", "Honduras"),
    ("Forty migrants drowned off Lampedusa.", "Lampedusa", "Italy"),
    ("The plant is located in Zaporizhzhia.", "Zaporizhzhia", "Ukraine"),
    ("Soldiers withdrew from Kherson.", "Kherson", "Ukraine"),
    ("The dam burst in the Brazilian town of Brumadinho.", "Brumadinho", "Brazil"),
    ("A blast killed two people at Seoul station.", "Seoul", "South Korea"),
    ("The virus spread to France and Germany.", "France", "France"),
    ("Five died in Sofia on Friday.", "Sofia", "Bulgaria"),
    ("A landslide buried homes in Papua New Guinea.", "Papua New Guinea", "Papua New Guinea"),
    ("The president flew to Geneva for talks.", "Geneva", "Switzerland"),
    ("The government of Mali said nothing.", None, None),
    ("Nobody was hurt.", None, None),
    ("The bank lost $81 million.", None, None),
    ("They moved into their homes on Monday.", None, None),
    ("He was shot in the head on Friday.", None, None),
    ("Prices rose in March.", None, None),
    ("A gunman opened fire in Christchurch, New Zealand, killing 51.", "Christchurch", "New Zealand"),
    ("Protesters gathered in Tahrir Square in Cairo.", "Tahrir Square", "Egypt"),
    ("Two soldiers died in the Donetsk region of Ukraine.", "Donetsk Oblast", "Ukraine"),
    ("The quake was felt as far away as Tokyo.", "Tokyo", "Japan"),
    ("A fire swept through a market in the Kenyan capital, Nairobi.", "Nairobi", "Kenya"),
    ("A fire swept through a market in the capital, Nairobi.", "Nairobi", "Kenya"),
    ("Ukraine shot down 40 drones over Kyiv.", "Kyiv", "Ukraine"),
    ("The army shelled villages along the border with Sudan.", "Sudan", "Sudan"),
    ("Eleven miners are trapped in Zimbabwe's gold mine.", "Zimbabwe", "Zimbabwe"),
    ("Israel's strike on southern Lebanon killed four.", "Lebanon", "Lebanon"),
    ("An Israeli strike in Beirut killed four.", "Beirut", "Lebanon"),
    ("The truck burned on a road to Jalalabad.", "Jalalabad", "Afghanistan"),
    ("A hospital in northern Syria was bombed.", "Syria", "Syria"),
    ("A hospital in Aleppo was bombed.", "Aleppo", "Syria"),
    ("The firm dismissed 300 workers at its plant in Wroclaw.", "Wroclaw", "Poland"),
    ("Rescuers reached Noto after two days.", "Noto", "Japan"),
]


@pytest.mark.parametrize(("sentence", "place", "country"), _CASES, ids=[case[0] for case in _CASES])
def test_sentence_is_placed(sentence: str, place: str | None, country: str | None) -> None:
    """A sentence's place is the location it names, with the state that the words or the tables of places give."""
    parsed = article(sentence)
    assert locate_claims(parsed, [told(parsed, sentence)]) == [(place, country)]


def test_table_of_places_is_large() -> None:
    """The table holds at least sixty sentences."""
    assert len(_CASES) >= 60


def test_a_toll_has_the_place_of_the_one_placed_event() -> None:
    """A count of dead that names no place belongs to where the article's quake was."""
    parsed = article("A quake shook Peru's coast on Tuesday.\nAt least 40 people were killed.\nA fund will open soon.")
    rows = [told(parsed, words) for words in ("At least 40 people were killed", "A fund will open soon")]
    assert locate_claims(parsed, rows) == [("Peru", "Peru"), (None, None)]


def test_places_of_an_event_in_one_state_stand_for_that_state() -> None:
    """Where reports place one event in several towns, its toll is the state's."""
    parsed = article("A quake struck Arequipa on Tuesday.\nThe quake hit Cusco as well.\nAt least 40 people were killed.")
    assert locate_claims(parsed, [told(parsed, "At least 40 people were killed")]) == [("Peru", "Peru")]


def test_another_event_does_not_take_the_place_of_the_known_one() -> None:
    """ "A similar quake" and "a quake" were somewhere else."""
    parsed = article("A quake shook Peru's coast on Tuesday.\nA similar quake killed 40 people.\nForty died in a quake on Monday.")
    rows = [told(parsed, words) for words in ("A similar quake killed 40 people", "Forty died in a quake on Monday")]
    assert locate_claims(parsed, rows) == [(None, None), (None, None)]


def test_owner_of_a_strike_is_not_where_it_was() -> None:
    """A state before a strike made it; a state before a quake had it."""
    parsed = article("Israel's strike on Tuesday shook many.\nThe strike killed 40 people.")
    assert locate_claims(parsed, [told(parsed, "The strike killed 40 people")]) == [(None, None)]


def test_a_person_is_no_place() -> None:
    """Who is handed something is not where it happened."""
    parsed = article("Tom Baxter spoke first.\nThe envoy handed a letter to Baxter.")
    assert locate_claims(parsed, [told(parsed, "The envoy handed a letter to Baxter")]) == [(None, None)]


def test_words_of_the_article_go_before_the_tables() -> None:
    """The state right behind a place's name is the place's, whatever city of that name the tables have."""
    parsed = article("A mill burned in Lyon, Canada.")
    assert locate_claims(parsed, [told(parsed, "A mill burned in Lyon, Canada")]) == [("Lyon", "Canada")]


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Kursk Oblast", "Russia"),
        ("Kharkiv Oblast", "Ukraine"),
        ("Pyongyang", "North Korea"),
        ("Manabi", "Ecuador"),
        ("Manabí", "Ecuador"),
        ("Shanxi", "China"),
        ("Florida", "United States"),
        ("Gaza City", "Palestine"),
        ("Mali", "Mali"),
        ("Nowhere Falls", None),
    ],
)
def test_gazetteer_tells_the_state(place: str, country: str | None) -> None:
    """States, capitals, subdivisions and cities lie in their state; an unknown name in none."""
    assert country_of(place) == country
