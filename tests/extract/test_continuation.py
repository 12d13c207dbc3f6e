from collections.abc import Callable

WhoSaid = Callable[..., list[tuple[str, str, str]]]


def test_quotation_alone_in_its_sentence_goes_on_the_one_before(who_said: WhoSaid) -> None:
    """'"A," he said. "B."' is one attribution with two pieces."""
    assert who_said("“The boats are late,” the captain said. “They were late yesterday.”") == [
        ("the captain", "said", "“The boats are late,” | “They were late yesterday.”")
    ]


def test_quotation_of_several_paragraphs_is_one_attribution(who_said: WhoSaid) -> None:
    """A quotation that the next paragraph re-opens belongs to the same speaker."""
    text = "“The boats are late,” the captain said. “They were late yesterday.\n“They will be late tomorrow.”"
    assert who_said(text) == [("the captain", "said", "“The boats are late,” | “They were late yesterday. | “They will be late tomorrow.”")]


def test_cue_with_a_colon_introduces_the_next_paragraph(who_said: WhoSaid) -> None:
    """ "He told reporters:" has its content in the paragraph below."""
    ((source, _, content),) = who_said("The captain told reporters:\n“The boats are late.”")
    assert (source, content) == ("The captain", "“The boats are late.”")


def test_paragraph_with_words_of_its_own_is_not_taken_up(who_said: WhoSaid) -> None:
    """Only a paragraph that is nothing but a quotation goes on the one before."""
    text = "“The boats are late,” the captain said.\nThe pier bears the name “Long Wait” since the war."
    assert [content for _, _, content in who_said(text)] == ["“The boats are late,”"]


def test_a_crosshead_in_quotation_marks_is_not_taken_up(who_said: WhoSaid) -> None:
    """A heading between paragraphs is nobody's words though it stands in single marks or bears a heading's sign."""
    for heading in ("‘LONG WAIT’", "### ‘A long wait’"):
        text = f"“The boats are late,” the captain said.\n{heading}\nThe pier was empty."
        assert [content for _, _, content in who_said(text)] == ["“The boats are late,”"]
