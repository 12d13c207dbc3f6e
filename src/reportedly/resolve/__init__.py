"""resolve/: across documents - actors and principals, copies, versions and origins, events, stories, statements.

`link` is pure: it depends on what the rows say, never on their order, and every pair decision uses the two sides and the
tables that ship with the package alone.
"""

from reportedly.resolve.linking import link

__all__ = ["link"]
