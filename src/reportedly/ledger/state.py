"""The rows of a ledger in memory, and what is done to them: the plain counterpart of the SQL in `entering` and `erasing`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reportedly.errors import UnknownIdError
from reportedly.ledger.codec import claim_text
from reportedly.ledger.documents.entry import Counts, Entry, compare, problem_id, removed_before
from reportedly.ledger.judgements.conflicts import Since, check_unseen
from reportedly.ledger.judgements.history import Undoing
from reportedly.model import Document, Judgement, Links, Problem


@dataclass(slots=True, kw_only=True)
class State:
    """What a ledger holds.

    Attributes:
        revision: of the last change.
        changed: revision of the last change of content.
        linked: revision whose content the links belong to.
        touched: whether the deed at hand changed content.
        entries: what was kept of each document, by id; its name is the one it was read under.
        names: every name of a document, with the revision in which it came.
        texts: document id -> digest -> text, of every text that it was read as.
        recorded: (document id, claim id) -> revision in which the claim arrived as it is.
        problems: by `problem_id`, with the id of the document they belong to.
        judgements: by id, with the revision in which they came.
        undone: how judgements were taken back, by their ids.
        removed: document id -> reason.
        links: as `resolve` found them.
    """

    revision: int = 0
    changed: int = 0
    linked: int = 0
    touched: bool = False
    entries: dict[str, Entry] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    recorded: dict[tuple[str, str], int] = field(default_factory=dict)
    problems: dict[str, tuple[str | None, Problem]] = field(default_factory=dict)
    judgements: dict[str, tuple[Judgement, int]] = field(default_factory=dict)
    undone: dict[str, Undoing] = field(default_factory=dict)
    removed: dict[str, str] = field(default_factory=dict)
    links: Links = field(default_factory=Links)

    def document(self, identity: str) -> Document:
        """A document under the least name it was met by."""
        return replace(self.entries[identity].document, name=min(self.names[identity]))

    def text(self, identity: str) -> str:
        """A document's text."""
        return self.texts[identity][self.entries[identity].document.text_digest]

    def enter(self, entry: Entry, *, forced: bool) -> Counts:
        """Store what is new in an entry; see `entering.enter`."""
        identity = entry.document.id
        if identity in self.removed:
            if not forced:
                return 0, 0, self.enter_problems([removed_before(entry.document)], None)
            del self.removed[identity]
        old = self.entries.get(identity)
        succession = compare(entry.version, old.version) if old else "replace"
        claims = self._replace(entry, old) if succession == "replace" else 0
        if old and succession == "same" and entry.version.name < old.version.name:
            self._keep(replace(old, version=replace(old.version, name=entry.version.name)))
        names = self.names.setdefault(identity, set())
        self.touched |= entry.document.name not in names
        names.add(entry.document.name)
        problems = 0 if succession == "keep" else self.enter_problems(entry.problems, identity)
        return int(old is None), claims, problems

    def _keep(self, entry: Entry) -> None:
        self.entries[entry.document.id] = entry
        self.touched = True

    def _replace(self, entry: Entry, old: Entry | None) -> int:
        identity = entry.document.id
        before: Mapping[str, object] = old.claims if old else {}
        self.texts.setdefault(identity, {})[entry.document.text_digest] = entry.text
        self.problems = {k: v for k, v in self.problems.items() if v[0] != identity}
        for key, (claim, _) in entry.claims.items():
            same = old is not None and key in old.claims and claim_text(old.claims[key][0]) == claim_text(claim)
            if not same:
                self.recorded[identity, key] = self.revision + 1
        self._keep(entry)
        return len(entry.claims.keys() - before.keys())

    def enter_problems(self, problems: Iterable[Problem], document: str | None) -> int:
        """Store problems that are not yet there; how many were new."""
        new = {problem_id(problem, document): (document, problem) for problem in problems}
        before = len(self.problems)
        self.problems = new | self.problems
        added = len(self.problems) - before
        self.touched |= added > 0
        return added

    def erase(self, document: str, reason: str) -> None:
        """Take a document out; see `erasing.erase`.

        Raises:
            UnknownIdError: there is no such document.
        """
        if document not in self.entries:
            raise UnknownIdError("document", document)
        del self.entries[document], self.names[document], self.texts[document]
        self.problems = {k: v for k, v in self.problems.items() if v[0] != document}
        self.removed[document] = reason
        self.touched = True

    def judge(self, judgement: Judgement, seen: int | None = None) -> None:
        """Append a judgement; one that is there already adds nothing. See `deciding.enter_judgement`."""
        if judgement.id not in self.judgements:
            if seen is not None:
                check_unseen(judgement, seen, self._since(seen))
            self.judgements[judgement.id] = (replace(judgement, undone=False), self.revision + 1)
            self.touched = True
        if judgement.undone:
            self.undo(judgement.id, judgement.by, judgement.reason)

    def undo(self, judgement: str, by: str, reason: str, seen: int | None = None) -> None:
        """Take a judgement back by its id."""
        if seen is not None:
            check_unseen(self.judgements[judgement][0], seen, self._since(seen))
        self.touched |= judgement not in self.undone
        self.undone.setdefault(judgement, Undoing(by=by, reason=reason, revision=self.revision + 1))

    def _since(self, seen: int) -> Since:
        return Since(
            judged=[(judgement, revision) for judgement, revision in self.judgements.values() if revision > seen],
            undone=[(self.judgements[k][0], gone.revision, gone.by) for k, gone in self.undone.items() if gone.revision > seen],
            read={claim: revision for (_, claim), revision in self.recorded.items() if revision > seen},
        )

    def link(self, links: Links) -> None:
        """Put newer links in the place of those there are."""
        changed = links != self.links
        self.links = links
        self.revision += changed
        self.linked = self.revision
