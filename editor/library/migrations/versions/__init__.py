"""The migrations in order; each revision is a number, which is also the file's schema number after it."""
