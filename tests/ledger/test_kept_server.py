"""The server of the evaluations that keeps large ledgers from one run to the next."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("postgres")


def test_databases_stay_when_the_server_ends() -> None:
    """A database is there when its server starts again; a second caller is given the running one; what it computes is told."""
    servers: Any = sys.modules["evals_postgres"]
    folder = Path(tempfile.mkdtemp(prefix="kept-"))  # pytest's own folders may not be entered by the server's user
    try:
        with servers.kept_server(folder) as server:
            name = server.make_database()
            before = server.processor()
            server.run("SELECT count(*) FROM generate_series(1, 2000000)", name)
            assert server.processor() > before > 0
            with servers.kept_server(folder) as same:
                assert same.port == server.port
            assert server.has_database(name)
        with servers.kept_server(folder) as server:
            assert server.has_database(name)
            assert not server.has_database("another")
    finally:
        shutil.rmtree(folder)
