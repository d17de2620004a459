"""Alembic's migrations of the hosting's database."""
