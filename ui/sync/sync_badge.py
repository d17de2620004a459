"""What a webinar's card says of synchronization."""

from typing import Literal

SyncBadge = Literal["", "synced", "ahead", "apart", "refused"]
"""How a webinar compares with the server; empty where that is not known."""
