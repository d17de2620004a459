"""Attendees: the persons who entered a session, and their tokens."""
