"""What is known of a page from beside its text: sidecar, markup, front matter."""

from dataclasses import dataclass

from reportedly.model import DateEvidence, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What a page's markup says.

    Attributes:
        title: its title; None where it gives none, as for every field here.
        site: the site's name.
        url: its own address.
        published: when it was published, as given.
        updated: when it was last changed, as given.
        author: who wrote it.
        dated_by: where `published` came from.
    """

    title: str | None = None
    site: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    dated_by: DateEvidence = "markup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is known of a page, sidecar and markup brought together.

    Attributes:
        titles: its titles, the sidecar's first.
        publisher: the sidecar's publisher; None where unknown, as for every field here.
        site: the name that the markup gives the site.
        url: its address.
        noted: when it was published by the sidecar.
        fetched: when it was saved, by the sidecar.
        stated: when it was published by its own markup, front matter or address.
        stated_by: which of these says so.
        updated: when it was last changed, by its markup or front matter.
        author: who wrote it, by its markup or front matter; several names stand apart by semicolons or commas.
    """

    titles: tuple[str, ...] = ()
    publisher: str | None = None
    site: str | None = None
    url: str | None = None
    noted: Interval | None = None
    fetched: Interval | None = None
    stated: Interval | None = None
    stated_by: DateEvidence | None = None
    updated: Interval | None = None
    author: str | None = None

    @property
    def newest(self) -> Interval | None:
        """A date after which nothing on the page was published: the sidecar's, else the page's own, or its last change where later.

        None where nothing says. An address gives none: a page that grows keeps the address of its first day.
        """
        stated = self.noted or (self.stated if self.stated_by in ("markup", "text") else None)
        first, last = stated.last_day if stated else None, self.updated.last_day if self.updated else None
        return self.updated if first and last and last > first else stated
