"""Version history: saving with a note, listing, comparing and restoring."""
