"""One thread for numpy's products, as the command line has it: two spin while they wait for each other, which a measurement would count."""

import os
import sys

_NAME = "OPENBLAS_NUM_THREADS"


def with_one_thread(module: str) -> None:
    """Begin a program again with the setting, where it lacks it: it is read when numpy is imported, which has happened by now.

    Args:
        module: the program as `python -m` names it.
    """
    if _NAME not in os.environ:
        os.execve(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]], os.environ | {_NAME: "1"})  # noqa: S606 - ourselves
