"""How older libraries become current ones, one step at a time (Alembic)."""
