"""Fixtures of the media bin's tests."""

from tests.ui.panel_fixtures import choices, dress, files, room

__all__ = ["choices", "dress", "files", "room"]
