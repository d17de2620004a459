"""What is stored: drafts, versions, notes."""
