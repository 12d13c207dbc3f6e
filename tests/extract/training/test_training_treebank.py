"""Text cut into tokens is written again as people write it."""

from pathlib import Path

from reportedly.extract.training.corpus import read_unlabelled
from reportedly.extract.training.treebank import is_tokenised, joined


def test_a_text_of_tokens_is_known_by_its_stops() -> None:
    """Full stops that stand apart tell; a single one, or those of ordinary text, do not."""
    assert is_tokenised("The army left . \nNobody saw it .")
    assert not is_tokenised("The army left. Nobody saw it.")
    assert not is_tokenised("It has no stops")
    assert not is_tokenised("One stop .")


def test_tokens_are_joined_as_people_write_them() -> None:
    """Quotation marks, brackets, endings, prices and shares close up with their words."""
    text = "`` We ca n't stay , '' the mayor 's aide -LRB- a lawyer -RRB- said ; they lost $ 5 million , or 3 % ."
    assert joined(text) == "\"We can't stay,\" the mayor's aide (a lawyer) said; they lost $5 million, or 3%."


def test_marks_that_all_close_open_and_close_in_turn() -> None:
    """Some texts have the closing mark at both ends."""
    assert joined("with '' flu symptoms '' today .") == 'with "flu symptoms" today.'


def test_lines_become_short_paragraphs() -> None:
    """No sentence is lost, their order stands, and no paragraph holds more than three."""
    sentences = [f"Sentence {number} ends ." for number in range(20)]
    paragraphs = joined("\n".join(sentences)).split("\n\n")
    assert " ".join(paragraphs) == " ".join(sentence.replace(" .", ".") for sentence in sentences)
    assert max(paragraph.count(".") for paragraph in paragraphs) <= 3
    assert joined("\n".join(sentences)) == joined("\n".join(sentences))


def test_unlabelled_articles_are_joined(tmp_path: Path) -> None:
    """A collection of tokens is read as text."""
    (tmp_path / "x.jsonl").write_text('{"text": "It fell . \\nHe said so ."}\n', encoding="utf-8")
    (article,) = read_unlabelled(tmp_path, ["x.jsonl"])
    assert article.text.replace("\n\n", " ") == "It fell. He said so."
