"""The library on disk: drafts, versions, notes, and what was last synced."""
