"""All tables of all modules in one `METADATA`, for the tests of the migrations."""

from hosting.accounts import tables as accounts
from hosting.attendees import tables as attendees
from hosting.db.database import METADATA
from hosting.delivery import tables as delivery
from hosting.media import tables as media
from hosting.responses import tables as responses
from hosting.sessions.engine import tables as sessions
from hosting.webinars import tables as webinars

__all__ = ["METADATA", "accounts", "attendees", "delivery", "media", "responses", "sessions", "webinars"]
