"""Every use case once, in the words of the design, with no framework's types: what the faces call.

fetch_pages(urls, path)                      from the web to a file
read_files(paths), extract_files(readings)   stateless
Desk(path).add(paths)                        fills a ledger
Desk(path).figures(question) and the others  read it
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from reportedly import pipeline
from reportedly.errors import BadPolicyError, UnreadableError
from reportedly.model import (
    DEFAULT_MODEL,
    ActorRow,
    Added,
    Assessment,
    Change,
    CheckRow,
    Claim,
    Clocks,
    Extraction,
    Fetched,
    Filters,
    Hit,
    Holdings,
    Interval,
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
    row_of,
)
from reportedly.model import Correction as Correction  # noqa: PLC0414 - the faces take it from here
from reportedly.model.ports import Extractor, Progress
from reportedly.query.gists import gist_of, series_of_gist
from reportedly.query.library import Library
from reportedly.query.lineage import find_lives, find_primaries, life_order, primary_order
from reportedly.query.listing import actors_of, best_hits, claims_of, documents_meant, names_held, story_rows_of
from reportedly.query.selection import (
    check_names,
    claims_that_fit,
    dated,
    falls_between,
    in_page,
    named,
    newest_day,
    position_fits,
    problems_that_fit,
    series_fits,
    shown,
)
from reportedly.query.sweeping import first_rows, least_rows, rows_by_part, rows_by_story
from reportedly.query.timelines import timeline_page
from reportedly.query.uncollected import at_rest
from reportedly.settings import load_settings
from reportedly.workers import Extracted, extract_all, make_extractor

if TYPE_CHECKING:
    from reportedly.brief import Brief
    from reportedly.ledger.store import LedgerStore

DEFAULT_LEDGER: Place = Place.of("reportedly.db")
Grain = Literal["day", "week", "month"]


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


def read_files(paths: Sequence[Path]) -> Iterator[Reading]:
    """The documents and articles of files and folders; `-` stands for standard input in the faces, not here.

    Args:
        paths: files or folders.

    Yields:
        A reading a document, problems inside.
    """
    yield from pipeline.read(paths)


def extract_files(readings: Iterator[Reading], extractor: Extractor | None = None) -> Iterator[tuple[Reading, list[Extraction]]]:
    """The claims of readings.

    Args:
        readings: from `read_files`.
        extractor: which extractor; None takes the default model's.

    Yields:
        Each reading with one extraction an article.
    """
    yield from pipeline.extract(readings, extractor or make_extractor(DEFAULT_MODEL))


def extract_rows(readings: Iterator[Reading], *, model: ModelName | None = None, workers: int = 1) -> Iterator[Extracted]:
    """The claims of readings as rows, with what could not be used.

    Args:
        readings: from `read_files`.
        model: what claims are extracted by; None takes the default.
        workers: how many processes extract.

    Yields:
        What each reading gave, in their order whatever the number of workers.

    Raises:
        CannotRunError: a model is missing or broken, or a worker died.
    """
    yield from extract_all(readings, model=model or DEFAULT_MODEL, workers=workers)


def fetch_pages(urls: Iterable[str], path: Path, *, delay: float = 2.0) -> Iterator[Fetched]:
    """Fetch pages from the web into a WARC file, which `read_files` and `Desk.add` take like any other.

    Args:
        urls: their addresses; one that the file holds is not asked for again.
        path: the file; pages are added to one that is there.
        delay: seconds between two requests to one host, at least.

    Yields:
        A row a page, problems inside.

    Raises:
        UnreadableError: the file is no WARC file.
    """
    from reportedly.read.fetching import Visitor, fetch_pages  # noqa: PLC0415 - only wanted here
    from reportedly.read.web_client import FetchLimits  # noqa: PLC0415

    try:
        yield from fetch_pages(urls, path, Visitor(limits=FetchLimits(delay=delay)))
    except ValueError as error:
        raise UnreadableError(path, str(error)) from error


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
        """Erase a document's text and claims; digest and a tombstone stay. Returns the document's name."""
        found = self.store.find_document(document)
        self.store.remove(found, reason)
        self.relink()
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
        from reportedly.reconcile import build_series  # noqa: PLC0415

        policy = self.policy(question)
        known = series_of_gist(self.library, question.filters, question.clocks, policy)
        if known is not None:
            return known
        every = (s for held in self.rows_by_story(question) for s in build_series(held, question.clocks, policy))
        return first_rows((s for s in every if series_fits(s, question.filters)), question.filters)

    @at_rest
    def statements(self, question: Question) -> list[Assessment]:
        """Statements with their support and, apart from it, their disputes."""
        from reportedly.reconcile import assess_statements  # noqa: PLC0415

        filters = question.filters
        gist = gist_of(self.library, filters, question.clocks)
        each = self.rows_by_story(question) if gist is None else (gist,)
        rows = (a for held in each for a in assess_statements(held, question.clocks))
        return first_rows((a for a in rows if not a.positions or any(position_fits(p, filters) for p in a.positions)), filters)

    @at_rest
    def timeline(self, question: Question, *, grain: Grain = "day") -> list[TimelineEntry]:
        """Dated events in the articles' own words; the question's days are those of the events."""
        from reportedly.reconcile import build_timeline, timeline_order  # noqa: PLC0415

        known = timeline_page(self.library, question.filters, question.clocks) if grain == "day" else None
        if known is not None:
            return known
        by_speaker = replace(question.filters, first=None, last=None)

        def entries(held: Holdings) -> Iterator[TimelineEntry]:
            spoken = {c.claim.id for c in claims_that_fit(held, by_speaker)}
            for entry in build_timeline(held, question.clocks, grain=grain):
                if not spoken.isdisjoint(entry.claims) and falls_between(Interval(first=entry.date, last=entry.to), question.filters):
                    yield entry

        rows = (entry for held in self.rows_by_story(question) for entry in entries(held))
        return least_rows(rows, question.filters, timeline_order)

    @at_rest
    def lives(self, question: Question) -> list[Life]:
        """The lives of numbers: each principal's figure from its first report on, with every change on the way."""
        measure, speaker = question.filters.measure, question.filters.speaker
        found = (life for held in self.rows_by_story(question) for life in find_lives(pipeline.see(held, question.clocks)))
        fitting = (life for life in found if measure in (None, life.measure) and named(speaker, [life.principal]))
        return least_rows(fitting, question.filters, life_order)

    @at_rest
    def primaries(self, question: Question) -> list[PrimaryRow]:
        """The origins of which the speaker's own document is not in the heap, those that most outlets carried first."""
        parts = rows_by_part(self.library, question.filters, question.clocks)
        found = (row for held in parts for row in find_primaries(pipeline.see(held, question.clocks)))
        fitting = (row for row in found if named(question.filters.speaker, [row.principal, *row.speakers]))
        return least_rows(fitting, question.filters, primary_order)

    @at_rest
    def actors(self, question: Question) -> list[ActorRow]:
        """Actors across documents."""
        return list(actors_of(self.library, question.filters, question.clocks).rows)

    @at_rest
    def changes(self, since: dt.date, until: dt.date, question: Question) -> list[Change]:
        """What is otherwise on the later of two dates."""
        from reportedly.reconcile import change_order, find_changes  # noqa: PLC0415

        policy, by = self.policy(question), question.clocks.published_by
        parts = rows_by_part(self.library, question.filters, question.clocks)
        found = (change for held in parts for change in find_changes(held, since, until, policy, published_by=by))
        return least_rows(found, question.filters, change_order)

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
        from reportedly.brief import BriefMatter, compose_brief  # noqa: PLC0415
        from reportedly.reconcile import find_contradictions  # noqa: PLC0415

        clocks = _brief_clocks(question.clocks)
        asked = replace(question, clocks=clocks)
        policy = self.policy(question)
        until = clocks.as_of or newest_day(self.holdings(question))
        problems = tuple(self.store.problems())
        matter = BriefMatter(
            holdings=self.holdings(asked),
            clocks=clocks,
            policy=policy,
            series=tuple(self.figures(asked)),
            statements=tuple(self.statements(asked)),
            timeline=tuple(self.timeline(asked)),
            lives=tuple(self.lives(asked)),
            contradictions=tuple(find_contradictions(self.rows(asked), clocks)),
            changes=tuple(self.changes(until - dt.timedelta(days=days), until, asked)) if until else (),
            days=days,
            problems=problems,
            documents=names_held(self.library, {problem.document for problem in problems if problem.document}),
        )
        return compose_brief(matter)


def _brief_clocks(clocks: Clocks) -> Clocks:
    """A brief uses what was said *and* published by its day (design section 5)."""
    return replace(clocks, published_by=clocks.published_by or clocks.as_of)


def claim_row(stored: StoredClaim) -> dict[str, Any]:
    """The record of design section 3 for a stored claim."""
    return row_of(stored.claim)


def claim_json(claim: Claim) -> str:
    """The record as one line of JSON."""
    return json.dumps(row_of(claim), ensure_ascii=False)
