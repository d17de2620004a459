"""The room these tests stand in."""

from tests.ui.panel_fixtures import choices, dress, files, room

__all__ = ["choices", "dress", "files", "room"]
