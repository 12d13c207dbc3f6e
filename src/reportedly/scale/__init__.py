"""scale/: the stages of single documents on a distributed engine, and what it gives merged into the ledger exactly once."""

from reportedly.scale.blocking import link_in_blocks
from reportedly.scale.choosing import make_engine
from reportedly.scale.running import Run, run_all
from reportedly.scale.sources import list_sources, read_source

__all__ = ["Run", "link_in_blocks", "list_sources", "make_engine", "read_source", "run_all"]
