"""reportedly: a ledger of who said what, when, through whom, about when, with what figure."""

__version__ = "0.1.0"
