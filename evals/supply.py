"""The supply chain: `python -m evals.supply [--database all.zip]`.

Every locked dependency must have one version and a SHA-256 of every file that may be installed, and name no address. With a copy of the
OSV database of Python packages (a ZIP of JSON files, one an advisory, as osv.dev offers it for download; --database, or the environment's
REPORTEDLY_OSV), each locked version is looked up in it without asking anybody; without one the run says so and goes on, for a build must
not depend on a server that answers. Who is online can run `pip-audit --disable-pip -r requirements/runtime.txt` besides.

Source: pip documentation, "Secure installs"; OSV schema 1.6, `affected[].ranges` and `versions`.
"""

import argparse
import json
import os
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LOCKED = Path(__file__).parents[1] / "requirements"
FILES = ("runtime.txt", "dev.txt")

_PIN = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)(?P<rest>.*)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A locked dependency.

    Attributes:
        name: its name as packages are compared.
        version: its version.
        hashes: how many files of it may be installed.
    """

    name: str
    version: str
    hashes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """A known vulnerability of a locked version.

    Attributes:
        pin: the dependency.
        id: the advisory's id.
        summary: what it says, in a line.
    """

    pin: Pin
    id: str
    summary: str


def read_pins(text: str) -> Iterator[Pin | str]:
    """The dependencies that a lock file names; as words, each line that locks nothing."""
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        words = line.partition(" #")[0].strip()
        if not words or words.startswith("#"):
            continue
        found = _PIN.fullmatch(words)
        if found is None or "://" in words or "+" in found["version"]:
            yield words
            continue
        yield Pin(name=canonicalize_name(found["name"]), version=found["version"], hashes=len(_HASH.findall(found["rest"])))


def faults_of(text: str) -> list[str]:
    """What is wrong with a lock file: lines without one version, with an address or a local version, or without a hash."""
    found = list(read_pins(text))
    loose = [f"{line}: no single version from the index" for line in found if isinstance(line, str)]
    return [*loose, *(f"{pin.name}=={pin.version}: no hash" for pin in found if isinstance(pin, Pin) and not pin.hashes)]


def read_advisories(database: Path) -> Iterator[Mapping[str, Any]]:
    """The advisories of a ZIP of JSON files that nobody has withdrawn."""
    with zipfile.ZipFile(database) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                row = json.loads(archive.read(name))
                if "withdrawn" not in row:
                    yield row


def known_faults(pins: Iterable[Pin], advisories: Iterable[Mapping[str, Any]]) -> list[Advisory]:
    """The advisories that fit a locked version, by package."""
    by_name: dict[str, list[Pin]] = defaultdict(list)
    for pin in pins:
        by_name[pin.name].append(pin)
    found = [
        Advisory(pin=pin, id=row["id"], summary=row.get("summary") or row.get("details", "").partition("\n")[0])
        for row in advisories
        for affected in row.get("affected", ())
        if affected.get("package", {}).get("ecosystem") == "PyPI"
        for pin in by_name.get(canonicalize_name(affected["package"]["name"]), ())
        if is_affected(pin.version, affected)
    ]
    return sorted(set(found), key=lambda one: (one.pin.name, one.id))


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Whether a version is among those that an advisory names, or lies in one of its ranges."""
    if version in affected.get("versions", ()):
        return True
    return any(_lies_in(Version(version), each.get("events", ())) for each in affected.get("ranges", ()) if each.get("type") == "ECOSYSTEM")


def _lies_in(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """Whether a version lies in a range, by the newest event that is not after it."""
    inside = False
    for kind, at in sorted(((kind, at) for event in events for kind, at in event.items()), key=lambda pair: _version(pair[1])):
        if kind == "introduced" and _version(at) <= version:
            inside = True
        elif (kind == "fixed" and _version(at) <= version) or (kind == "last_affected" and _version(at) < version):
            inside = False
    return inside


def _version(words: str) -> Version:
    try:
        return Version(words)
    except InvalidVersion:
        return Version("0")  # "0" stands for the first there was


def main() -> int:
    """Check the locks, look them up where there is a database; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", type=Path, default=os.environ.get("REPORTEDLY_OSV"))
    arguments = parser.parse_args()
    texts = {name: (LOCKED / name).read_text(encoding="utf-8") for name in FILES}
    faults = [f"requirements/{name}: {fault}" for name, text in texts.items() for fault in faults_of(text)]
    pins = {pin for text in texts.values() for pin in read_pins(text) if isinstance(pin, Pin)}
    print(f"{len(pins)} locked dependencies, {sum(pin.hashes for pin in pins)} hashes")
    if arguments.database:
        known = known_faults(pins, read_advisories(Path(arguments.database)))
        faults += [f"{one.pin.name}=={one.pin.version}: {one.id}: {one.summary}" for one in known]
    else:
        print("known vulnerabilities were not looked up: no copy of the OSV database is named (--database, REPORTEDLY_OSV)")
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
