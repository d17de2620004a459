"""Fixtures of these tests: the panel environment with its fake file dialogs."""

from tests.ui.panel_fixtures import choices, dress, files, room

__all__ = ["choices", "dress", "files", "room"]
