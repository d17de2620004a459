"""Webinars as files, to give away and to take in."""
