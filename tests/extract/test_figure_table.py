"""A table of short sentences with what a coder notes of each figure in them; every sentence is the project's own."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from reportedly.extract.figures.figures import find_figures
from reportedly.extract.parse.parsing import parse
from reportedly.language.numerals.measures import measures
from reportedly.model import Article, Figure, Interval, Passage
from reportedly.model.claim import Qualifier, Reality, Share, Status

# A row gives each figure as its bounds ("12", "12..", "..12", "10..12", "?" where the words give none) and what differs from
# an exact total of measure `other`: qualifier, measure, share, status, reality by name; u: unit, p: denominator, c: counted, o: of,
# w: the population.
TABLE: dict[str, list[tuple[str, list[str]]]] = {
    "digits and words": [
        ("The blast killed 47 people.", ["47 killed"]),
        ("Forty-seven people were killed.", ["47 killed"]),
        ("One hundred and twelve people died.", ["112 killed"]),
        ("A hundred and four people died in the flood.", ["104 killed"]),
        ("The quake killed 1,250 villagers.", ["1250 killed"]),
        ("The quake killed twelve hundred villagers.", ["1200 killed"]),
        ("Two dozen villagers were killed.", ["24 killed"]),
        ("A dozen homes were destroyed.", ["12 destroyed"]),
        ("Half a million people were displaced.", ["500000 displaced"]),
        ("A quarter of a million people were displaced.", ["250000 displaced"]),
        ("One and a half million people fled.", ["1500000 displaced"]),
        ("Some 3.5 million people fled.", ["3500000 about displaced"]),
        ("Three and a half thousand people were evacuated.", ["3500 evacuated"]),
        ("The pit held 6.5x10^3 litres.", ["6500 u:L"]),
        ("The flow reached 2 x 10⁶ litres.", ["2000000 u:L"]),
    ],
    "magnitudes of newsrooms": [
        ("The storm displaced 1.2m people.", ["1200000 displaced"]),
        ("The rally drew 10K people.", ["10000"]),
        ("The fund holds $4bn.", ["4000000000 u:USD"]),
        ("Damage was put at $2.5 billion.", ["2500000000 u:USD cost"]),
        ("The bank lost 2.1 lakh rupees.", ["210000 u:INR"]),
        ("The relief cost 3 crore rupees.", ["30000000 u:INR cost"]),
        ("Some 12 lakh people were affected.", ["1200000 about affected"]),
        ("The army bought 500k rounds.", ["500000"]),
        ("The grant is worth €1.4m.", ["1400000 u:EUR"]),
        ("The firm paid £30 million.", ["30000000 u:GBP"]),
    ],
    "weekly counts and lists by places": [
        (
            "The drought left 4.3 million people in need of food in Norland and another 2.1 million in northern Sudland.",
            ["4300000 affected", "2100000 affected"],
        ),
        ("In Zimbabwe 259 people have died and in Malawi 56.", ["259 killed", "56 killed"]),
        ("Norland recorded 300 cholera cases, of which 17 were fatal.", ["300 infected", "17 killed part o:0"]),
        ("Of the 30 shootings this year, 17 were fatal.", ["30", "17"]),
        ("The toll stood at 413, up 44 from Monday.", ["413 killed", "44 killed additional"]),
        ("Some 334,000 people are displaced, up from 75,000 a week ago.", ["334000 about displaced", "75000 displaced"]),
        ("This brings the number of captives freed to 3,300.", ["3300 rescued"]),
        ("The fire destroyed 42 homes and damaged 15 more.", ["42 destroyed", "15 damaged c:homes"]),
        ("The fire has burned 73,000 hectares.", ["73000 u:har destroyed"]),
        ("The cyclone destroyed 715,000 hectares of crops.", ["715000 u:har destroyed"]),
        ("The flood swept away 1,370 houses.", ["1370 destroyed"]),
        ("The agency has shipped 1.4 million doses of vaccine.", ["1400000 delivered"]),
        ("About 290 firefighters were battling the blaze.", ["290 about deployed"]),
        ("France keeps 1,500 troops in Niger.", ["1500 deployed"]),
    ],
    "crowds": [
        ("Stewards counted about 3,000 supporters at his last rally.", ["3000 about attended"]),
        ("The march ended at noon. Police counted 1,800; the party said 10,000 people came.", ["1800 attended", "10000 attended"]),
        ("Police counted 45,000 shells.", ["45000"]),
        ("Some 40,000 people took part in the march.", ["40000 about attended"]),
        ("Divers and 60 firefighters took part in the search.", ["60 deployed"]),
        ("Police counted 30 officers hurt at the rally.", ["30 injured"]),
    ],
    "members of a set": [
        ("The dead include 21 men and three children.", ["21 killed part", "3 killed"]),
        ("Among the dead were two schoolteachers and a baker.", ["2 killed part", "1 killed part"]),
        ("Among those freed were 52 defenders of the port.", ["52 rescued part"]),
        ("A cameraman died of his wounds.", ["1 killed c:cameraman"]),
        ("Two customers and a bartender were hurt.", ["2 injured", "1 injured"]),
        ("Ida Roe, 43, a teacher at the school, also died.", ["1 killed", "43 u:a"]),
        ("A motorcyclist pulled up at the bridge.", []),
    ],
    "ranges": [
        ("Norland sent 10,000-12,000 troops.", ["10000..12000 deployed"]),
        ("Norland sent 10,000 to 12,000 troops.", ["10000..12000 deployed"]),
        ("Norland sent between 10,000 and 12,000 troops.", ["10000..12000 deployed"]),
        ("Norland sent between 10 and 12 thousand troops.", ["10000..12000 deployed"]),
        ("Norland sent 10 to 12 thousand troops.", ["10000..12000 deployed"]),
        ("Norland sent 12,000–19,000 troops.", ["12000..19000 deployed"]),
        ("From 300 to 400 people were killed.", ["300..400 killed"]),
        ("Seven or eight people were injured.", ["7..8 injured"]),
        ("The repair will cost $2 billion to $3 billion.", ["2000000000..3000000000 u:USD cost expected"]),
        ("Some 20 to 30 houses were destroyed.", ["20..30 destroyed"]),
    ],
    "bounds": [
        ("At least 47 people were killed.", ["47.. at_least killed"]),
        ("No fewer than 47 people were killed.", ["47.. at_least killed"]),
        ("No less than 47 people were killed.", ["47.. at_least killed"]),
        ("Not fewer than 47 people were killed.", ["47.. at_least killed"]),
        ("A minimum of 47 people were killed.", ["47.. at_least killed"]),
        ("Forty or more people were killed.", ["40.. at_least killed"]),
        ("More than 3,000 people were killed.", ["3000.. more_than killed"]),
        ("Over 3,000 people were killed.", ["3000.. more_than killed"]),
        ("Upwards of 3,000 people were killed.", ["3000.. more_than killed"]),
        ("In excess of 3,000 people were killed.", ["3000.. more_than killed"]),
        ("Well over 3,000 people were killed.", ["3000.. more_than killed"]),
        ("The toll exceeded 3,000.", ["3000.. more_than killed"]),
        ("As many as 50 people were killed.", ["..50 up_to killed"]),
        ("Up to 50 people were killed.", ["..50 up_to killed"]),
        ("No more than 50 people were killed.", ["..50 up_to killed"]),
        ("At most 50 people were killed.", ["..50 up_to killed"]),
        ("Fewer than 50 people were killed.", ["..50 fewer_than killed"]),
        ("Less than 50 people were killed.", ["..50 fewer_than killed"]),
        ("Under 50 people were killed.", ["..50 fewer_than killed"]),
        ("Nearly 600 people were injured.", ["600 nearly injured"]),
        ("Almost 600 people were injured.", ["600 nearly injured"]),
        ("Close to 600 people were injured.", ["600 nearly injured"]),
        ("Around 600 people were injured.", ["600 about injured"]),
        ("Roughly 600 people were injured.", ["600 about injured"]),
        ("An estimated 600 people were injured.", ["600 about injured"]),
        ("Some 600 people were injured.", ["600 about injured"]),
        ("600 or so people were injured.", ["600 about injured"]),
        ("Exactly 600 people were injured.", ["600 injured"]),
        ("Just 600 people were injured.", ["600 injured"]),
        ("Norland sent 12,000-plus troops.", ["12000.. more_than deployed"]),
        ("Some 200 houses or more were destroyed.", ["200.. at_least destroyed"]),
    ],
    "vague words": [
        ("Dozens of people were killed.", ["? killed"]),
        ("Several people were injured.", ["? injured"]),
        ("Scores of people were arrested.", ["? detained"]),
        ("Hundreds of homes were destroyed.", ["? destroyed"]),
        ("Tens of thousands of people fled.", ["? displaced"]),
        ("At least several hundred people were killed.", ["? killed"]),
        ("A handful of people were hurt.", ["? injured"]),
        ("A few hundred soldiers were deployed.", ["? deployed"]),
        ("A couple thousand soldiers were deployed.", ["2000 about deployed"]),
        ("A couple of dozen people were hurt.", ["24 about injured"]),
        ("The army suffered heavy casualties.", []),
        ("The river carried a vast amount of mud.", []),
    ],
    "what happened to whom": [
        ("Twelve people are dead.", ["12 killed"]),
        ("The death toll rose to 16.", ["16 killed"]),
        ("The toll stands at 16.", ["16 killed"]),
        ("There were 14 fatalities.", ["14 killed"]),
        ("Nine miners lost their lives.", ["9 killed"]),
        ("The fire claimed nine lives.", ["9 killed"]),
        ("Nine people perished in the fire.", ["9 killed"]),
        ("Nine people were shot dead.", ["9 killed"]),
        ("Nine people were fatally shot.", ["9 killed"]),
        ("Nine people were stabbed to death.", ["9 killed"]),
        ("Crews pulled nine bodies from the rubble.", ["9 recovered"]),
        ("Nine bodies were found in the river.", ["9 recovered"]),
        ("The brigade took 300 casualties.", ["300 casualties"]),
        ("Nine people were wounded in the leg.", ["9 injured"]),
        ("Nine people were shot in the leg.", ["9 injured"]),
        ("Nine people suffered injuries.", ["9 injured"]),
        ("Nine people were taken to hospital.", ["9 hospitalised"]),
        ("Nine people are still missing.", ["9 missing"]),
        ("Nine climbers are unaccounted for.", ["9 missing"]),
        ("Nine people were rescued from the roof.", ["9 rescued"]),
        ("Police arrested nine protesters.", ["9 detained"]),
        ("Rebels abducted nine villagers.", ["9 abducted"]),
        ("Rebels captured nine soldiers.", ["9 captured"]),
        ("The firm laid off 900 workers.", ["900 laid_off"]),
        ("The firm cut 900 jobs.", ["900 laid_off"]),
        ("The flood left 900 people homeless.", ["900 displaced"]),
        ("Some 900 people are staying in shelters.", ["900 about sheltered"]),
        ("The march was attended by 900 people.", ["900 attended"]),
        ("The storm damaged 900 homes.", ["900 damaged"]),
        ("The state delivered 900 rifles.", ["900 delivered"]),
        ("The army fired 12 rockets.", ["12 launched"]),
        ("The tanker spilled 900 barrels of oil.", ["900 u:[bbl_us] spilled"]),
        ("More than 3,000 soldiers were killed or wounded.", ["3000.. more_than killed_or_injured"]),
        ("About 4,000 of the soldiers have been killed or otherwise wounded.", ["4000 about killed_or_injured"]),
        ("Some 40 homes were damaged or destroyed.", ["40 about destroyed_or_damaged"]),
        ("Forty people are dead or missing.", ["40 killed_or_missing"]),
        ("The raid killed 2,000 and wounded 3,000.", ["2000 killed", "3000 injured"]),
        ("2,000 soldiers were killed and 3,000 wounded.", ["2000 killed", "3000 injured"]),
        ("The quake left 12 dead and 40 injured.", ["12 killed", "40 injured"]),
        ("Twelve people were killed, 40 injured and three missing.", ["12 killed", "40 injured", "3 missing"]),
    ],
    "nobody and one": [
        ("No one was killed.", ["0 killed"]),
        ("Nobody was injured in the fire.", ["0 injured"]),
        ("None of the passengers was hurt.", ["0 injured"]),
        ("A man was killed.", ["1 killed"]),
        ("A woman and two children were killed.", ["1 killed part", "2 killed"]),
        ("A boy and a man were shot dead.", ["2 killed"]),
        ("The driver killed himself.", ["1 killed"]),
        ("Dana Ross, 24, was killed.", ["1 killed", "24 u:a"]),
        ("Dana Ross and Lee Moran were shot dead.", ["2 killed"]),
        ("The coroner pronounced Dana Ross dead.", ["1 killed"]),
        ("He was jailed for the murder of Dana Ross.", ["1 killed"]),
        ("A girl was grazed by a bullet.", ["1 injured"]),
        ("A teenager was taken to hospital with minor injuries.", ["1 injured"]),
        ("A girl was critically injured and later died.", ["1 killed"]),
        ("A student took her own life.", ["1 killed"]),
    ],
    "shares": [
        ("Norland sent 5,000 troops in May and then sent 3,000 more troops.", ["5000 deployed", "3000 deployed additional o:0"]),
        ("The storm killed 40 people, including 12 children.", ["40 killed", "12 killed part o:0"]),
        ("The storm killed 40 people, of whom 12 were children.", ["40 killed", "12 killed part o:0"]),
        ("Police held 40 people. Twelve of them were women.", ["40 detained", "12 detained part o:0"]),
        ("Twelve of the 40 were killed.", ["12 killed", "40"]),
        ("The raid killed 272 people and injured thousands more.", ["272 killed", "? injured"]),
        ("The toll rose by one, to 16.", ["1 killed additional", "16 killed"]),
        ("The toll is up from 5 to 7.", ["5 killed", "7 killed"]),
        ("The toll rose from five to seven.", ["5 killed", "7 killed"]),
        ("Shelling killed 17 people in the last 24 hours.", ["17 killed period", "24 u:h"]),
        ("Two thirds of the houses were destroyed.", ["0.666667 u:1"]),
        ("Some 40 per cent of the houses were destroyed.", ["40 about u:%"]),
    ],
    "status and reality": [
        ("The ministry has 26 confirmed cases of the flu.", ["26 infected confirmed"]),
        ("The ministry counts 40 suspected cases of the flu.", ["40 infected suspected"]),
        ("There are nine probable cases of the flu.", ["9 infected probable"]),
        ("Some 150 people are feared dead.", ["150 about killed presumed"]),
        ("Fourteen deaths were confirmed.", ["14 killed confirmed"]),
        ("The state plans to send 3,000 troops.", ["3000 deployed planned"]),
        ("The state will send 3,000 troops.", ["3000 deployed planned"]),
        ("The thieves tried to steal $951 million.", ["951000000 u:USD attempted"]),
        ("The state did not send 3,000 troops.", ["3000 deployed denied"]),
        ("As many as 900 people could be affected.", ["..900 up_to affected expected"]),
        ("He faces trial for the attempted murder of three officers.", ["3 killed attempted"]),
        ("The fever is suspected in more than 380 deaths.", ["380.. more_than killed suspected"]),
        ("The number of confirmed cases of the flu stands at 300.", ["300 infected confirmed"]),
        ("Two people tested positive for the flu.", ["2 infected"]),
        ("The repair would cost $40 million.", ["40000000 u:USD cost expected"]),
        ("Hackers sought to transfer $40 million abroad.", ["40000000 u:USD planned"]),
    ],
    "units and rates": [
        ("The field yields 60,000 barrels of oil a day.", ["60000 u:[bbl_us] p:d"]),
        ("The pipeline leaked 5,000 barrels a day.", ["5000 u:[bbl_us] p:d spilled"]),
        ("Wind reached 120 km/h.", ["120 u:km/h"]),
        ("The lake fell by 3 percent.", ["3 u:%"]),
        ("The lake covers 45 sq km.", ["45 u:km2"]),
        ("The quake had a magnitude of 7.8.", ["7.8 u:{magnitude}"]),
        ("Rice costs $3 per kilogram.", ["3 u:USD p:kg cost"]),
        ("The dam is 40 metres high.", ["40 u:m"]),
        ("Prices rose 40-fold.", ["40 u:{times}"]),
        ("The meeting lasted three hours.", ["3 u:h"]),
        ("It reached -5°C in the hills.", ["-5 u:Cel"]),
    ],
    "numbers that count nothing": [
        ("The war began in 2014.", []),
        ("He was born on 12 May 1971.", []),
        ("The vote is on June 3.", []),
        ("The talks resume at 9:30 a.m.", []),
        ("The bus left at 18.15 GMT.", []),
        ("Call 555-0134 or 1-800-555-0134.", []),
        ("She lives at 42 Mill Road.", []),
        ("It was the 5th attempt.", []),
        ("Flight 370 left on time.", []),
        ("The army flew a T-72 and an Su-27.", []),
        ("The home side won 3-1.", []),
        ("The court cited Article 5.", []),
        ("He bought an iPhone 11 Pro Max.", []),
        ("The S&P 500 fell.", []),
        ("The airline grounded its 737 Max jets.", []),
        ("Neighbours dialled 911.", []),
        ("The report is at https://example.org/2024/12.", []),
        ("One must not forget it.", []),
        ("The 1990s were hard.", []),
    ],
    "ages are marked": [
        ("Dana Ross, 65, spoke first.", ["65 u:a"]),
        ("A five-year-old girl spoke first.", ["5 u:a"]),
    ],
    "what is counted and whose": [
        ("Norland police arrested 40 students.", ["40 detained c:students"]),
        ("Some 900 North Korean soldiers were killed.", ["900 about killed c:soldiers w:North Korea"]),
        ("North Korea sent 900 soldiers.", ["900 deployed c:soldiers w:North Korea"]),
        ("The dead included 63 Canadians.", ["63 killed c:people w:Canada"]),
        ("Twelve buses were destroyed.", ["12 destroyed c:buses"]),
    ],
}

# sentences such as newswires of several countries and kinds print, with the reading that a coder gives
_PRINTED = list(csv.DictReader((Path(__file__).parent / "wire_figures.csv").read_text(encoding="utf-8").splitlines()))
WIRES = [(row["sentence"], [words for words in row["figures"].split("; ") if words]) for row in _PRINTED]

CASES = [pytest.param(text, rows, id=text) for section in (*TABLE.values(), WIRES) for text, rows in section]


def figures(text: str) -> list[Figure]:
    day = Interval(first="2025-10-24", last="2025-10-24")
    article = Article(document="page", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), published=day)
    return [figure for paragraph in find_figures(parse(text, article)) for figure in paragraph]


def expected(row: str) -> dict[str, object]:
    bounds, *words = row.replace("w:North Korea", "w:North_Korea").split()
    low, _, high = bounds.partition("..")
    prefixed = {word[0]: word[2:].replace("_", " ") if word[0] == "w" else word[2:] for word in words if word[1] == ":"}
    low, high = ("", "") if bounds == "?" else (low, high if ".." in bounds else low)
    plain = "vague" if bounds == "?" else "range" if low and high and low != high else "exact"

    def one_of(names: tuple[str, ...], otherwise: str | None) -> str | None:
        return next((word for word in words if word in names), otherwise)

    return {
        "low": Decimal(low) if low else None,
        "high": Decimal(high) if high else None,
        "qualifier": one_of(get_args(Qualifier), plain),
        "measure": next((w for w in words if set(w.split("_or_")) <= set(measures())), "other"),
        "share": one_of(get_args(Share), "total"),
        "status": one_of(get_args(Status), None),
        "reality": one_of(get_args(Reality), "actual"),
        "unit": prefixed.get("u"),
        "per": prefixed.get("p"),
        **({"of": int(prefixed["o"])} if "o" in prefixed else {}),
        **({"counted": prefixed["c"]} if "c" in prefixed else {}),
        **({"population": prefixed["w"]} if "w" in prefixed else {}),
    }


@pytest.mark.parametrize(("text", "rows"), CASES)
def test_a_coder_reads_the_figures_so(text: str, rows: list[str]) -> None:
    """Bounds, qualifier, unit, measure, share, status and reality of every figure of the sentence, and no further figure."""
    wanted = [expected(row) for row in rows]
    found = figures(text)
    got = [{name: getattr(figure, name) for name in row} for row, figure in zip(wanted, found, strict=False)]
    assert [f.span.text for f in found if f.span.text != text[f.span.start : f.span.end]] == []
    assert (got, len(found)) == (wanted, len(wanted))


def test_the_table_is_large_enough() -> None:
    """The table covers each construction that is promised, none twice."""
    texts = [text for section in (*TABLE.values(), WIRES) for text, _ in section]
    assert len(set(texts)) == len(texts) >= 350
