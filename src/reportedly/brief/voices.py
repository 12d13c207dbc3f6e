"""Who says what, by principal; refusals and silences."""

from collections.abc import Iterable

from reportedly.brief.citing import Citations
from reportedly.brief.report import Line, Voice
from reportedly.brief.wording import claim_words, joined, relay_words, said_words
from reportedly.model import Claim, Holdings, StoredClaim, carrier_name

MOST_VOICES = 14
MOST_LINES = 6  # lines a principal
_WEIGHTS = {"confirms": 3, "denies": 3, "alleges": 2, "estimates": 2, "pledges": 1, "warns": 1, "demands": 1, "predicts": 1}


def find_voices(holdings: Holdings, cites: Citations) -> tuple[Voice, ...]:
    """What each principal says: its weightiest claims in order of saying, one an utterance's wording, those with most to say first."""
    said: dict[str, list[StoredClaim]] = {}
    for stored in _in_bodies(holdings):
        if stored.claim.form != "narration" and stored.claim.stance != "declines":
            for principal in _principals(holdings, stored):
                said.setdefault(principal, []).append(stored)
    ordered = sorted(said, key=lambda name: (-len(said[name]), name))[:MOST_VOICES]
    return tuple(_voice(name, said[name], holdings, cites) for name in ordered)


def find_refusals(holdings: Holdings, cites: Citations) -> tuple[Line, ...]:
    """Refusals and silences that the reports state, each once an utterance."""
    refused = [s for s in _in_bodies(holdings) if s.claim.stance == "declines"]
    return tuple(_line(s, holdings, cites) for s in _once(refused, holdings))


def _in_bodies(holdings: Holdings) -> list[StoredClaim]:
    return [s for s in holdings.claims if s.claim.part == "body" and s.claim.id not in holdings.links.superseded]


def _principals(holdings: Holdings, stored: StoredClaim) -> list[str]:
    actors = {a.id: a for a in holdings.links.actors}
    found = []
    for name in stored.claim.speakers:
        actor = actors.get(holdings.links.actor_of.get((*stored.article, name), ""))
        found.append((actor.principal or actor.name) if actor else name)
    return list(dict.fromkeys(found))


def _voice(name: str, claims: list[StoredClaim], holdings: Holdings, cites: Citations) -> Voice:
    once = _once(claims, holdings)
    chosen = sorted(once, key=lambda s: -_weight(s.claim))[:MOST_LINES]
    chosen.sort(key=lambda s: (_last_day(s.claim), s.claim.document, s.claim.start))
    return Voice(principal=name, lines=tuple(_line(s, holdings, cites) for s in chosen), left_out=len(once) - len(chosen))


def _weight(claim: Claim) -> float:
    return _WEIGHTS.get(claim.stance, 0) + 2 * len(claim.figures) + len(claim.acts) + (0.5 if claim.form != "direct" else 0)


def _last_day(claim: Claim) -> str:
    return (claim.said.last or claim.said.first or "") if claim.said else ""


def _once(claims: Iterable[StoredClaim], holdings: Holdings) -> list[StoredClaim]:
    """One claim an utterance and wording, the first in page order."""
    found: dict[tuple[str, str], StoredClaim] = {}
    for stored in claims:
        utterance = holdings.links.utterance_of.get(stored.claim.id, stored.claim.id)
        figures = ",".join(sorted(f"{f.measure}{f.low}{f.high}" for f in stored.claim.figures))
        found.setdefault((utterance, figures), stored)
    return list(found.values())


def _line(stored: StoredClaim, holdings: Holdings, cites: Citations) -> Line:
    claim = stored.claim
    article = holdings.articles[stored.article]
    who = joined(claim.speakers) or "Nobody who is named"
    relay = relay_words(claim.via, [carrier_name(article, holdings.documents[stored.document])])
    return Line(label=f"{who}, {said_words(claim)}", text=f"{claim_words(claim)} (via {relay})", numbers=cites.cite([claim.id]))
