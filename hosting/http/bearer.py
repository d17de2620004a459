"""Bearer tokens in the `Authorization` header (RFC 6750 §2.1)."""


def parse_bearer_token(header: str) -> str | None:
    """Return the token of an `Authorization` header; None if it is empty or of another scheme.

    Args:
        header: The header's value; "" where the request has none.
    """
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    return token.strip() or None
