"""What is said in reports without being anybody: statements, letters, evidence, figures."""

from reportedly.extract.speakers.reference import Context, Referent
from reportedly.language.naming.names import principal_of
from reportedly.language.naming.phrases import bare
from reportedly.language.naming.states import leading_state
from reportedly.language.tables import load_table

_SPOKEN = 60  # utterances that "the statement" is looked back for


def issuer_of(words: str, context: Context) -> Referent | None:
    """Who issued "the statement"."""
    text = bare(words).split()
    if not is_utterance(words):
        return None
    state = leading_state(text)
    for spoken in reversed(context.earlier[-_SPOKEN:]):
        fitting = [
            r
            for r in spoken.issuers or spoken.referents
            if r.name.kind != "outlet" and (state is None or principal_of(r.name) == state.state)
        ]
        if fitting and text[-1].casefold() in spoken.words:
            return Referent(name=fitting[0].name, evidence=fitting[0].evidence)
    return None


def is_thing(words: str) -> bool:
    """Whether the head of a phrase is something that reports let speak although it is nobody ("evidence", "figures")."""
    return _head(words) in load_table("things")["things"]["words"]


def is_part(words: str) -> bool:
    """Whether the head of a phrase is one of those whom an organisation sends and who speak for it ("the IAEA team")."""
    return _head(words) in load_table("things")["parts"]["words"]


def is_provision(words: str) -> bool:
    """Whether the head of a phrase is a law, an agreement or a part of one, which provides and does not report."""
    return _head(words) in load_table("things")["provisions"]["words"]


def _head(words: str) -> str:
    """The head of a noun phrase in lower case; "" where it has none."""
    names = [w.casefold() for w in bare(words).split()]
    end = next((n for n, w in enumerate(names) if w in load_table("things")["behind_head"]["words"]), len(names))
    return names[end - 1] if names[:end] else ""


def is_utterance(words: str) -> bool:
    """Whether a phrase names what somebody utters ("the statement")."""
    last = bare(words).split()[-1:]
    return bool(last) and last[0].casefold() in load_table("bodies")["utterances"]["rows"]["words"]
