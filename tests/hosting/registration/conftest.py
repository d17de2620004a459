"""The fixtures of rooms."""

from tests.hosting.rooms import begin, tick

__all__ = ["begin", "tick"]
