"""All that a ledger holds for a question: the input of every pure function of `resolve/`, `reconcile/` and `brief/`."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from reportedly.model.claim import Claim
from reportedly.model.document import Article, Document
from reportedly.model.judgement import Judgement
from reportedly.model.links import ArticleKey, Links
from reportedly.model.problem import Problem
from reportedly.model.query import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredClaim:
    """A claim with the appearance that it was read from.

    Attributes:
        claim: the claim, as amended by judgements.
        document: id of the document (not its name).
        extractor: name and version of the extractor that made it.
        recorded: revision of the ledger in which it arrived.
    """

    claim: Claim
    document: str
    extractor: str = ""
    recorded: int = 0

    @property
    def article(self) -> ArticleKey:
        """Key of the article it stands in."""
        return self.document, self.claim.article


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Rows of a ledger, or of one story of it.

    Attributes:
        documents: by id.
        articles: by (document id, number).
        texts: text by its digest.
        claims: every appearance of a claim, ordered by (document id, start); the same id may appear under several documents.
        links: what `resolve` found.
        judgements: in order of their moment.
        problems: stored problems.
        settings: what `reportedly.toml` holds.
        revision: the ledger's revision.
    """

    documents: Mapping[str, Document] = field(default_factory=dict)
    articles: Mapping[ArticleKey, Article] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[StoredClaim, ...] = ()
    links: Links = field(default_factory=Links)
    judgements: tuple[Judgement, ...] = ()
    problems: tuple[Problem, ...] = ()
    settings: Settings = field(default_factory=Settings)
    revision: int = 0

    def text_of(self, document: str) -> str:
        """The text of a document by its id."""
        return self.texts[self.documents[document].text_digest]

    def of_articles(self, keys: Collection[ArticleKey], links: Links) -> "Holdings":
        """The rows of some articles of these documents, with links of their own.

        Args:
            keys: the articles.
            links: what joins them.
        """
        return dataclasses.replace(
            self,
            articles={key: article for key, article in self.articles.items() if key in keys},
            claims=tuple(stored for stored in self.claims if stored.article in keys),
            links=links,
        )

    def of_documents(self, identities: Collection[str]) -> "Holdings":
        """The rows of some documents, by id; links stay as they are."""
        documents = {name: document for name, document in self.documents.items() if name in identities}
        names = {document.name for document in documents.values()}
        return dataclasses.replace(
            self,
            documents=documents,
            articles={key: article for key, article in self.articles.items() if key[0] in documents},
            claims=tuple(stored for stored in self.claims if stored.document in documents),
            problems=tuple(problem for problem in self.problems if problem.document in names),
        )

    def of_story(self, story: str) -> "Holdings":
        """The rows of one story: its articles with their documents, claims and links.

        Args:
            story: the story's id.

        Returns:
            Holdings whose links hold that story alone; actors stay whole, for they cross stories.
        """
        chosen = next(s for s in self.links.stories if s.id == story)
        keys = set(chosen.articles)
        claims = tuple(c for c in self.claims if c.article in keys)
        ids = {c.claim.id for c in claims}
        links = dataclasses.replace(
            self.links,
            stories=(chosen,),
            copies=tuple(c for c in self.links.copies if c.first in keys or c.second in keys),
            events=tuple(e for e in self.links.events if e.story == story),
            origins=tuple(o for o in self.links.origins if any(m.partition("#")[0] in ids for m in o.members)),
            statements=tuple(s for s in self.links.statements if s.story == story),
        )
        documents = {d for d, _ in keys}
        return dataclasses.replace(
            self,
            documents={k: v for k, v in self.documents.items() if k in documents},
            articles={k: v for k, v in self.articles.items() if k in keys},
            claims=claims,
            links=links,
        )
