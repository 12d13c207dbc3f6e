"""Answers without the cycle collector: records form no cycles, and walking a heap of them again and again takes longer than answering."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def at_rest(ask: Callable[P, T]) -> Callable[P, T]:
    """A function during which the cycle collector is still."""

    @functools.wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        from reportedly.ledger.documents.loading import no_collecting  # noqa: PLC0415 - SQLAlchemy is heavy

        with no_collecting():
            return ask(*args, **kwargs)

    return asked
