"""All tables of all nouns, for the migrations."""

from hosting.accounts import tables as accounts
from hosting.db import METADATA

__all__ = ["METADATA", "accounts"]
