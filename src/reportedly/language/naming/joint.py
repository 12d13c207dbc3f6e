"""Joint sources: one phrase that names several speakers."""

import re

from reportedly.language.naming.actors import name_actor
from reportedly.language.naming.bodies import find_body, is_organisation, is_topic, split_state
from reportedly.language.naming.groups import find_group, is_group_word
from reportedly.language.naming.offices import find_office, person_name
from reportedly.language.naming.phrases import bare, is_proper, plain, undetermined
from reportedly.language.naming.states import adjective_of, leading_state, state_of

_AND = re.compile(r",?\s+(?:and|nor|as well as|along with|together with)\s+")
_PAIRED = re.compile(r"^(?:neither|both) (?=.+ (?:and|nor) )", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|for)\b")
_SENT = re.compile(
    r"^(?P<who>(?:the |two |several |senior )?(?:representatives|spokespeople|spokesmen|delegates)) (?P<link>from|of|for) (?P<owners>.+)$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"^the [a-z]+(?: [a-z]+)?'s [a-z]+$")  # "the contractor's insurer"
_DEVOTED = re.compile(r"(?P<what>.+) (?:for|on) (?:the )?(?P<topic>[A-Z][^,]*)$")


def split_joint(phrase: str) -> list[str]:
    """The speakers that a phrase names, a phrase each.

    "U.S., South Korean and Ukraine intelligence officials" -> three phrases with "intelligence officials" each;
    "Ukrainian military and intelligence officials" stays one, and so does "Department of Health and Human Services".

    Args:
        phrase: the words of a source.

    Returns:
        The phrases in text order; the phrase itself where it names one.
    """
    text = _PAIRED.sub("", plain(phrase))
    if (find_body(text) and " nor " not in text) or not _AND.search(text) or _office_alone(text):
        return [phrase]
    *first, last = _AND.split(text)
    pieces = _sent_by(text) or _distributed(_apart(first), last)
    if not pieces or not all(_is_actor(p) for p in pieces):
        return [phrase]
    return pieces


def _sent_by(text: str) -> list[str]:
    """Those of several senders: "representatives from the port, the CGT and Oxfam"; none where the phrase lists no senders."""
    match = _SENT.match(text)
    pieces = _apart(_AND.split(match["owners"])) if match else []
    if match is None or not all(_is_actor(p) and is_proper(undetermined(p)) for p in pieces[:-1]):
        return []
    return [f"{match['who']} {match['link']} {piece}" for piece in pieces]


def _apart(parts: list[str]) -> list[str]:
    """The parts split at their commas, an apposition ("the mayor") staying with its name."""
    pieces: list[str] = []
    for part in parts:
        for number, piece in enumerate(p for p in re.split(r",\s+", part) if p):
            office = find_office(bare(piece))
            if number and pieces and office and office.holder is None:
                pieces[-1] = f"{pieces[-1]}, {piece}"
            else:
                pieces.append(piece)
    return pieces


def _office_alone(text: str) -> bool:
    """Whether the "and" lies inside one holder's office: "Nixon, a spokesman for the Department of Health and Human Services"."""
    office = find_office(bare(text))
    if office is None or office.holder is None:
        return False
    if any(_AND.search(part) and (find_body(part) or is_topic(split_state(part)[1])) for part in (office.before, office.after)):
        return True
    left = _AND.split(text, maxsplit=1)[0]
    inner = find_office(bare(left))
    right = _AND.split(text)[-1]
    second = find_office(bare(right))
    if "," in left and second and second.holder is None and right.split()[0].islower():
        return True  # "Baxter, general counsel and vice president at the bank": one holder of two offices
    return not (inner and inner.holder and _is_actor(right) and (person_name(undetermined(right)) or find_office(right))) and "," in text


def _distributed(pieces: list[str], last: str) -> list[str]:
    """The pieces with the head noun or the state that they share; none where the whole names one group."""
    mention = leading_state(undetermined(last).split())
    head = " ".join(undetermined(last).split()[mention.size :]) if mention else ""
    owner = leading_state(undetermined(pieces[-1]).split())
    if head and head.islower():
        return [*(f"{p} {head}" if _is_adjective(p) else p for p in pieces), last]
    if owner and not mention and last.islower():
        left = " ".join(undetermined(pieces[-1]).split()[owner.size :])
        if left and find_group(last) and not is_group_word(left.split()[-1]):
            return []
        return [*pieces, f"{adjective_of(owner.state)} {last}"] if left and find_body(last) else [*pieces, last]
    if is_proper(last) and not (state_of(last) or find_body(last)) and ((_OF.search(pieces[-1]) and " " not in last) or _devoted(pieces)):
        return []
    return [*pieces, last]


def _devoted(pieces: list[str]) -> bool:
    """Whether the pieces begin with an organisation by what it is for, maybe two things: "Centre for Ports and Fishing Rights"."""
    match = _DEVOTED.match(pieces[-1])
    topic = match["topic"] if match else ""
    named = match is not None and len(pieces) == 1 and is_organisation(match["what"]) and find_body(pieces[0]) is None
    return named and " " not in topic and not (state_of(topic) or find_body(topic))


def _is_adjective(piece: str) -> bool:
    mention = leading_state(piece.split())
    return mention is not None and mention.adjective and not mention.possessive and mention.size == len(piece.split())


def _is_actor(piece: str) -> bool:
    name = name_actor(piece)
    if name.kind != "other":
        return True
    words = undetermined(piece).split()
    return (
        (len(words) == 1 and is_proper(words[0]))
        or _OWNED.match(plain(piece)) is not None
        or plain(piece).startswith(("their ", "its ", "his ", "her "))
        or bool(split_state(piece)[0])
    )
