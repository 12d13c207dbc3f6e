from reportedly.extract.parse.parsed import Attribution, Level, ParsedArticle
from reportedly.extract.parse.parsing import parse
from reportedly.extract.speakers.speakers import Speaking, resolve_speakers
from reportedly.model import Article, Form, Passage, Span


def read(text: str, outlet: str | None = None) -> ParsedArticle:
    """An article whose first line is its headline."""
    end = text.index("\n") if "\n" in text else 0
    passages = [Passage(start=0, end=end, role="headline")] if end else []
    body = Passage(start=end + 1 if end else 0, end=len(text), role="body")
    article = Article(document="t", number=0, kind="article", passages=(*passages, body), outlet=outlet)
    return parse(text, article)


def at(parsed: ParsedArticle, words: str, after: int = 0) -> Span:
    """The first place of some words."""
    start = parsed.text.index(words, after)
    return Span(start=start, end=start + len(words), text=words)


def said(
    parsed: ParsedArticle, source: str | None, cue: str | None, content: str, *, outer: tuple[Level, ...] = (), form: Form = "indirect"
) -> Attribution:
    """An attribution by its words; source and cue are looked for in the content's paragraph."""
    what = at(parsed, content)
    passage = next(n for n, p in enumerate(parsed.passages) if p.start <= what.start < p.end)
    start = parsed.passages[passage].start
    where = parsed.text.rfind(cue, start, what.start) if cue and cue in parsed.text[start : what.start] else start
    cues = (at(parsed, cue, where),) if cue else ()
    anchor = cues[0].start if cues else start
    near = parsed.text.rfind(source, start, anchor) if source and source in parsed.text[start:anchor] else anchor
    sources = (at(parsed, source, near),) if source else ()
    return Attribution(passage=passage, content=(what,), cue=cues, source=sources, form=form, outer=outer)


def speakers(parsed: ParsedArticle, *attributions: Attribution) -> list[Speaking]:
    return resolve_speakers(parsed, attributions)


TWO_HOLMS = """Harbour minister opens the pier
Harbour Minister Ida Holm of Norway opened the pier. Holm said the work had taken a year.
Customs Agency spokesman Lars Holm said Friday that no ships had been delayed.
"Nobody waited," Holm said.
Ferries ran all day.
Children waved flags.
Bands played.
In the evening Holm thanked the crews."""


def test_a_short_name_stays_with_who_was_just_named_and_then_returns_to_the_leading_person() -> None:
    """Of two people of one surname the one introduced last keeps it for a paragraph or two, then the article's main one has it."""
    parsed = read(TWO_HOLMS)
    rows = speakers(
        parsed,
        said(parsed, "Holm", "said", "the work had taken a year"),
        said(parsed, "Holm", "said", '"Nobody waited,"', form="direct"),
        said(parsed, "Holm", "thanked", "the crews"),
    )
    assert [row.speakers for row in rows] == [("Ida Holm",), ("Lars Holm",), ("Ida Holm",)]


def test_a_descriptor_names_the_holder_of_the_office() -> None:
    """ "Customs Agency spokesman Holm" is the spokesman wherever it stands."""
    text = TWO_HOLMS + "\nOn Sunday Customs Agency spokesman Holm said that the gates were open."
    parsed = read(text)
    (row,) = speakers(parsed, said(parsed, "Customs Agency spokesman Holm", "said", "that the gates were open"))
    assert row.speakers == ("Lars Holm",)


def test_pronouns_and_titles_lead_to_the_full_mention_with_its_principal() -> None:
    """ "he" and "the minister" are the person introduced with the office, and the evidence is that mention."""
    parsed = read(
        "Kenyan Health Minister Tom Otieno visited Mombasa. He said the wards were full. The health minister said help would come."
    )
    rows = speakers(
        parsed, said(parsed, "He", "said", "the wards were full"), said(parsed, "The health minister", "said", "help would come")
    )
    assert [row.speakers for row in rows] == [("Tom Otieno",)] * 2
    assert [row.principals for row in rows] == [("Kenya",)] * 2
    assert rows[0].evidence[0].text == "Kenyan Health Minister Tom Otieno"


def test_a_pronoun_with_a_woman_title_passes_over_a_man() -> None:
    """ "she" takes up the spokeswoman although the chairman stands nearer."""
    parsed = read("Spokeswoman Ann Lee met chairman Bob Marsh in Oslo. She said the talks were short.")
    (row,) = speakers(parsed, said(parsed, "She", "said", "the talks were short"))
    assert row.speakers == ("Ann Lee",)


def test_the_agency_is_the_agency_named_last() -> None:
    """ "The agency" takes up an intelligence service of its own paragraph before a news agency further up."""
    parsed = read(
        "Troops left, the Korean Central News Agency reported.\n"
        "According to Seoul’s National Intelligence Service, trains were seen. The agency said ships were seen too."
    )
    (row,) = speakers(parsed, said(parsed, "The agency", "said", "ships were seen too"))
    assert row.speakers == ("National Intelligence Service (South Korea)",)
    assert row.principals == ("South Korea",)


def test_the_statement_is_the_word_of_who_issued_it() -> None:
    """ "The statement" as an outer level brings in the body that issued it and the relay that carried that."""
    parsed = read(
        "Iran’s Foreign Ministry said in a statement carried by state media that the border was shut.\n"
        "The statement quoted Ali Karimi as saying the guards were tired.",
        outlet="Associated Press",
    )
    level = Level(source=(at(parsed, "The statement"),), cue=(at(parsed, "quoted"),))
    first, second = speakers(
        parsed,
        said(parsed, "Iran’s Foreign Ministry", "said", "that the border was shut"),
        said(parsed, "Ali Karimi", "as saying", "the guards were tired", outer=(level,)),
    )
    assert first.via == ("State media (Iran)", "Associated Press")
    assert first.relays[0].source == at(parsed, "state media")
    assert second.speakers == ("Ali Karimi",)
    assert second.via == ("Ministry of Foreign Affairs (Iran)", "State media (Iran)", "Associated Press")


def test_later_words_of_the_day_inherit_the_relay_and_words_of_another_occasion_do_not() -> None:
    """A relay named once holds for the speaker's other words of the same event, not for what was said in March."""
    parsed = read(
        "Leader speaks\n"
        "Iranian leader Ali Karimi praised the crews, according to IRNA.\n"
        "Karimi said the crews were brave.\n"
        "In March, Karimi said the ships were old.",
        outlet="UPI",
    )
    level = Level(source=(at(parsed, "IRNA"),), cue=(at(parsed, "according to"),))
    rows = speakers(
        parsed,
        said(parsed, "Iranian leader Ali Karimi", "praised", "the crews,", outer=(level,)),
        said(parsed, "Karimi", "said", "the crews were brave"),
        said(parsed, "Karimi", "said", "the ships were old"),
    )
    assert [row.via for row in rows] == [("IRNA", "UPI"), ("IRNA", "UPI"), ("UPI",)]


def test_who_is_told_relays() -> None:
    """ "told Reuters" puts Reuters between the speaker and the outlet."""
    parsed = read("Harbour chief Nils Lind told Reuters that no ship was lost.", outlet="The Hill")
    (row,) = speakers(parsed, said(parsed, "Harbour chief Nils Lind", "told", "that no ship was lost"))
    assert row.via == ("Reuters", "The Hill")


def test_a_joint_source_has_several_speakers_and_they_takes_up_all() -> None:
    """A joint statement names each speaker; "they" afterwards means the same."""
    parsed = read("Oslo and Nairobi said the pact was near. They added that lawyers were at work.")
    rows = speakers(
        parsed, said(parsed, "Oslo and Nairobi", "said", "the pact was near"), said(parsed, "They", "added", "that lawyers were at work")
    )
    assert [row.speakers for row in rows] == [("Norway", "Kenya")] * 2


def test_a_quotation_without_a_source_goes_on_and_an_agentless_cue_has_nobody() -> None:
    """A bare quotation is the last speaker's; "is believed" is nobody's; narration is the outlet's."""
    parsed = read(
        '"We are tired," Norwegian farmer Nils Lind said. "We will sleep." The barn is believed to be safe. Snow fell on Friday.',
        outlet="UPI",
    )
    rows = speakers(
        parsed,
        said(parsed, "Norwegian farmer Nils Lind", "said", '"We are tired,"', form="direct"),
        said(parsed, None, None, '"We will sleep."', form="direct"),
        said(parsed, None, "is believed", "to be safe"),
        said(parsed, None, None, "Snow fell on Friday", form="narration"),
    )
    assert [row.speakers for row in rows] == [("Nils Lind",), ("Nils Lind",), (), ("UPI",)]


def test_a_spokesman_without_a_body_speaks_for_the_one_just_named() -> None:
    """ "Spokesperson X" after "the ministry" has the ministry's principal, here and later."""
    parsed = read("Norway’s Foreign Ministry urged calm. Spokesperson Ann Lee said planes were ready.\nLee said crews were ready.")
    rows = speakers(
        parsed, said(parsed, "Spokesperson Ann Lee", "said", "planes were ready"), said(parsed, "Lee", "said", "crews were ready")
    )
    assert [row.principals for row in rows] == [("Norway",)] * 2


def test_the_place_that_opens_a_sentence_owns_its_bare_bodies() -> None:
    """ "In Nairobi, the foreign ministry said" is Kenya's ministry in an article about Norway."""
    parsed = read("Norway sent a note to Norway's parliament. In Nairobi, the foreign ministry said that it had no reply.")
    rows = speakers(parsed, said(parsed, "the foreign ministry", "said", "that it had no reply"))
    assert rows[0].speakers == ("Ministry of Foreign Affairs (Kenya)",)


def test_a_state_s_name_of_two_words_stays_whole() -> None:
    """Behind an "and" the parse may cut "South" off, but a South Korean minister speaks for South Korea."""
    text = (
        "Secretary of State Ida Holm and South Korean Defense Minister Choi Min-ho conduct a briefing. Choi said that the talks went well."
    )
    parsed = read(text)
    (row,) = speakers(parsed, said(parsed, "Choi", "said", "that the talks went well"))
    assert (row.speakers, row.principals) == (("Choi Min-ho",), ("South Korea",))


def test_where_a_spokesman_sits_tells_whom_he_speaks_for() -> None:
    """ "a government spokesman in Oslo" speaks for Norway though nothing else names it."""
    parsed = read("Nine people died, a government spokesman in Oslo said.")
    (row,) = speakers(parsed, said(parsed, "a government spokesman in Oslo", "said", "Nine people died"))
    assert (row.speakers, row.principals) == (("Government (Norway)",), ("Norway",))


def test_the_company_is_the_organisation_named_last() -> None:
    """A firm by the last word of its name is no person, and "the company" takes it up, not a hospital named before."""
    parsed = read("The Vestre Hospital closed. Fjord Lines denied it. The company said all was well.")
    rows = speakers(parsed, said(parsed, "Fjord Lines", "denied", "it"), said(parsed, "The company", "said", "all was well"))
    assert [row.speakers for row in rows] == [("Fjord Lines",)] * 2
    assert [row.principals for row in rows] == [("Fjord Lines",)] * 2


def test_bare_police_and_their_chief_are_those_of_the_place_named() -> None:
    """ "police" and "police chief Moe" speak for the place whose police the article names."""
    parsed = read("The Vestre police closed the road. Police said it was ice. Police chief Ida Moe said it would last.")
    rows = speakers(parsed, said(parsed, "Police", "said", "it was ice"), said(parsed, "Police chief Ida Moe", "said", "it would last"))
    assert [row.speakers for row in rows] == [("Vestre police",), ("Ida Moe",)]
    assert [row.principals for row in rows] == [("Vestre",), ("Vestre",)]


def test_bare_state_media_belong_to_whom_they_tell_of() -> None:
    """In an article about several states "state media" are those of the one whose doings they report."""
    parsed = read("Kenya and Norway met. Norway and Kenya agreed. Kenyan President Tom Otieno met Norway's king, state media reported.")
    (row,) = speakers(parsed, said(parsed, "state media", "reported", "Kenyan President Tom Otieno met Norway's king"))
    assert row.principals == ("Kenya",)


def test_a_statement_by_a_body_is_the_bodys() -> None:
    """ "a statement from the navy on Sunday" speaks for the navy; pictures from a state are nobody's word."""
    parsed = read("Norway's ferries stopped, a statement from the Norwegian navy on Sunday said. Images from Norway show ice.")
    rows = speakers(
        parsed,
        said(parsed, "a statement from the Norwegian navy on Sunday", "said", "Norway's ferries stopped"),
        said(parsed, "Images from Norway", "show", "ice"),
    )
    assert [row.speakers for row in rows] == [("Norwegian navy",), ("Images from Norway",)]
    assert rows[1].principals == (None,)


def test_bare_evidence_is_put_forward_by_who_is_named_behind_it() -> None:
    """ "Evidence suggests A. B, the mayor said": the mayor says both; without a following speaker it stays nobody's."""
    parsed = read("Evidence suggests that the dam had cracked. It may yet fail, Mayor Ida Moe said.\nFigures show that rain was rare.")
    rows = speakers(
        parsed,
        said(parsed, "Evidence", "suggests", "that the dam had cracked"),
        said(parsed, "Mayor Ida Moe", "said", "It may yet fail"),
        said(parsed, "Figures", "show", "that rain was rare"),
    )
    assert [row.speakers for row in rows] == [("Ida Moe",), ("Ida Moe",), ("Figures",)]
    assert rows[2].principals == (None,)


def test_evidence_within_what_somebody_says_is_his() -> None:
    """ "Moe said evidence suggests": the outer level is the speaker and relays nothing."""
    parsed = read("Mayor Ida Moe said evidence suggests that the dam had cracked.")
    outer = Level(source=(at(parsed, "Mayor Ida Moe"),), cue=(at(parsed, "said"),))
    (row,) = speakers(parsed, said(parsed, "evidence", "suggests", "that the dam had cracked", outer=(outer,)))
    assert (row.speakers, row.via, row.relays) == (("Ida Moe",), (), ())


def test_an_unnamed_official_is_not_of_the_body_named_before() -> None:
    """ "a health official" after a foreign agency speaks for nobody that the words name."""
    parsed = read("The Kenya Red Cross sent tents. A health official said it rained.")
    (row,) = speakers(parsed, said(parsed, "A health official", "said", "it rained"))
    assert row.principals == (None,)


def test_capitals_make_a_name_of_a_pronoun() -> None:
    """The WHO is no relative pronoun."""
    parsed = read("The health ministry counted 40 cases. WHO said the outbreak was over.")
    (row,) = speakers(parsed, said(parsed, "WHO", "said", "the outbreak was over"))
    assert row.speakers == ("World Health Organization",)


def test_who_answers_is_somebody_else() -> None:
    """ "He shouted back" is not the one who spoke last."""
    parsed = read('A harbour official asked a sailor, Jon Lindo, 55, to stay calm. "Not me!" he shouted back.')
    asked = said(parsed, "A harbour official", "asked", "a sailor, Jon Lindo, 55, to stay calm")
    content = at(parsed, '"Not me!"')
    cue, source = at(parsed, "shouted back"), at(parsed, "he", content.end)
    answered = Attribution(passage=asked.passage, content=(content,), cue=(cue,), source=(source,), form="direct")
    assert speakers(parsed, asked, answered)[1].speakers == ("Jon Lindo",)


def test_who_is_told_is_nobody_who_speaks() -> None:
    """The subject of "were told" hears, whoever marks it as a source."""
    parsed = read("Farmers stayed in. They were told to keep their sheep inside.")
    (row,) = speakers(parsed, said(parsed, "They", "were told", "to keep their sheep inside"))
    assert row.speakers == ()


def test_the_union_is_the_one_that_bears_the_word() -> None:
    """A proper name with the very noun behind it is taken up before other organisations."""
    parsed = read("The CGT union called a strike. The firm Ocean Bank closed its offices. The union said it would go on.")
    (row,) = speakers(parsed, said(parsed, "The union", "said", "it would go on"))
    assert row.speakers == ("CGT union",)


def test_a_headline_in_capitals_lends_nobody_a_longer_name() -> None:
    """ "Ida Lind Guides Work" is Ida Lind where the body names her so."""
    parsed = read("Ida Lind Guides Work at the Port\nMayor Ida Lind came to the port. She said the work was done.")
    (row,) = speakers(parsed, said(parsed, "She", "said", "the work was done"))
    assert row.speakers == ("Ida Lind",)


def test_a_ministry_in_a_place_that_somebody_rules_is_the_places() -> None:
    """ "The Health Ministry in Hamas-ruled Gaza" belongs to Gaza."""
    parsed = read("Israel struck the port. 40 people died, the Health Ministry in Hamas-ruled Gaza said.")
    content = at(parsed, "40 people died")
    told = Attribution(
        passage=0,
        content=(content,),
        cue=(at(parsed, "said"),),
        source=(at(parsed, "the Health Ministry in Hamas-ruled Gaza"),),
        form="indirect",
    )
    assert speakers(parsed, told)[0].speakers == ("Ministry of Health (Gaza)",)
