"""Webinars as the editor synced them: documents, versions, notes."""
