"""Installations that are broken on purpose."""

from collections.abc import Iterator

import pytest

from tests.faults.installation import Installation, a_database


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with a small class, for a module."""
    folder = tmp_path_factory.mktemp("installation")
    with a_database(folder) as url:
        made = Installation(folder, url).begin()
        yield made
        made.stop()


@pytest.fixture
def served(begun: Installation) -> Installation:
    """The same, served by granian as `classroom serve` does."""
    if begun.process is None:
        begun.start()
    return begun
