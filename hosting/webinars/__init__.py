"""Webinars as their organizers keep them here: documents, versions, notes."""
