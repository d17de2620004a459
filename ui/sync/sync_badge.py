"""How a webinar compares with the server, as its card on Home shows it."""

from typing import Literal

SyncBadge = Literal["", "synced", "ahead", "apart", "refused"]
"""How a webinar compares with the server; empty where that is not known."""
