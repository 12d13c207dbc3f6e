"""What readers bring lies in a folder of its own until it is added, and nowhere afterwards."""

import errno
import io
import tempfile
import threading
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from reportedly.api import Desk
from reportedly.errors import NoSpaceError
from reportedly.web.jobs import Intake

PAGE = b"Ferry sinks off Morden\n\nAt least 12 people drowned, the coast guard said on Monday.\n"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where folders for the moment are made."""
    place = tmp_path / "moment"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def brought(name: str) -> list[tuple[str, BinaryIO]]:
    return [(name, io.BytesIO(PAGE))]


def test_what_a_desk_did_not_come_to_add_is_not_kept(tmp_path: Path, folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk closes while one job is under way and another waits: the first is added, the pages of both are gone."""
    begun, go_on = threading.Event(), threading.Event()
    add = Desk.add

    def slowly(desk: Desk, *given: Any, **more: Any) -> Any:
        begun.set()
        go_on.wait()
        return add(desk, *given, **more)

    monkeypatch.setattr(Desk, "add", slowly)
    with Desk(tmp_path / "a.db", create=True) as desk:
        intake = Intake(desk)
        first, second = intake.take(brought("one.txt"), "Ann"), intake.take(brought("two.txt"), "Bo")
        begun.wait()
        assert len(list(folders.iterdir())) == 2
        closing = threading.Thread(target=intake.close)
        closing.start()
        while not intake._worker._shutdown:  # noqa: SLF001 - from then on no other job begins
            closing.join(0.01)
        go_on.set()
        closing.join()
    assert (first.phase, second.phase) == ("done", "waiting")
    assert list(folders.iterdir()) == []


def test_pages_that_do_not_fit_on_the_disk_are_told_and_not_kept(tmp_path: Path, folders: Path) -> None:
    """Half of what was brought is no use."""

    class Full(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with Desk(tmp_path / "a.db", create=True) as desk:
        intake = Intake(desk)
        with pytest.raises(NoSpaceError):
            intake.take([*brought("one.txt"), ("two.txt", Full())], "Ann")
        intake.close()
    assert list(folders.iterdir()) == []
