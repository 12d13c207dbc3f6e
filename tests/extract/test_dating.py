from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from reportedly.extract.parse.parsed import Attribution, ParsedArticle
from reportedly.extract.parse.parsing import parse
from reportedly.extract.times.attachment import cue_verb, tense_of
from reportedly.extract.times.dating import Dates, date_claim, date_claims, find_article_times, window_basis, window_of
from reportedly.model import Article, Interval, Passage, Span

FRIDAY = "2025-10-24"


def article(text: str, published: str | None = FRIDAY, *, headline: str = "") -> ParsedArticle:
    """A parsed article of one paragraph a line, after a headline."""
    whole = f"{headline}\n{text}" if headline else text
    passages = [Passage(start=len(whole) - len(text), end=len(whole), role="body")]
    if headline:
        passages.insert(0, Passage(start=0, end=len(headline), role="headline"))
    day = None if published is None else Interval(first=published, last=published)
    return parse(whole, Article(document="a.txt", number=0, kind="article", passages=tuple(passages), published=day))


def found(text: str, words: str) -> tuple[Span, ...]:
    """Where words stand for the first time; none for none."""
    return (Span(start=text.index(words), end=text.index(words) + len(words), text=words),) if words else ()


def attribution(parsed: ParsedArticle, content: str, cue: str = "", source: str = "", form: Any = "indirect") -> Attribution:
    """The attribution of some words of an article."""
    spans = found(parsed.text, content), found(parsed.text, cue), found(parsed.text, source)
    anchor = (spans[1] or spans[0])[0]
    place = next(i for i, p in enumerate(parsed.passages) if p.start <= anchor.start < p.end)
    return Attribution(
        passage=place, content=spans[0], cue=spans[1], source=spans[2], form=form if cue or form == "direct" else "narration"
    )


def dated(parsed: ParsedArticle, *attributions: Attribution, speakers: Sequence[Sequence[str]] | None = None) -> list[Dates]:
    """The dates of some attributions of an article."""
    return date_claims(parsed, attributions, find_article_times(parsed), speakers)


def days(interval: Interval | None) -> tuple[str | None, str | None] | None:
    """The two ends of an interval."""
    return None if interval is None else (interval.first, interval.last)


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "source", "said"),
    [
        ("The ministry said Thursday that two bridges fell.", "that two bridges fell", "said", "The ministry", "2025-10-23"),
        ("Two bridges fell, the ministry said on Wednesday.", "Two bridges fell", "said", "the ministry", "2025-10-22"),
        ("In September, the agency said two bridges fell.", "two bridges fell", "said", "the agency", "2025-09-01/2025-09-30"),
        ("The ministry on Monday urged drivers to stay away.", "drivers to stay away", "urged", "The ministry", "2025-10-20"),
        ("Speaking in Lima on Tuesday, Ms. Rojas said two bridges fell.", "two bridges fell", "said", "Ms. Rojas", "2025-10-21"),
        ("At a Lima meeting Tuesday, Ms. Rojas said two bridges fell.", "two bridges fell", "said", "Ms. Rojas", "2025-10-21"),
        ("A report released Tuesday said two bridges fell.", "two bridges fell", "said", "A report released Tuesday", "2025-10-21"),
        ("Earlier this month, Ms. Rojas claimed two bridges fell.", "two bridges fell", "claimed", "Ms. Rojas", "2025-10-01/2025-10-24"),
    ],
)
def test_date_with_the_cue_is_when_it_was_said(sentence: str, content: str, cue: str, source: str, said: str) -> None:
    """A date that hangs on the cue dates the saying and not what is said."""
    parsed = article(sentence)
    first, _, last = said.partition("/")
    ((uttered, happened),) = dated(parsed, attribution(parsed, content, cue, source))
    assert (days(uttered), happened) == ((first, last or first), None)
    assert uttered is not None
    assert uttered.basis == "words"


@pytest.mark.parametrize(
    ("sentence", "content", "happened"),
    [
        (
            "The army sent 9,000 men to the border last fall, officials said.",
            "The army sent 9,000 men to the border last fall",
            "2024-09-01/2024-12-21",
        ),
        (
            "The army has sent 9,000 men to the border since 2024, officials said.",
            "The army has sent 9,000 men to the border since 2024",
            "2024-01-01/",
        ),
        ("On Wednesday, the army left the border, officials said.", "On Wednesday, the army left the border", "2025-10-22/2025-10-22"),
        ("On Wednesday, the army left the border, officials said.", "the army left the border", "2025-10-22/2025-10-22"),
    ],
)
def test_date_in_the_content_is_when_it_happened(sentence: str, content: str, happened: str) -> None:
    """A date of the content's main clause dates what is told of; the saying keeps the publication as its bound."""
    parsed = article(sentence)
    times = find_article_times(parsed)
    said, took_place = date_claim(parsed, attribution(parsed, content, "said", "officials"), times)
    first, _, last = happened.partition("/")
    assert days(took_place) == (first, last or None)
    assert said == Interval(first=None, last=FRIDAY, basis="published")


def test_date_in_a_relative_clause_dates_something_else() -> None:
    """The year of the seizure is not the year of the sale."""
    parsed = article("Officials said the company sold the mine that rebels had seized in 2019.")
    ((_, happened),) = dated(parsed, attribution(parsed, "the company sold the mine that rebels had seized in 2019", "said", "Officials"))
    assert happened is None


def test_date_of_an_event_that_a_deed_follows_is_not_the_deeds() -> None:
    """Troops that left after Saturday's blast did not leave on the day the blast's name gives."""
    parsed = article("Officials said 300 soldiers left after Saturday's blast.")
    ((_, happened),) = dated(parsed, attribution(parsed, "300 soldiers left after Saturday's blast", "said", "Officials"))
    assert happened is None


def test_negated_until_ends_the_day_before() -> None:
    """Who had not confirmed until Monday was silent up to Sunday."""
    parsed = article("The firm had not confirmed the leak until Monday.")
    ((said, _),) = dated(parsed, attribution(parsed, "the leak", "had not confirmed", "The firm"))
    assert days(said) == (None, "2025-10-19")


def test_saying_never_ends_after_publication() -> None:
    """A range that reaches past the article is cut at its day."""
    parsed = article("The mayor said this week that two bridges fell.")
    ((said, _),) = dated(parsed, attribution(parsed, "that two bridges fell", "said", "The mayor"))
    assert days(said) == ("2025-10-20", FRIDAY)


def test_today_in_a_quotation_is_the_day_it_was_said() -> None:
    """A quotation of Tuesday that says "today" tells of Tuesday."""
    parsed = article("“Today we reopened the port,” the mayor said on Tuesday.")
    ((_, happened),) = dated(parsed, attribution(parsed, "“Today we reopened the port,”", "said", "the mayor", "direct"))
    assert days(happened) == ("2025-10-21", "2025-10-21")


def test_what_had_already_happened_is_bounded_by_its_saying() -> None:
    """ "Already" puts the deed before a dated utterance."""
    parsed = article("The mayor said Tuesday that the divers had already left.")
    ((_, happened),) = dated(parsed, attribution(parsed, "that the divers had already left", "said", "The mayor"))
    assert days(happened) == (None, "2025-10-21")


def test_same_speaker_nearby_lends_the_day() -> None:
    """An undated utterance right after a dated one of the same speaker is of that day, by inference."""
    parsed = article("The mayor said Tuesday that two bridges fell. The mayor said nobody was hurt.")
    first = attribution(parsed, "that two bridges fell", "said", "The mayor")
    second = Attribution(
        passage=0,
        content=found(parsed.text, "nobody was hurt"),
        cue=_last(parsed, "said"),
        source=_last(parsed, "The mayor"),
        form="indirect",
    )
    (_, (said, _)) = dated(parsed, first, second)
    assert said == Interval(first="2025-10-21", last="2025-10-21", granularity="day", basis="inferred")


def test_another_speaker_takes_only_the_day_of_the_news() -> None:
    """Somebody else's undated utterance lies between the news's first day and the publication."""
    parsed = article(
        "A ferry sank off the northern cape on Wednesday with more than two hundred passengers aboard.\nThe owner said the engine failed."
    )
    ((said, _),) = dated(parsed, attribution(parsed, "the engine failed", "said", "The owner"))
    assert said == Interval(first="2025-10-22", last=FRIDAY, basis="inferred")


def test_sentence_that_dates_the_remarks_dates_the_quotation() -> None:
    """ "Made the remarks Tuesday" dates the same speaker's words in the paragraph before."""
    parsed = article("“The port is safe,” Rojas said.\nRojas made the remarks Tuesday at a ceremony in Lima.")
    ((said, _),) = dated(parsed, attribution(parsed, "“The port is safe,”", "said", "Rojas", "direct"))
    assert said is not None
    assert (days(said), said.basis) == (("2025-10-21", "2025-10-21"), "inferred")


@pytest.mark.parametrize("cue", ["has said", "has repeatedly said", "says"])
def test_no_single_day_is_inferred_for_what_is_said_again_and_again(cue: str) -> None:
    """Perfect, habit and present keep the publication as their only bound, outside the opening."""
    opening = "\n".join(["A ferry sank off the northern cape on Wednesday with more than two hundred passengers aboard."] * 4)
    parsed = article(f"{opening}\nThe owner {cue} the engine is old.")
    ((said, _),) = dated(parsed, attribution(parsed, "the engine is old", cue, "The owner"))
    assert said == Interval(first=None, last=FRIDAY, basis="published")


def test_canonical_speakers_decide_who_is_the_same() -> None:
    """Two people of one name do not lend each other a day."""
    text = "Rojas said in March that two bridges fell. Rojas said nobody was hurt."
    parsed = article(text)
    first = attribution(parsed, "that two bridges fell", "said", "Rojas")
    second = Attribution(
        passage=0, content=found(text, "nobody was hurt"), cue=_last(parsed, "said"), source=_last(parsed, "Rojas"), form="indirect"
    )
    apart = dated(parsed, first, second, speakers=[["Ana Rojas"], ["Luis Rojas"]])
    same = dated(parsed, first, second, speakers=[["Ana Rojas"], ["Ana Rojas"]])
    assert days(same[1][0]) == ("2025-03-01", "2025-03-31")
    assert days(apart[1][0]) == (None, FRIDAY)


def test_toll_takes_the_day_of_the_one_dated_event() -> None:
    """A count of dead without a date belongs to the only event that the article dates."""
    parsed = article("A blast wrecked a mill on Tuesday.\nThe governor said 14 people were killed.\nThe governor said a fund will open.")
    toll = attribution(parsed, "14 people were killed", "said", "The governor")
    fund = attribution(parsed, "a fund will open", "said", "The governor")
    (_, happened), (_, later) = dated(parsed, toll, fund)
    assert (days(happened), happened.basis if happened else None) == (("2025-10-21", "2025-10-21"), "inferred")
    assert later is None


def test_toll_stays_undated_between_two_events() -> None:
    """Where the article dates two events of a class, a count is not given to either."""
    parsed = article(
        "A blast wrecked a mill on Tuesday.\nAnother blast wrecked a school on Thursday.\nThe governor said 14 people were killed."
    )
    ((_, happened),) = dated(parsed, attribution(parsed, "14 people were killed", "said", "The governor"))
    assert happened is None


def test_fresh_event_bounds_when_it_was_told_of() -> None:
    """What is told of Tuesday's blast was said on Tuesday at the earliest."""
    parsed = article("According to doctors, the blast killed 14 people on Tuesday.")
    ((said, happened),) = dated(parsed, attribution(parsed, "the blast killed 14 people on Tuesday", "According to", "doctors"))
    assert (days(said), days(happened)) == (("2025-10-21", FRIDAY), ("2025-10-21", "2025-10-21"))


def test_headline_in_the_present_tells_of_the_news() -> None:
    """A headline's "says" is the past of its report."""
    parsed = article(
        "The mayor said Tuesday that two bridges fell after a week of rain in the northern valleys of the region.",
        headline="Mayor says two bridges fell",
    )
    ((said, _),) = dated(parsed, attribution(parsed, "two bridges fell", "says", "Mayor"))
    assert days(said) == ("2025-10-21", FRIDAY)


def test_narration_has_no_cue_but_a_happening() -> None:
    """The outlet's own sentence is dated by its words and said by its publication."""
    parsed = article("A ferry sank on Wednesday.")
    ((said, happened),) = dated(parsed, attribution(parsed, "A ferry sank on Wednesday"))
    assert (said, days(happened)) == (Interval(first=None, last=FRIDAY, basis="published"), ("2025-10-22", "2025-10-22"))


def test_undated_article_bounds_nothing() -> None:
    """Without a publication date, relative words and their absence give None, absolute ones their day."""
    parsed = article("The mayor said Tuesday that two bridges fell.\nThe mayor said on June 3, 2024 that a road closed.", None)
    relative = attribution(parsed, "that two bridges fell", "said", "The mayor")
    absolute = Attribution(
        passage=1,
        content=found(parsed.text, "that a road closed"),
        cue=_last(parsed, "said"),
        source=_last(parsed, "The mayor"),
        form="indirect",
    )
    (first, _), (second, _) = dated(parsed, relative, absolute)
    assert first is None
    assert days(second) == ("2024-06-03", "2024-06-03")


def test_counting_from_a_paragraph_before() -> None:
    """ "A month later" reaches back to the date of an earlier paragraph."""
    parsed = article("The pact was signed in October 2024.\nA month later, both sides ratified it.")
    assert [days(time.interval) for time in find_article_times(parsed)] == [("2024-10-01", "2024-10-31"), ("2024-11-01", "2024-11-30")]


@pytest.mark.parametrize(
    ("sentence", "figure", "window", "basis"),
    [
        ("The army has sent some 9,000 men to the border since 2024.", "some 9,000 men", ("2024-01-01", None), "cumulative"),
        ("Shelling killed 17 people in the last 24 hours.", "17 people", ("2025-10-23", FRIDAY), "during"),
        ("As of Tuesday, 40 people had died.", "40 people", (None, "2025-10-21"), "cumulative"),
        ("Shelling killed 17 people.", "17 people", None, None),
    ],
)
def test_window_is_the_time_of_the_counting_verb(sentence: str, figure: str, window: Any, basis: str | None) -> None:
    """A count covers the time that its verb gives, cumulative where the words open it."""
    parsed = article(sentence)
    times = find_article_times(parsed)
    (span,) = found(sentence, figure)
    assert days(window_of(parsed.passages[0], span, times)) == window
    assert window_basis(parsed.passages[0], span, times) == basis


@pytest.mark.parametrize(
    ("sentence", "cue", "tense"),
    [
        ("The mayor said it rained.", "said", "past"),
        ("The mayor had warned that it would rain.", "had warned", "past"),
        ("The mayor has said it rained.", "has said", "perfect"),
        ("The mayor says it rains.", "says", "present"),
        ("The mayor will say it rains.", "will say", "future"),
        ("The mayor has repeatedly said it rains.", "has repeatedly said", "habit"),
    ],
)
def test_tense_of_a_cue(sentence: str, cue: str, tense: str) -> None:
    """The tense is that of the whole verb group."""
    parsed = article(sentence)
    verb = cue_verb(parsed.passages[0], attribution(parsed, "it", cue, "The mayor"))
    assert verb is not None
    assert tense_of(verb) == tense


def _last(parsed: ParsedArticle, words: str) -> tuple[Span, ...]:
    start = parsed.text.rindex(words)
    return (Span(start=start, end=start + len(words), text=words),)


QUAKE = "A quake struck Lima on Tuesday."


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        (
            "The king flew home on Thursday after the quake killed 40 people.",
            "The king flew home on Thursday after the quake killed 40 people",
        ),
        ("Survivors of the quake that killed 40 people wept on Thursday.", "Survivors of the quake that killed 40 people wept on Thursday"),
        ("At least 40 people were killed.", "At least 40 people were killed"),
        ("The death toll from the quake rose to 40 on Thursday.", "The death toll from the quake rose to 40 on Thursday"),
        ("Three walls fell in the two hours after the quake.", "Three walls fell in the two hours after the quake"),
    ],
)
def test_a_toll_is_of_the_day_of_its_event(sentence: str, content: str) -> None:
    """A toll beside the main clause, a toll's rising and what came within hours have the event's day, not the main clause's."""
    parsed = article(f"{QUAKE}\n{sentence}")
    ((_, happened),) = dated(parsed, attribution(parsed, content))
    assert days(happened) == ("2025-10-21", "2025-10-21")


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("A bridge crushed a car, killing the driver.", "A bridge crushed a car, killing the driver"),
        ("The quake was put at 6.9, but the survey later raised it to 7.1.", "the survey later raised it to 7.1"),
    ],
)
def test_what_the_event_did_has_its_day_without_naming_it(sentence: str, content: str) -> None:
    """One person killed is a toll without a numeral, and a figure of "it" is one of the event that is the sentence's subject."""
    parsed = article(f"{QUAKE}\n{sentence}")
    ((_, happened),) = dated(parsed, attribution(parsed, content))
    assert days(happened) == ("2025-10-21", "2025-10-21")


def test_a_toll_has_the_date_of_the_noun_it_tells_of() -> None:
    """ "Monday's blast, which killed 40" is dated by its own words, whatever else the article dates."""
    text = "Trade stopped on Thursday after Monday's blast, which killed 40 people."
    parsed = article(f"{QUAKE}\nA blast shook Cusco on Wednesday.\n{text}")
    ((_, happened),) = dated(parsed, attribution(parsed, text[:-1]))
    assert days(happened) == ("2025-10-20", "2025-10-20")


def test_a_toll_beside_an_undated_event_has_no_date() -> None:
    """The day on which somebody flew home is not lent to a blast that no words date."""
    text = "The king flew home on Thursday after a blast killed 40 people."
    parsed = article(text)
    assert dated(parsed, attribution(parsed, text[:-1]))[0][1] is None


def test_counts_in_the_main_clause_keep_its_date() -> None:
    """Where the main clause counts too, its date stands."""
    text = "Crews freed 12 people on Thursday after the quake killed 40."
    parsed = article(f"{QUAKE}\n{text}")
    assert days(dated(parsed, attribution(parsed, text[:-1]))[0][1]) == ("2025-10-23", "2025-10-23")


def test_that_disaster_takes_up_the_event_told_of_last() -> None:
    """A toll "in that disaster" has the day of the toll before it."""
    first, second = "On Monday a blast killed 40 people", "Some 90 people were injured in that disaster"
    parsed = article(f"{QUAKE}\nA blast shook Cusco on Wednesday.\n{first}. {second}.")
    rows = dated(parsed, attribution(parsed, first), attribution(parsed, second))
    assert days(rows[1][1]) == ("2025-10-20", "2025-10-20")


def test_what_is_still_going_on_is_of_the_day_of_publication() -> None:
    """ "300 people are sleeping in shelters" counts today; "are missing" counts what the event left."""
    sleeping, missing = "Some 300 people are sleeping in tents", "Some 30 people are missing"
    parsed = article(f"{QUAKE}\n{sleeping}.\n{missing}.")
    rows = dated(parsed, attribution(parsed, sleeping), attribution(parsed, missing))
    assert [days(happened) for _, happened in rows] == [(FRIDAY, FRIDAY), ("2025-10-21", "2025-10-21")]


def test_what_came_since_an_event_lies_between_it_and_the_publication() -> None:
    """Aftershocks and "since the quake" are of no single day."""
    first, second = "At least 135 aftershocks followed", "Nine walls have fallen since the quake"
    parsed = article(f"{QUAKE}\n{first}.\n{second}.")
    rows = dated(parsed, attribution(parsed, first), attribution(parsed, second))
    assert [days(happened) for _, happened in rows] == [("2025-10-21", FRIDAY)] * 2


def test_what_had_gone_before_sets_no_news_day() -> None:
    """ "had been checked on Monday" does not widen the time in which the rest was said."""
    text = (
        "The plane crashed on Wednesday in the hills above the bay, and boats and lorries took the crew to the nearest town.\n"
        "The maker said the plane was sound and that its two engines had been checked on Monday by a crew from the capital."
    )
    parsed = article(text)
    ((uttered, _),) = dated(parsed, attribution(parsed, "the plane was sound", "said", "The maker"))
    assert days(uttered) == ("2025-10-22", FRIDAY)


def test_nothing_is_inferred_to_be_said_before_what_it_tells_of() -> None:
    """The inferred time of saying begins with the day of the event in the content."""
    parsed = article("The fleet left on Monday.\nThe navy said two ships were lost on Thursday.")
    ((uttered, _),) = dated(parsed, attribution(parsed, "two ships were lost on Thursday", "said", "The navy"))
    assert days(uttered) == ("2025-10-23", FRIDAY)


def test_one_that_speaks_for_the_same_side_goes_on_at_the_same_time() -> None:
    """After "In September, Kenya confirmed ..." what its president said next in the paragraph is of September."""
    parsed = article("Kenya held a vote on Thursday.\nIn September, Kenya confirmed the plan. President Tom Otieno said it was late.")
    rows = dated(
        parsed,
        attribution(parsed, "the plan", "confirmed", "Kenya"),
        attribution(parsed, "it was late", "said", "President Tom Otieno"),
        speakers=[("Kenya",), ("Minister of Health (Kenya)",)],
    )
    assert days(rows[1][0]) == ("2025-09-01", "2025-09-30")
    assert rows[1][0] is not None
    assert rows[1][0].basis == "inferred"


def test_what_was_said_before_another_deed_ends_with_it() -> None:
    """ "confirmed it on Thursday, after denying it": the denial came by then, no day says when."""
    parsed = article("The firm confirmed the leak on Thursday after denying it for weeks.")
    ((uttered, _),) = dated(parsed, attribution(parsed, "it", "denying", "The firm"))
    assert days(uttered) == (None, "2025-10-23")


def test_quotation_that_opens_a_paragraph_goes_on_with_the_one_before() -> None:
    """After "Earlier this month, Kenya claimed ..." the next paragraph's quotation of its army is of this month."""
    text = "Earlier this month, Kenya claimed that two ships sank.\n\u201cWe saw the wrecks,\u201d the Kenyan army said."
    parsed = article(text)
    rows = dated(
        parsed,
        attribution(parsed, "that two ships sank", "claimed", "Kenya"),
        attribution(parsed, "\u201cWe saw the wrecks,\u201d", "said", "the Kenyan army", "direct"),
        speakers=[("Kenya",), ("Army (Kenya)",)],
    )
    assert rows[1][0] == Interval(first="2025-10-01", last=FRIDAY, granularity="range", basis="inferred")


def test_what_is_said_along_with_a_deed_is_of_its_day() -> None:
    """ "toured the port Monday as she said ..." dates the saying too."""
    parsed = article("Rojas toured the port on Monday as she said two bridges fell.")
    ((said, _),) = dated(parsed, attribution(parsed, "two bridges fell", "said", "she"))
    assert days(said) == ("2025-10-20", "2025-10-20")


def test_what_is_thought_now_was_told_with_the_speakers_words_beside_it() -> None:
    """A present-tense belief has the time of the same speaker's utterance in the paragraph."""
    text = "The agency believes 40 died. Two bridges fell, the agency said on Wednesday."
    parsed = article(text)
    rows = dated(
        parsed,
        attribution(parsed, "40 died", "believes", "The agency"),
        attribution(parsed, "Two bridges fell", "said", "the agency"),
        speakers=[("Flood Agency",), ("Flood Agency",)],
    )
    assert rows[0][0] == Interval(first="2025-10-22", last="2025-10-22", granularity="day", basis="inferred")


def test_article_dated_to_its_month_bounds_its_news_by_the_widest_week() -> None:
    """ "Thursday" of some week in October may be any from the last of September on."""
    text = "A ferry sank off the northern cape on Thursday with more than two hundred passengers aboard.\nThe owner said the engine failed."
    whole = article(text)
    month = replace(whole, article=replace(whole.article, published=Interval(first="2025-10-01", last="2025-10-31")))
    ((said, _),) = dated(month, attribution(month, "the engine failed", "said", "The owner"))
    assert days(said) == ("2025-09-25", "2025-10-31")


def test_digits_are_read_in_the_order_of_the_outlets_country() -> None:
    """03/04/2025 is in March for an American outlet, in April for a British one, and no day where nobody tells."""
    found = {}
    for outlet in ("CNN", "BBC", None):
        parsed = article("The form was signed 03/04/2025 in Lima.")
        (time,) = find_article_times(replace(parsed, article=replace(parsed.article, outlet=outlet)))
        found[outlet] = days(time.interval)
    assert found == {"CNN": ("2025-03-04", "2025-03-04"), "BBC": ("2025-04-03", "2025-04-03"), None: None}
