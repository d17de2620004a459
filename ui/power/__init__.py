"""Keeping the computer awake while it hosts a session."""
