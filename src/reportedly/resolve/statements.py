"""Statements: claims of a story that put forward, deny or leave open the same act of the same principal."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.language.acts import is_act, row_of_act, serves_agent
from reportedly.language.tables import load_table
from reportedly.model import ArticleKey, Settings, Stance, Statement, StatementMember, Story, group_id
from reportedly.resolve.actors import Cast
from reportedly.resolve.contraries import find_contraries
from reportedly.resolve.employers import named
from reportedly.resolve.mentions import ITSELF
from reportedly.resolve.occasions import part_occasions
from reportedly.resolve.propositions import Proposition, gather_propositions
from reportedly.resolve.standpoints import take_standpoint
from reportedly.resolve.voices import Voice
from reportedly.resolve.wordings import order_wordings, stands_alone, statement_words

_ALIKE = 0.3  # Jaccard of content words from which two contents about an act without an agent are about one act
_ANSWERS: frozenset[Stance] = frozenset({"denies", "confirms", "declines"})
_RANK = {"denies": 0, "supports": 1, "open": 2}  # which of a claim's standpoints on one act is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The propositions about one act of one principal in one story.

    Attributes:
        story: the story's id.
        act: a row of the acts table, else a verb's lemma.
        agent: principal of who does it; "" where the words name nobody.
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
        The statements, sorted by id, each put forward by somebody named or expressly denied. An act of the table that only one
        principal speaks of is one where it is some claim's main act and of weight; an act that names no agent, where it is denied; any
        other where two principals put it forward.
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
    agents: dict[str, set[str]] = defaultdict(set)
    for act, agent in found:
        agents[act].add(agent)
    for proposition in propositions:
        if not proposition.agent:
            found[proposition.act, _agent_by_context(proposition, agents.get(proposition.act, set()))].append(proposition)
    for (act, agent), several in sorted(found.items()):
        for counted, same in sorted(_by_object(several if agent else _around_denials(several)).items(), key=lambda item: item[0] or ""):
            for occasion in part_occasions(act, same):
                yield Case(story=story, act=act, agent=agent, counted=counted, propositions=tuple(sorted(occasion, key=_place)))


def _around_denials(propositions: Sequence[Proposition]) -> list[Proposition]:
    """Of acts told without an agent, those that somebody denies, and what is said in much the same words."""
    denied = [proposition for proposition in propositions if _denies(proposition)]

    def alike(one: Proposition, other: Proposition) -> bool:
        return len(one.words & other.words) >= _ALIKE * max(len(one.words | other.words), 1)

    return [found for found in propositions if any(found is other or (found.rank == 0 and alike(found, other)) for other in denied)]


def _denies(proposition: Proposition) -> bool:
    """Whether a claim expressly denies the act as the main thing that it is about."""
    return proposition.voice.claim.stance == "denies" and proposition.rank == 0


def _place(proposition: Proposition) -> tuple[str, int, bool]:
    return proposition.voice.claim.id, proposition.rank, proposition.implied


def _agent_by_context(proposition: Proposition, agents: Collection[str]) -> str:
    """Whose an act is that a claim tells without its agent, of those who are named as the agents of such acts; "" where nothing tells.

    One that somebody denies, confirms or will not speak of is the speaker's where others say that it did it; an act on one's own
    ("troops were sent") is that of the only principal of the act that the claim names too.
    """
    claim = proposition.voice.claim
    known = set(agents) & set(proposition.voice.principals) if claim.stance in _ANSWERS else set()
    if not known and row_of_act(proposition.act).own:
        known = set(agents) & set(claim.names)
    return next(iter(known)) if len(known) == 1 else ""


def _by_object(propositions: Sequence[Proposition]) -> dict[str | None, list[Proposition]]:
    """The propositions by class of thing; one that names no thing goes with the commonest class, unless it says at whom it was aimed."""
    classes = Counter(proposition.counted for proposition in propositions if proposition.counted)
    common = min(classes, key=lambda counted: (-classes[counted], counted), default=None)
    found: dict[str | None, list[Proposition]] = defaultdict(list)
    for proposition in propositions:
        found[proposition.counted or (None if _is_aimed(proposition) else common)].append(proposition)
    return dict(found)


def _is_aimed(proposition: Proposition) -> bool:
    """Whether the words name the target of an act that has a thing and a target, and leave out the thing ("fired at army posts")."""
    patient, bare = row_of_act(proposition.act).patient, proposition.thing is None and not proposition.implied
    return bool(proposition.patient and patient) and patient[0] != "object" and bare and not proposition.taken_up


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
    claims = {proposition.voice.claim.id: proposition.voice for proposition in case.propositions}
    denials = {proposition.voice.claim.id for proposition in case.propositions if _denies(proposition)}
    denied = any(part.position == "denies" and part.claim in denials for part in parts)
    backers = {who for part in parts if part.position == "supports" and part.claim in claims for who in claims[part.claim].principals}
    clear = any(stands_alone(proposition, case.agent) for proposition in case.propositions)
    if denied or not backers or not case.agent:
        return denied and (clear or is_act(case.act))
    return clear and (len(backers) > 1 or _is_of_weight(case))


def _is_of_weight(case: Case) -> bool:
    return _is_row(case) and case.act not in load_table("statements")["slight"]["acts"]


def _is_row(case: Case) -> bool:
    """Whether an act is that row of the table, not only a verb of the same form ("hold" a ceremony, "receive" a guest)."""
    if not is_act(case.act):
        return False
    row = load_table("acts")["rows"]["acts"][case.act]
    wanted = row.get("only_with", []) if row["verbs"] or row["nouns"] else [thing for things in row["with"].values() for thing in things]
    return not wanted or any(p.counted in wanted or p.thing in wanted for p in case.propositions)


def _statement(case: Case, parts: Sequence[StatementMember], event_of: Mapping[str, str], settings: Settings) -> Statement:
    wordings = _wordings(case, parts)
    text = wordings[0][1]
    events = Counter(event_of[part.claim] for part in parts if part.claim in event_of)
    return Statement(
        id=group_id("p", (f"{case.act}\x1f{case.agent}\x1f{case.counted}\x1f{part.claim}" for part in parts)),
        story=case.story,
        event=min(events, key=lambda event: (-events[event], event), default=None),
        text=text,
        act=case.act,
        parties=_parties(case, parts, text, settings),
        serves_agent=serves_agent(case.act),
        members=tuple(parts),
        wordings=wordings,
    )


def _wordings(case: Case, parts: Sequence[StatementMember]) -> tuple[tuple[str, str], ...]:
    """Claims with their words for the statement, the best first; after it only what was said or published before all that are better."""
    kept: list[tuple[str, str]] = []
    said, published = "~~", "~~"
    for proposition in order_wordings(case.propositions, case.agent, parts):
        voice = proposition.voice
        day, out = (voice.said.last or "~") if voice.said else "~", (voice.published.last or "~") if voice.published else "~"
        if day < said or out < published:
            kept.append((voice.claim.id, statement_words(proposition, case.agent)))
            said, published = min(said, day), min(published, out)
    return tuple(kept)


def _parties(case: Case, parts: Iterable[StatementMember], text: str, settings: Settings) -> tuple[str, ...]:
    """Who does the act and whom it is done to, as far as these are principals; a person's own list goes before.

    Where nobody is named as its agent, it is put to those who deny it.
    """
    for words, parties in sorted(settings.parties.items()):
        if words.lower() in text.lower():
            return tuple(sorted(parties))
    speaking = {principal for proposition in case.propositions for principal in proposition.voice.principals}
    patients = {proposition.patient for proposition in case.propositions if proposition.patient}
    denying = {part.claim for part in parts if part.position == "denies"} if not case.agent else set()
    accused = {who for proposition in case.propositions if proposition.voice.claim.id in denying for who in proposition.voice.principals}
    opposed = {name for name in patients if name in speaking or named(name).kind in ITSELF}
    return tuple(sorted(({case.agent} if case.agent else accused) | opposed))
