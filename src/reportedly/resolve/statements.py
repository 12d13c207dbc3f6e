"""Statements: claims of a story that put forward, deny or leave open the same act of the same principal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.language.acts import is_act, row_of_act, serves_agent
from reportedly.model import ArticleKey, Settings, Statement, StatementMember, Story, group_id
from reportedly.resolve.actors import Cast
from reportedly.resolve.contraries import find_contraries
from reportedly.resolve.employers import named
from reportedly.resolve.mentions import ITSELF
from reportedly.resolve.propositions import Proposition, gather_propositions
from reportedly.resolve.standpoints import take_standpoint
from reportedly.resolve.voices import Voice

_LONG = 160  # characters beyond which a content is no name for a statement
_RANK = {"denies": 0, "supports": 1, "open": 2}  # which of a claim's standpoints on one act is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The propositions about one act of one principal in one story.

    Attributes:
        story: the story's id.
        act: a row of the acts table, else a verb's lemma.
        agent: principal of who does it.
        counted: class of the thing acted on, or None.
        propositions: sorted by claim and place in it.
    """

    story: str
    act: str
    agent: str
    counted: str | None
    propositions: tuple[Proposition, ...]


def build_statements(
    stories: Sequence[Story],
    voices: Mapping[ArticleKey, Sequence[Voice]],
    cast: Cast,
    event_of: Mapping[str, str],
    settings: Settings,
) -> tuple[Statement, ...]:
    """Bring together what is said about the same acts.

    Args:
        stories: the stories.
        voices: the claims of each article.
        cast: who is who.
        event_of: claim id -> event id.
        settings: the ledger's settings, for the parties that a person set.

    Returns:
        The statements, sorted by id. An act that only one principal speaks of is one too where it is a row of the acts table and
        some claim's main act or denied; any other becomes one where two principals speak of it.
    """
    statements: list[Statement] = []
    for story in stories:
        members = {voice.claim.id: voice for key in story.articles for voice in voices.get(key, ())}
        propositions = gather_propositions([members[identity] for identity in sorted(members)], cast)
        for case in _cases(story.id, propositions):
            parts = _parts(case, propositions)
            if _worth(case, parts):
                statements.append(_statement(case, parts, event_of, settings))
    return tuple(sorted(statements, key=lambda statement: (statement.id, statement.act, statement.parties)))


def _cases(story: str, propositions: Sequence[Proposition]) -> Iterator[Case]:
    found: dict[tuple[str, str], list[Proposition]] = defaultdict(list)
    for proposition in propositions:
        if proposition.agent:
            found[proposition.act, proposition.agent].append(proposition)
    for proposition in propositions:
        if not proposition.agent and (key := _agent_by_context(proposition, found)):
            found[key].append(proposition)
    for (act, agent), several in sorted(found.items()):
        for counted, same in sorted(_by_object(several).items(), key=lambda item: item[0] or ""):
            yield Case(story=story, act=act, agent=agent, counted=counted, propositions=tuple(sorted(same, key=_place)))


def _place(proposition: Proposition) -> tuple[str, int, bool]:
    return proposition.voice.claim.id, proposition.rank, proposition.implied


def _agent_by_context(proposition: Proposition, found: Mapping[tuple[str, str], list[Proposition]]) -> tuple[str, str] | None:
    """An act on one's own ("troops were sent") told without its agent is that of the only principal of the act that the claim names too."""
    if not row_of_act(proposition.act).own:
        return None
    known = {agent for act, agent in found if act == proposition.act} & set(proposition.voice.claim.names)
    return (proposition.act, known.pop()) if len(known) == 1 else None


def _by_object(propositions: Sequence[Proposition]) -> dict[str | None, list[Proposition]]:
    """The propositions by class of thing; one that names no thing goes with the commonest class."""
    classes = Counter(proposition.counted for proposition in propositions if proposition.counted)
    common = min(classes, key=lambda counted: (-classes[counted], counted), default=None)
    found: dict[str | None, list[Proposition]] = defaultdict(list)
    for proposition in propositions:
        found[proposition.counted or common].append(proposition)
    return dict(found)


def _parts(case: Case, propositions: Sequence[Proposition]) -> tuple[StatementMember, ...]:
    """One part a claim: a denial of anything in it before a support, a support before an open standpoint."""
    found: dict[str, StatementMember] = {}
    for member in (*map(take_standpoint, case.propositions), *find_contraries(case.agent, case.act, case.propositions, propositions)):
        held = found.get(member.claim)
        if held is None or _RANK[member.position] < _RANK[held.position]:
            found[member.claim] = member
    return tuple(found[claim] for claim in sorted(found))


def _worth(case: Case, parts: Sequence[StatementMember]) -> bool:
    """Whether somebody takes a side on the act, and it is more than a passing word of one speaker."""
    sides = {part.position for part in parts} - {"open"}
    speaking = {principal for proposition in case.propositions for principal in proposition.voice.principals}
    main = is_act(case.act) and any(proposition.rank == 0 for proposition in case.propositions)
    return bool(sides) and (len(speaking) > 1 or main or ("denies" in sides and is_act(case.act)))


def _statement(case: Case, parts: Sequence[StatementMember], event_of: Mapping[str, str], settings: Settings) -> Statement:
    best = _best(case, parts)
    text = _words(best.voice)
    events = Counter(event_of[part.claim] for part in parts if part.claim in event_of)
    return Statement(
        id=group_id("p", (f"{case.act}\x1f{case.agent}\x1f{case.counted}\x1f{part.claim}" for part in parts)),
        story=case.story,
        event=min(events, key=lambda event: (-events[event], event), default=None),
        text=text,
        act=case.act,
        parties=_parties(case, text, settings),
        serves_agent=serves_agent(case.act),
        members=tuple(parts),
    )


def _best(case: Case, parts: Iterable[StatementMember]) -> Proposition:
    """The proposition whose words name the statement: a support in indirect speech, its main act, short, the earliest said."""
    positions = {part.claim: part.position for part in parts}

    def order(proposition: Proposition) -> tuple[bool | int | str, ...]:
        claim, said = proposition.voice.claim, proposition.voice.said
        return (
            proposition.taken_up,
            positions.get(claim.id) != "supports",
            claim.form != "indirect" or len(claim.content) > 1,
            len(_words(proposition.voice)) > _LONG,
            proposition.implied,
            not proposition.finite,
            proposition.rank,
            bool(claim.figures),
            case.agent not in claim.names,
            (said.last or "~") if said else "~",
            claim.id,
        )

    return min(case.propositions, key=order)


def _words(voice: Voice) -> str:
    return " … ".join(span.text for span in voice.claim.content).removeprefix("that ").strip()


def _parties(case: Case, text: str, settings: Settings) -> tuple[str, ...]:
    """Who does the act and whom it is done to, as far as these are principals; a person's own list goes before."""
    for words, parties in sorted(settings.parties.items()):
        if words.lower() in text.lower():
            return tuple(sorted(parties))
    speaking = {principal for proposition in case.propositions for principal in proposition.voice.principals}
    patients = {proposition.patient for proposition in case.propositions if proposition.patient}
    return tuple(sorted({case.agent, *(name for name in patients if name in speaking or named(name).kind in ITSELF)}))
