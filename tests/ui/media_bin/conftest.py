"""Fixtures of the media bin's tests."""

from tests.ui.panel_fixtures import choices, environment, files, theme_name

__all__ = ["choices", "environment", "files", "theme_name"]
