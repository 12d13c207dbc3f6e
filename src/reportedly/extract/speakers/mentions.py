"""Who a paragraph names: its noun phrases that name an actor, in text order."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.extract.parse.parsed import ParsedPassage
from reportedly.extract.parse.tokens import Doc, Token, TokenSpan
from reportedly.extract.speakers.armed_groups import is_armed_description
from reportedly.extract.speakers.homes import opening_state
from reportedly.language.naming.names import name_actor, split_joint
from reportedly.language.naming.offices import Gender, find_office, gender_of, person_name
from reportedly.language.naming.phrases import bare, is_proper, plain, undetermined
from reportedly.language.naming.possible import gives_no_office
from reportedly.language.naming.states import leading_state
from reportedly.language.tables import load_table
from reportedly.model import ActorName, Span

_CUT = frozenset({"relcl", "acl", "conj", "cc", "advcl", "dep", "parataxis", "preconj", "npadvmod"})
_OWNERS = frozenset({"of", "for", "at", "from", "to"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_COMPANY = frozenset({"alongside", "beside", "with"})
_PARTICIPLES = frozenset({"VBG", "VBN"})
_LONGEST = 25  # tokens of the longest phrase that names one actor
_TITLE = 10  # tokens of the longest title before a name
_NAME = 5  # words of a proper name with the noun of a body behind it
_DATES = frozenset({*calendar.day_name, *calendar.month_name, *calendar.day_abbr, *calendar.month_abbr})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A noun phrase that names an actor.

    Attributes:
        span: the phrase with title and apposition.
        passage: place of its passage in the article.
        sentence: place of its sentence's first character in the document's text.
        head: place of its head word in the document's text.
        name: the actor as the phrase alone gives it.
        actor: canonical name of the actor within the article; a short name has the full one's.
        full: whether the phrase names the actor in full, so that shorter ones may take it up.
        subject: whether it is the subject of its clause, outside quotation marks.
        main: whether it is the subject of its sentence's main clause.
        quoted: whether it stands inside quotation marks.
        beside: whether it only stands beside whoever acts: "speaking alongside the mayor".
        plural: whether "they" may take it up.
        gender: what its title says ("spokeswoman"); None where it says nothing.
    """

    span: Span
    passage: int
    sentence: int
    head: int
    name: ActorName
    actor: str
    full: bool
    subject: bool
    main: bool
    quoted: bool
    beside: bool
    plural: bool
    gender: Gender | None


def mentions_in(passage: ParsedPassage, place: int, home: str | None) -> list[Mention]:
    """The mentions of a paragraph.

    Args:
        passage: the paragraph.
        place: its place in the article.
        home: the state that bare bodies ("the government") belong to where their sentence opens with no other's place; None where
            none stands out.

    Returns:
        Its mentions in text order; each piece of a joint phrase is one, with the whole phrase as span.
    """
    quoted = passage.doc.quoted
    found: list[Mention] = []
    taken = -1
    for chunk in passage.doc.noun_chunks:
        head = chunk.root
        if head.i < taken or head.pos_ in {"PRON", "NUM", "DET"}:
            continue
        local = opening_state(passage.doc[head.sent.start]) or home
        phrase = _titled(_with_name(phrase_of(head), head), local)
        here = list(_mentions(passage, place, head, phrase, local, quoted=head.i in quoted))
        if chunk[0].tag_ == "PRP$" and not any(m.name.kind == "person" and " " in person_named(m) for m in here):
            continue  # "his brother" says nothing by itself; "his brother, Lars Dahl," does
        if here:
            taken = phrase.end if here[0].name.kind == "person" or len(here) > 1 else head.i + 1
            found += here
    covered = {i for m in found for i in range(m.span.start - passage.start, m.span.end - passage.start)}
    for run in _runs(passage, covered):
        found += _mentions(passage, place, run[-1], _titled(run, home), home, quoted=run[-1].i in quoted)
    return sorted(_undoubled(found), key=lambda m: (m.head, m.span.start))


def _with_name(phrase: TokenSpan, head: Token) -> TokenSpan:
    """A phrase with the name set beside it behind a place that it leaves out: "a lawyer in Lagos, Ida Berg"."""
    places = [place for link in head.children if link.dep_ == "prep" for place in link.children if place.dep_ == "pobj"]
    beside = (c for one in (head, *places) for c in one.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i > phrase.end)
    name = next(beside, None)
    if name is None or head.pos_ != "NOUN" or name.doc[name.left_edge.i - 1].text != ",":
        return phrase
    whole = head.doc[phrase.start : name.i + 1]
    titled = len(whole) <= _LONGEST and person_name(head.doc[name.left_edge.i : name.i + 1].text)
    return whole if titled and name_actor(whole.text).kind == "person" else phrase


def person_named(mention: Mention) -> str:
    """The name of the person whom a mention names; empty for an unnamed holder of an office."""
    return person_name(mention.name.name) or ""


def phrase_of(head: Token) -> TokenSpan:
    """The noun phrase of a head: modifiers, "of" and "for" phrases and appositions, no clauses."""
    tokens, first, end = head.doc.tokens, head.left_edge.i, head.i + 1
    while end < len(tokens) and end - first < _LONGEST and _modifies(tokens[end], head):
        end += 1
    while end - 1 > head.i and tokens[end - 1].is_punct and tokens[end - 1].text not in {")", "]"}:
        end -= 1
    return head.doc[first : _whole_word(head.doc, end)]


def _modifies(token: Token, head: Token) -> bool:
    """Whether a token behind a head belongs to its phrase: it hangs below the head, and on no clause or other phrase in between."""
    while token is not head:
        above = token.head
        foreign = above is head and token.dep_ == "prep" and token.lower_ not in _OWNERS
        if above is token or foreign or (token.i > head.i and token.dep_ in _CUT):
            return False
        token = above
    return True


def _titled(phrase: TokenSpan, home: str | None) -> TokenSpan:
    """A person's name with the title before it that the parse took for a phrase of its own ("Secretary of Defense" + name)."""
    phrase = phrase.doc[_whole_state(phrase.doc, phrase.start) : phrase.end]
    if phrase[0].pos_ != "PROPN" or phrase.start == phrase.sent.start:
        return phrase
    name = name_actor(phrase.text, home=home)
    if name.kind != "person" or name.role:
        return phrase
    start = phrase.start
    while start > phrase.sent.start and phrase.start - start < _TITLE and _in_title(phrase.doc[start - 1]):
        start -= 1
    if gives_no_office(phrase.doc[start : phrase.start].text):
        return phrase
    for place in range(start, phrase.start):
        longer = phrase.doc[place : phrase.end]
        titled = name_actor(longer.text, home=home)
        if titled.kind == "person" and titled.role and titled.name == name.name:
            return longer
    return phrase


def _in_title(token: Token) -> bool:
    return token.pos_ in {"PROPN", "NOUN", "ADJ", "PART", "DET"} or token.lower_ in {"of", "for", "and", "-"}


def _undoubled(found: list[Mention]) -> list[Mention]:
    """Without the pieces of a longer mention of one person ("Secretary", "Defense" beside "Secretary of Defense Austin")."""
    persons = [m.span for m in found if m.name.kind == "person" and m.name.role]
    return [m for m in found if not any(p.contains(m.span) and m.span.end < p.end for p in persons) or m.name.kind == "state"]


def _whole_state(doc: Doc, first: int) -> int:
    """The start moved before the first word of a state's name that the parse took for something else ("South" of "South Korean")."""
    if first <= doc[first].sent.start or not doc[first - 1].text[:1].isupper():
        return first
    words = [token.text for token in doc[first - 1 : first + 3]]
    if leading_state(words[1:]):
        return first
    state = leading_state(words)
    return first - 1 if state and state.size > 1 else first


def _whole_word(doc: Doc, end: int) -> int:
    """The end moved past the parts of a hyphenated name that the tokeniser took apart ("Kim Yong-hyun")."""
    tokens = doc.tokens
    while end + 1 < len(tokens) and tokens[end].text == "-" and not tokens[end - 1].whitespace_ and not tokens[end].whitespace_:
        end += 2
    return end


def _mentions(passage: ParsedPassage, place: int, head: Token, phrase: TokenSpan, home: str | None, *, quoted: bool) -> Iterator[Mention]:
    text = phrase.text
    pieces = split_joint(text) if " and " in text else [text]
    for piece in pieces:
        name = name_actor(piece, home=home)
        if not _names_somebody(name, piece, head):
            continue
        yield Mention(
            span=passage.span(phrase),
            passage=place,
            sentence=passage.start + head.sent.start_char,
            head=passage.start + head.idx,
            name=name,
            actor=name.name,
            full=name.kind != "other" and (name.kind != "person" or " " in name.name),
            subject=not quoted and (head.dep_ in _SUBJECTS or _speaks(head)),
            main=head.dep_ in _SUBJECTS and head.head.dep_ == "ROOT",
            quoted=quoted,
            beside=name.kind == "person" and _stands_beside(head),
            plural=head.tag_ in {"NNS", "NNPS"} or name.kind in {"organisation", "body"},
            gender=gender_of(piece) if name.kind in {"person", "group"} or name.role else None,
        )


def _names_somebody(name: ActorName, text: str, head: Token) -> bool:
    words = undetermined(plain(text)).split()
    if any(w in _DATES for w in words[:1]):
        return False
    if name.kind == "other" and is_armed_description(text):
        return True
    if name.kind == "other":
        short = head.pos_ == "PROPN" and len(words) <= 2 and all(is_proper(w) for w in words)  # noqa: PLR2004 - a short name
        return short or _names_body(words)
    if name.kind == "person" and not person_name(name.name):  # an unnamed holder: only where the phrase says whose office it is
        office = find_office(bare(text))
        introduced = bool(office and office.after) or plain(text).casefold().startswith(("a ", "an "))
        return introduced or leading_state(bare(text).split()) is not None
    return True


def _names_body(words: Sequence[str]) -> bool:
    """Whether words are a proper name with the noun of a body behind it, which "the union" may take up: "CGT union"."""
    named = 1 < len(words) <= _NAME and all(is_proper(w) for w in words[:-1])
    return named and words[-1] in load_table("bodies")["anaphors"]["rows"]


def _speaks(head: Token) -> bool:
    """Whether the phrase is an agent ("by X") or the source of "according to"."""
    if head.dep_ != "pobj":
        return False
    return head.head.dep_ == "agent" or (head.head.lower_ == "to" and head.head.i > 0 and head.doc[head.head.i - 1].lower_ == "according")


def _stands_beside(head: Token) -> bool:
    """Whether the phrase is whom somebody acts beside: "speaking alongside the mayor"."""
    return head.dep_ == "pobj" and head.head.lower_ in _COMPANY and head.head.head.tag_ in _PARTICIPLES


def _runs(passage: ParsedPassage, covered: set[int]) -> Iterator[TokenSpan]:
    """Runs of proper nouns that no mention covers, with the apposition after them: names that the parse took apart."""
    doc = passage.doc
    tokens, place = doc.tokens, 0
    while place < len(tokens):
        end = place
        while end < len(tokens) and tokens[end].pos_ == "PROPN" and tokens[end].idx not in covered:
            end += 1
        if end - place > 1:
            yield doc[place : _apposition_end(doc[place : _whole_word(doc, end)])]
        place = max(end, place + 1)


def _apposition_end(run: TokenSpan) -> int:
    """Where the apposition ends that follows a run of proper nouns: ", chief of the general staff ...,"."""
    doc = run.doc
    if run.end + 1 >= len(doc) or doc[run.end].text != ",":
        return run.end
    close = next((t.i for t in doc[run.end + 1 : run.end + _LONGEST] if t.text in {",", "."}), None)
    after = doc[run.end + 1 : close] if close else None
    if after is None or any(t.pos_ in {"VERB", "AUX"} and t.tag_ != "VBG" for t in after):
        return run.end
    described = name_actor(f"{run.text}, {after.text}")
    return after.end if described.kind == "person" and described.role else run.end
