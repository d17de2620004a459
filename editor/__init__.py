"""Matinee's core: everything that knows what a webinar is and nothing that knows a screen."""

__version__ = "0.1.0"
