"""Fixtures of the demo's tests: a catalog of media in a folder of its own."""

import pytest

from editor.media.catalog import MediaCatalog


@pytest.fixture
def catalog(tmp_path) -> MediaCatalog:
    return MediaCatalog(tmp_path / "library")
