"""A ledger as linked data: JSON-LD with its context inside, so that nothing need be fetched to read it.

Each claim is a schema.org `Claim`. Where it stands is a W3C Web Annotation whose target has a position and a quotation, with prefix and
suffix, for each piece. How it came about is PROV: derived from the document, by an extraction that this program did; a person's
judgement is an activity of that person that used the claim.

Sources: https://schema.org/Claim; Web Annotation Data Model (W3C, 2017); PROV-O (W3C, 2013); JSON-LD 1.1 (W3C, 2020).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from reportedly.export.matter import ExportMatter, words_of
from reportedly.model import Article, ArticleKey, Claim, Document, Figure, Interval, Judgement, Span, StoredClaim, decimal_text

Node = dict[str, Any]

BASE = "urn:x-reportedly:"
"""What an id of the ledger follows in the identifiers of the export."""

CONTEXT: Mapping[str, Any] = {
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "r": BASE,
    "id": "@id",
    "type": "@type",
    "text": "schema:text",
    "name": "schema:name",
    "url": {"@id": "schema:url", "@type": "@id"},
    "author": {"@id": "schema:author", "@type": "@id"},
    "appearance": {"@id": "schema:appearance", "@type": "@id"},
    "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"},
    "publisher": "schema:publisher",
    "headline": "schema:headline",
    "datePublished": {"@id": "schema:datePublished", "@type": "xsd:date"},
    "temporalCoverage": "schema:temporalCoverage",
    "mentions": {"@id": "schema:mentions"},
    "minValue": {"@id": "schema:minValue", "@type": "xsd:decimal"},
    "maxValue": {"@id": "schema:maxValue", "@type": "xsd:decimal"},
    "unitCode": "schema:unitCode",
    "measurementTechnique": "schema:measurementTechnique",
    "variableMeasured": "schema:variableMeasured",
    "sha256": "schema:sha256",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector"},
    "refinedBy": {"@id": "oa:refinedBy"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "used": {"@id": "prov:used", "@type": "@id"},
    "endedAtTime": {"@id": "prov:endedAtTime", "@type": "xsd:dateTime"},
    "workTranslation": {"@id": "schema:workTranslation"},
    "translator": "schema:translator",
    "inLanguage": "schema:inLanguage",
    "stance": "r:stance",
    "form": "r:form",
    "via": {"@id": "r:via", "@container": "@list"},
    "qualifier": "r:qualifier",
    "share": "r:share",
    "part": "r:part",
    "judged": "r:judged",
    "reason": "dcterms:description",
}

_CONTEXT = 32  # characters of prefix and suffix, as in a ledger's anchors


def json_ld(matter: ExportMatter) -> Node:
    """The export's JSON value: a context and a graph of documents, articles, actors, claims, annotations, activities and people."""
    program = {"id": f"{BASE}program", "type": ["prov:Agent", "prov:SoftwareAgent"], "name": matter.program}
    graph = [program, *_documents(matter), *_articles(matter), *_actors(matter), *_claims(matter), *_judgements(matter)]
    return {"@context": dict(CONTEXT), "@graph": graph}


def _documents(matter: ExportMatter) -> Iterator[Node]:
    for document in matter.holdings.documents.values():
        node: Node = {
            "id": _iri(document.id),
            "type": ["schema:WebPage", "prov:Entity"],
            "name": document.name,
            "sha256": document.bytes_digest,
        }
        if document.url and document.url.startswith(("http://", "https://")):
            node["url"] = document.url
        yield node


def _articles(matter: ExportMatter) -> Iterator[Node]:
    for key in sorted({stored.article for stored in matter.holdings.claims}):
        yield _article(key, matter.holdings.articles[key], matter.holdings.documents[key[0]])


def _article(key: ArticleKey, article: Article, document: Document) -> Node:
    node: Node = {"id": _article_iri(key), "type": ["schema:NewsArticle", "prov:Entity"], "isPartOf": _iri(document.id)}
    day = article.published.last_day if article.published else None
    given = {"headline": article.title, "publisher": article.outlet or document.publisher, "datePublished": day and day.isoformat()}
    return node | {name: value for name, value in given.items() if value}


def _actors(matter: ExportMatter) -> Iterator[Node]:
    kinds = {"person": "schema:Person"}
    for actor in matter.holdings.links.actors:
        yield {"id": _iri(actor.id), "type": [kinds.get(actor.kind, "schema:Organization"), "prov:Agent"], "name": actor.name}


def _claims(matter: ExportMatter) -> Iterator[Node]:
    places: dict[str, list[StoredClaim]] = {}
    for stored in matter.holdings.claims:
        places.setdefault(stored.claim.id, []).append(stored)
    for appearances in places.values():
        first = appearances[0]
        yield _claim(matter, first.claim, appearances)
        yield {
            "id": f"{_iri(first.claim.id)}:extraction",
            "type": "prov:Activity",
            "used": sorted({_iri(stored.document) for stored in appearances}),
            "wasAssociatedWith": f"{BASE}program",
            "name": first.extractor,
        }
        for stored in appearances:
            yield _annotation(matter, stored)


def _claim(matter: ExportMatter, claim: Claim, appearances: list[StoredClaim]) -> Node:
    node: Node = {
        "id": _iri(claim.id),
        "type": ["schema:Claim", "prov:Entity"],
        "text": words_of(claim.content),
        "appearance": [_article_iri(stored.article) for stored in appearances],
        "stance": claim.stance,
        "form": claim.form,
        "wasDerivedFrom": sorted({_iri(stored.document) for stored in appearances}),
        "wasGeneratedBy": f"{_iri(claim.id)}:extraction",
    }
    speakers = [_iri(actor.id) for actor in matter.speakers_of(appearances[0])]
    given = {
        "author": speakers,
        "via": list(claim.via),
        "temporalCoverage": _coverage(claim.happened),
        "mentions": [_figure(claim, place, figure) for place, figure in enumerate(claim.figures)],
        "workTranslation": _translation(claim),
    }
    return node | {name: value for name, value in given.items() if value}


def _translation(claim: Claim) -> Node | None:
    """A claim's content in another language; schema.org names its translator, which here is a name alone."""
    told = claim.translation
    if told is None:
        return None
    translator = {"type": "schema:Person", "name": told.by}
    return {
        "id": f"{_iri(claim.id)}:translation",
        "type": "schema:Claim",
        "text": told.text,
        "inLanguage": told.language,
        "translator": translator,
    }


def _figure(claim: Claim, place: int, figure: Figure) -> Node:
    node: Node = {
        "id": f"{_iri(claim.id)}:figure:{place}",
        "type": "schema:QuantitativeValue",
        "text": figure.span.text,
        "variableMeasured": figure.measure,
        "qualifier": figure.qualifier,
        "share": figure.share,
    }
    if figure.low is not None:
        node["minValue"] = decimal_text(figure.low)
    if figure.high is not None:
        node["maxValue"] = decimal_text(figure.high)
    return node | ({"unitCode": figure.unit} if figure.unit else {})


def _annotation(matter: ExportMatter, stored: StoredClaim) -> Node:
    text = matter.holdings.text_of(stored.document)
    parts: tuple[tuple[str, tuple[Span, ...]], ...] = (
        ("content", stored.claim.content),
        ("cue", stored.claim.cue),
        ("source", stored.claim.source),
        ("figure", tuple(figure.span for figure in stored.claim.figures)),
    )
    return {
        "id": f"{_iri(stored.claim.id)}:in:{stored.document}",
        "type": "oa:Annotation",
        "motivation": "oa:identifying",
        "body": _iri(stored.claim.id),
        "target": [
            {
                "type": "oa:SpecificResource",
                "source": _iri(stored.document),
                "part": part,
                "selector": [
                    {"type": "oa:TextPositionSelector", "start": span.start, "end": span.end},
                    {
                        "type": "oa:TextQuoteSelector",
                        "exact": span.text,
                        "prefix": text[max(0, span.start - _CONTEXT) : span.start],
                        "suffix": text[span.end : span.end + _CONTEXT],
                    },
                ],
            }
            for part, spans in parts
            for span in spans
        ],
    }


def _judgements(matter: ExportMatter) -> Iterator[Node]:
    shown = {stored.claim.id for stored in matter.holdings.claims}
    judgements = [j for j in matter.holdings.judgements if j.in_force and shown.intersection(j.targets)]
    people = {name: f"{BASE}person:{number}" for number, name in enumerate(sorted({j.by for j in judgements}))}
    for name, iri in people.items():
        yield {"id": iri, "type": ["prov:Agent", "prov:Person"], "name": name}
    for judgement in judgements:
        yield _judgement(judgement, people[judgement.by], shown)


def _judgement(judgement: Judgement, person: str, shown: set[str]) -> Node:
    node: Node = {
        "id": _iri(judgement.id),
        "type": "prov:Activity",
        "judged": judgement.kind,
        "used": [_iri(target) for target in judgement.targets if target in shown],
        "wasAssociatedWith": person,
        "endedAtTime": judgement.at,
    }
    return node | ({"reason": judgement.reason} if judgement.reason else {})


def _coverage(interval: Interval | None) -> str | None:
    """An interval in the form of ISO 8601 that schema.org takes; `..` for an open end."""
    if interval is None or (interval.first_day is None and interval.last_day is None):
        return None
    first, last = (day.isoformat() if day else ".." for day in (interval.first_day, interval.last_day))
    return first if first == last else f"{first}/{last}"


def _article_iri(key: ArticleKey) -> str:
    return f"{_iri(key[0])}:article:{key[1]}"


def _iri(identity: str) -> str:
    return BASE + identity
