"""All tables of all nouns, for the migrations."""

from hosting.accounts import tables as accounts
from hosting.attendees import tables as registration
from hosting.db.database import METADATA
from hosting.delivery import tables as delivery
from hosting.media import tables as media
from hosting.responses import tables as answers
from hosting.sessions.engine import tables as sessions
from hosting.webinars import tables as webinars

__all__ = ["METADATA", "accounts", "answers", "delivery", "media", "registration", "sessions", "webinars"]
