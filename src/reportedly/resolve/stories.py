"""Stories: which articles are about one developing situation.

Two articles belong together where they share both names (who, where) and content words (what), the more the further apart they
were published. Their strongest common name counts little: all news about one country would be one story. Articles whose openings
tell of happenings of one kind on different days stay apart, those of one day need less. A story is a fixed point of these links.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from reportedly.model import ArticleKey, CopyLink, Story, group_id
from reportedly.resolve.features import Features, features_of, term_weight
from reportedly.resolve.groups import Groups, group
from reportedly.resolve.incidents import coincide, differ
from reportedly.resolve.reports import Report, days_between, story_name
from reportedly.resolve.weights import stem_weight

Pair = tuple[ArticleKey, ArticleKey]

_TOP_NAME = 0.15  # what the strongest common name counts
_WORDS = 0.25  # what common content words count, with and again without the strongest
_CLOSE = 14  # days between the publications up to which less will do
_SEASON = 100  # days from which the next of its kind is likelier than more of the same
_NEAR = 0.24  # likeness needed between close articles
_NEAR_ONE = 0.30  # the same where one of them tells of a happening of one day and the other does not
_FAR = 0.38  # likeness needed beyond, and where a date is missing
_DISTANT = 0.50  # likeness needed a season apart where one of them tells of a happening of one day
_SAME_DAY = 0.15  # likeness needed where both tell of a happening of one kind on one day
_KEYS = 8  # strongest names and strongest words of an article: candidates share one of each
_NAMES = 6  # strongest names: candidates share two of them
_TELLING = 1.5  # weight of such a pair together from which it tells of a situation whenever it is met
_MONTH = 30  # days within which articles that share a pair which tells less may be about one situation, twice as many at most


def build_stories(
    reports: Sequence[Report], copies: Iterable[CopyLink], known: Mapping[ArticleKey, Features] | None = None
) -> tuple[Story, ...]:
    """Bring articles together into stories.

    Args:
        reports: all articles; teasers belong to no story.
        copies: near-duplicates, which are always about one thing.
        known: the features of some of the articles, found before, those of a live page's items under its first; others are found here.

    Returns:
        The stories, sorted by id; an article alone is a story of its own.
    """
    wanted = {report.key: report for report in reports if report.article.kind != "teaser"}
    pages = gather_pages(wanted)
    known = known or {}
    features = {members[0].key: known.get(members[0].key) or features_of(members) for members in pages}
    links = [(members[0].key, item.key) for members in pages for item in members[1:]]
    links += [(link.first, link.second) for link in copies]
    links += _belonging(features, links)
    page_of = {item.key: features[members[0].key] for members in pages for item in members}
    stories = [_story(members, wanted, page_of) for members in group(wanted, links)]
    return tuple(sorted(stories, key=lambda story: story.id))


def _belonging(features: Mapping[ArticleKey, Features], links: Iterable[Pair]) -> Iterator[Pair]:
    """Pairs that belong together; of articles that other pairs lead from one to the other no more are asked, for a story is all of them."""
    groups = Groups()
    for one, other in links:
        groups.join(one, other)
    for one, other in _candidates(features):
        if groups.find(one) != groups.find(other) and belong(features[one], features[other]):
            groups.join(one, other)
            yield one, other


def gather_pages(reports: Mapping[ArticleKey, Report]) -> list[list[Report]]:
    """The articles one by one, the items of a live page together: a live page follows one situation, and an item is too short to tell."""
    found: dict[ArticleKey | str, list[Report]] = defaultdict(list)
    for key in sorted(reports):
        found[key[0] if reports[key].article.kind == "item" else key].append(reports[key])
    return list(found.values())


def belong(one: Features, other: Features) -> bool:
    """Whether two articles are about one situation, from the two sides alone."""
    if differ(one.incident, other.incident):
        return False
    if coincide(one.incident, other.incident):
        return likeness(one, other) >= _SAME_DAY
    return likeness(one, other) >= _wanted(one, other)


def _wanted(one: Features, other: Features) -> float:
    """The likeness that two articles need, by how far apart they came out; more where one of them tells of a happening of one day."""
    apart = days_between(one.published, other.published)
    of_one_day = one.incident is not None or other.incident is not None
    if apart is not None and apart <= _CLOSE:
        return _NEAR_ONE if of_one_day else _NEAR
    return _DISTANT if of_one_day and apart is not None and apart > _SEASON else _FAR


def likeness(one: Features, other: Features) -> float:
    """How much two articles share of names and of content words, 0 to about 1.5."""
    names, words = _shared(one.names, other.names), _shared(one.words, other.words)
    return sum(names[1:]) + _TOP_NAME * sum(names[:1]) + _WORDS * (sum(words) + sum(words[1:]))


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> list[float]:
    if len(one) > len(other):
        one, other = other, one
    return sorted((value * other[form] for form, value in one.items() if form in other), reverse=True)


def keys_of(features: Features) -> Iterator[tuple[str, ...]]:
    """What two articles of one story must share one of: a strong name with a strong word, or two strong names.

    A pair that the table of common words holds for common ("police" and "man") stands in the news of every day: articles share it only
    where they came out within a month or two of one another.
    """
    names, words = _strongest(features.names, _KEYS), _strongest(features.words, _KEYS)
    day = features.published.first_day if features.published else None
    month = day.toordinal() // _MONTH if day else None
    for (name, of_name), (other, of_other) in (
        *product(((name, term_weight(name)) for name in names), ((word, stem_weight(word)) for word in words)),
        *combinations(((name, term_weight(name)) for name in sorted(names[:_NAMES])), 2),
    ):
        if of_name + of_other >= _TELLING:
            yield name, other
        elif month is not None:
            yield name, other, str(month)
            yield name, other, str(month + 1)


def _candidates(features: Mapping[ArticleKey, Features]) -> Iterator[tuple[ArticleKey, ArticleKey]]:
    postings: dict[tuple[str, ...], list[ArticleKey]] = defaultdict(list)
    for key in sorted(features):
        for pair in keys_of(features[key]):
            postings[pair].append(key)
    yield from sorted({pair for keys in postings.values() for pair in combinations(keys, 2)})


def _strongest(vector: Mapping[str, float], count: int) -> list[str]:
    return sorted(vector, key=lambda form: (-vector[form], form))[:count]


def _story(members: Sequence[ArticleKey], reports: Mapping[ArticleKey, Report], features: Mapping[ArticleKey, Features]) -> Story:
    """A story under the headline of its article that is most like all others; of equals the earliest."""
    likeness_of = _centrality({key: features[key] for key in members})

    def place(key: ArticleKey) -> tuple[float, str, ArticleKey]:
        published = reports[key].published
        return -likeness_of[key], (published.first or published.last or "~") if published else "~", key

    headlines = tuple(key for key in sorted(members, key=place) if reports[key].title)
    return Story(
        id=group_id("s", map(story_name, members)),
        title=(reports[headlines[0]].title if headlines else None) or "(no headline)",
        articles=tuple(sorted(members)),
        headlines=headlines,
    )


def _centrality(features: Mapping[ArticleKey, Features]) -> dict[ArticleKey, float]:
    """How much each article shares with all others of its story together; their sum stands for them, so that large stories stay cheap."""
    names: dict[str, float] = defaultdict(float)
    words: dict[str, float] = defaultdict(float)
    for key in sorted(features):
        for total, vector in ((names, features[key].names), (words, features[key].words)):
            for form, value in vector.items():
                total[form] += value

    def shared(side: Features) -> float:
        of_names = sum(value * (names[form] - value) for form, value in side.names.items())
        return of_names + 2 * _WORDS * sum(value * (words[form] - value) for form, value in side.words.items())

    return {key: round(shared(side), 6) for key, side in features.items()}
