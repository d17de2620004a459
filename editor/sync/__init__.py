"""Exchange of versions, notes and media with a hosting, by HTTP (requests)."""
