"""Every use case once, in the words of the design, with no framework's types: what the faces call.

fetch_pages(urls, path)                      from the web to a file
read_files(paths), extract_files(readings)   stateless
Desk(path).add(paths)                        fills a ledger
Desk(path).figures(question) and the others  read it
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from reportedly import pipeline
from reportedly.errors import BadPolicyError
from reportedly.model import (
    ActorRow,
    Added,
    Assessment,
    Change,
    CheckRow,
    Clocks,
    Correction,
    Filters,
    Hit,
    Holdings,
    Judgement,
    Life,
    ModelName,
    Place,
    PlaceLike,
    PrimaryRow,
    Problem,
    Reading,
    Series,
    Settings,
    ShownClaim,
    StoredClaim,
    StoryRow,
    TimelineEntry,
    VerifyRow,
)
from reportedly.model.ports import Progress
from reportedly.query.assessing import changes_of, series_of, statements_of
from reportedly.query.library import Library
from reportedly.query.lineage import lives_of, primaries_of
from reportedly.query.listing import actors_of, best_hits, claims_of, documents_meant, story_rows_of
from reportedly.query.selection import (
    check_names,
    dated,
    in_page,
    problems_that_fit,
    shown,
)
from reportedly.query.sweeping import rows_by_story
from reportedly.query.timelines import Grain, timeline_of
from reportedly.query.uncollected import at_rest
from reportedly.settings import load_settings
from reportedly.without_ledger import claim_json, claim_row, extract_files, extract_rows, fetch_pages, read_files
from reportedly.workers import make_extractor

if TYPE_CHECKING:
    from reportedly.brief import Brief
    from reportedly.ledger.store import LedgerStore

__all__ = [
    "DEFAULT_LEDGER",
    "Correction",
    "Desk",
    "Grain",
    "Question",
    "Silent",
    "claim_json",
    "claim_row",
    "extract_files",
    "extract_rows",
    "fetch_pages",
    "read_files",
]

DEFAULT_LEDGER: Place = Place.of("reportedly.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader asks of a ledger.

    Attributes:
        filters: which rows.
        clocks: as of when.
        policy: how low, best and high are formed; None takes the settings'.
    """

    filters: Filters = field(default_factory=Filters)
    clocks: Clocks = field(default_factory=Clocks)
    policy: str | None = None


class Silent:
    """The progress of a run that nobody watches."""

    def step(self, name: str, *, characters: int) -> None:
        """One more document is through."""

    def linking(self) -> None:
        """All documents are through."""

    def relinking(self, documents: int) -> None:
        """The links of so many documents are made anew."""


class Desk:
    """One ledger's use cases.

    Args:
        path: the ledger's file, or the address of its PostgreSQL database.
        create: whether to make it where there is none.
        lagging: whether, while pages are being added, readers are answered from the last linking instead of waiting.

    Raises:
        CannotRunError: there is no ledger, it is none of ours, newer than this version, or cannot be read.
    """

    def __init__(self, path: PlaceLike = DEFAULT_LEDGER, *, create: bool = False, lagging: bool = False) -> None:
        from reportedly.ledger import open_ledger  # noqa: PLC0415 - SQLAlchemy is heavy

        self.place = Place.of(path)
        self._settings = load_settings(self.place)  # first, so that a mistake in them leaves no empty ledger behind
        self.store: LedgerStore = open_ledger(self.place, create=create)
        self.library = Library(self.store, self._settings, lagging=lagging)

    def close(self) -> None:
        """Let go of the ledger's file."""
        self.store.close()

    def __enter__(self) -> Self:
        """The desk itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @property
    def settings(self) -> Settings:
        """What `reportedly.toml` beside the ledger holds."""
        return self._settings

    @property
    def revision(self) -> int:
        """The ledger's revision: an integer that only grows; 0 for an empty one."""
        return self.store.revision

    # Writing

    def add(
        self,
        paths: Sequence[Path],
        *,
        progress: Progress | None = None,
        readings: Iterator[Reading] | None = None,
        model: ModelName | None = None,
    ) -> Added:
        """Fill the ledger.

        Args:
            paths: files and folders.
            progress: who is told how far it is.
            readings: documents already read, in place of `paths`.
            model: what claims are extracted by; None takes the settings'.

        Returns:
            What was new. A document that the ledger holds adds nothing.
        """
        self.library.forget()
        return pipeline.add(
            readings or pipeline.read(paths), make_extractor(model or self._settings.model), self.store, progress or Silent()
        )

    def judge(self, correction: Correction) -> Judgement:
        """Store a correction; it is undone by another, never overwritten.

        Raises:
            UnknownIdError: a target names nothing.
            AmbiguousIdError: the start of an id fits several.
            BadJudgementError: the correction does not fit.
            ConflictError: others judged the same since the revision that the correction names as seen.
        """
        from reportedly.ledger import make_judgement  # noqa: PLC0415 - SQLAlchemy is heavy

        if correction.kind in ("merge", "split", "grade"):
            unknown = [name for name in correction.targets if not self.store.catalogue.knows_name(name, sources=correction.kind == "grade")]
            check_names(self.holdings() if unknown else Holdings(), replace(correction, targets=tuple(unknown)))
        judgement = make_judgement(self.store, correction)
        self.store.judge(judgement, seen=correction.seen)
        self.relink()
        return judgement

    def undo(self, judgement: str, *, by: str = "", reason: str = "", seen: int | None = None) -> None:
        """Take a judgement back by its id or the start of one; both stay on record, with who took it back and why.

        Raises:
            UnknownIdError: there is no such judgement.
            AmbiguousIdError: several begin so.
            ConflictError: others judged the same since the revision that they name as seen.
        """
        self.store.undo(judgement, by=by, reason=reason, seen=seen)
        self.relink()

    def remove(self, document: str, reason: str) -> str:
        """Erase a document's text and claims; digest and a tombstone stay.

        Returns:
            The document's name.

        Raises:
            UnknownIdError: the ledger has no such document.
            AmbiguousIdError: the words mean several.
            UntidyError: it is removed, but others read the ledger as it was, so that its files keep the document's words.
        """
        found = self.store.find_document(document)
        self.store.remove(found, reason)
        self.relink()
        self.store.tidy()
        return found.name

    def relink(self) -> None:
        """Make the links across documents anew where what they rest on has changed."""
        self.library.forget()
        if self.store.links_outdated():
            pipeline.relink(self.store)

    # Reading

    def holdings(self, question: Question | None = None) -> Holdings:
        """What the ledger holds for a question: its story's rows that the clocks let see."""
        if question is None:
            return self.library.everything()
        return pipeline.see(self.rows(question), question.clocks)

    def rows(self, question: Question) -> Holdings:
        """The rows of a question's story before the clocks hide any."""
        return self.library.rows(question.filters.story, question.clocks.recorded_before)

    def rows_by_story(self, question: Question) -> Iterator[Holdings]:
        """The rows of the question's story, or of each story in turn, before the clocks hide any."""
        return rows_by_story(self.library, question.filters, question.clocks)

    def policy(self, question: Question) -> str:
        """The name of the policy a question is answered by.

        Raises:
            BadPolicyError: nobody defined it.
        """
        from reportedly.reconcile import policy_names  # noqa: PLC0415 - only readers of figures need it

        name = question.policy or self._settings.policy
        known = policy_names()
        if name not in known and not Path(name).is_file():
            raise BadPolicyError(name, known)
        return name

    def stories(self, question: Question) -> list[StoryRow]:
        """Which article belongs to which story."""
        return list(story_rows_of(self.library, question.filters, question.clocks).rows)

    @at_rest
    def claims(self, question: Question) -> list[StoredClaim]:
        """Claims in page order.

        Raises:
            UnknownIdError: the ledger holds no document of the name asked for.
        """
        return list(claims_of(self.library, question.filters, question.clocks).rows)

    @at_rest
    def figures(self, question: Question) -> list[Series]:
        """Series with their assessments."""
        return series_of(self.library, question.filters, question.clocks, self.policy(question))

    @at_rest
    def statements(self, question: Question) -> list[Assessment]:
        """Statements with their support and, apart from it, their disputes."""
        return statements_of(self.library, question.filters, question.clocks)

    @at_rest
    def timeline(self, question: Question, *, grain: Grain = "day") -> list[TimelineEntry]:
        """Dated events in the articles' own words; the question's days are those of the events."""
        return timeline_of(self.library, question.filters, question.clocks, grain=grain)

    @at_rest
    def lives(self, question: Question) -> list[Life]:
        """The lives of numbers: each principal's figure from its first report on, with every change on the way."""
        return lives_of(self.library, question.filters, question.clocks)

    @at_rest
    def primaries(self, question: Question) -> list[PrimaryRow]:
        """The origins of which the speaker's own document is not in the heap, those that most outlets carried first."""
        return primaries_of(self.library, question.filters, question.clocks)

    @at_rest
    def actors(self, question: Question) -> list[ActorRow]:
        """Actors across documents."""
        return list(actors_of(self.library, question.filters, question.clocks).rows)

    @at_rest
    def changes(self, since: dt.date, until: dt.date, question: Question) -> list[Change]:
        """What is otherwise on the later of two dates."""
        return changes_of(self.library, (since, until), question.filters, question.clocks, self.policy(question))

    @at_rest
    def check(self, draft: Reading, question: Question) -> list[CheckRow]:
        """What the ledger supports of a draft: each figure and attribution with a verdict and the passage."""
        from reportedly.reconcile import check_draft  # noqa: PLC0415

        written = dated(draft, question.clocks.as_of)
        claims = [c for e in make_extractor(self._settings.model).extract(written.text, written.articles) for c in e.claims]
        held = self.rows(question)
        return check_draft(written.text, claims, held, question.clocks, self.policy(question))

    def search(self, words: str, question: Question) -> list[Hit]:
        """Passages that hold all the words, a "quoted phrase" or a prefix*."""
        return list(best_hits(self.library, words, question.filters, question.clocks))

    def show(self, claim: str) -> ShownClaim:
        """A claim inside its passage.

        Raises:
            UnknownIdError: no claim has that id.
            AmbiguousIdError: several begin so.
        """
        return self.show_with_rows(claim)[0]

    def show_with_rows(self, claim: str) -> tuple[ShownClaim, Holdings]:
        """A claim inside its passage, as `show`, with the rows about it: its documents, those of its origin, its story and speakers."""
        identity, held = self.library.around_claim(claim)
        return shown(held, identity), held

    def problems(self, question: Question) -> list[Problem]:
        """What could not be used.

        Raises:
            UnknownIdError: the ledger knows no document of the name asked for.
        """
        words = question.filters.document
        found = problems_that_fit(self.store.problems(), words)
        if not found and words is not None:
            documents_meant(self.library, words, question.clocks)
        return in_page(found, question.filters)

    def verify(self) -> Iterator[VerifyRow]:
        """Every anchor with whether the text still says it."""
        return self.store.verify()

    @at_rest
    def brief(self, question: Question, *, days: int = 7) -> "Brief":
        """The cited report of a story.

        Args:
            question: story, clocks and policy.
            days: how many days before the clock `what changed` looks back.

        Returns:
            The brief; render it with `reportedly.brief`.
        """
        from reportedly.query.briefs import brief_of  # noqa: PLC0415 - Jinja is heavy

        policy = self.policy(question)
        return brief_of(self.library, question.filters, question.clocks, policy, problems=self.store.problems(), days=days)
