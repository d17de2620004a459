"""All tables of all nouns, for the migrations."""

from hosting.accounts import tables as accounts
from hosting.db import METADATA
from hosting.media import tables as media
from hosting.webinars import tables as webinars

__all__ = ["METADATA", "accounts", "media", "webinars"]
