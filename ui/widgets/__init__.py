"""Widgets that several features use, without knowledge of webinars."""
