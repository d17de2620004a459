"""Fixtures of these tests: the panel environment with its fake file dialogs."""

from tests.ui.panel_fixtures import choices, environment, files, theme_name

__all__ = ["choices", "environment", "files", "theme_name"]
