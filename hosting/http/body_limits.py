"""How many bytes the body of a request may have."""

MAX_BODY_BYTES = 1024 * 1024
"""The limit where a route sets no other."""
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""The limit of a body that carries a webinar or a manifest. A webinar of 10,000 segments has two million bytes."""
