"""Exchanging saved versions and media with a hosting, over requests."""
