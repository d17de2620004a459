"""Migrations of the library from older schemas to the current one (Alembic)."""
