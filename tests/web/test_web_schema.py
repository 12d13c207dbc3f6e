import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from reportedly.web.app import make_app
from reportedly.web.config import Serving

LOCAL = {"Host": "localhost"}
EXAMPLES = 10  # of each route, whatever the profile: each is a whole request

# What these take depends on more than one field, or on what the ledger holds, which no JSON Schema says.
BEYOND_A_SCHEMA = ("GET /api/v1/changes", "POST /api/v1/judgements")


@pytest.fixture(scope="module")
def contract(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The OpenAPI document of a desk of its own, which the generated requests may change."""
    path = Path(shutil.copy(filled, tmp_path_factory.mktemp("contract") / "contract.db"))
    app = make_app(Serving(ledger=path, pace=1e9, largest_upload=1 << 20))
    with TestClient(app, base_url="http://localhost"):
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=LOCAL)


def test_every_route_keeps_to_its_document(contract: Any) -> None:
    """Whatever is asked, no route fails, and each answers with a status, a type and records that the OpenAPI document names."""
    failures = [words for found in contract.get_all_operations() if (words := broken(found.ok()))]
    assert not failures, "\n\n".join(failures)


def broken(operation: Any) -> str:
    """How a route breaks its document under generated requests; empty where it does not."""
    excluded = [positive_data_acceptance] if operation.label in BEYOND_A_SCHEMA else []

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def check(case: Any) -> None:
        case.call_and_validate(headers=LOCAL, excluded_checks=excluded)

    try:
        check()
    except BaseExceptionGroup as error:
        return f"{operation.label}: {error}\n" + "\n".join(str(one) for one in error.exceptions)
    return ""
