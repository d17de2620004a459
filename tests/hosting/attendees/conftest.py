"""The fixtures of sessions."""

from tests.hosting.session_fixtures import begin, tick

__all__ = ["begin", "tick"]
