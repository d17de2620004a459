"""The fixtures of rooms."""

from tests.hosting.session_fixtures import begin, tick

__all__ = ["begin", "tick"]
