"""resolve/: across documents - actors and principals, copies, versions and origins, events, stories, statements.

`link` is pure: it depends on what the rows say, never on their order, and every pair decision uses the two sides and the
tables that ship with the package alone. `relink` brings a ledger to the same by what is near the articles that changed.
"""

from reportedly.resolve.linking import link, link_parts
from reportedly.resolve.neighbours import relink
from reportedly.resolve.remembering import FEW, Remembered
from reportedly.resolve.uniting import unite

__all__ = ["FEW", "Remembered", "link", "link_parts", "relink", "unite"]
