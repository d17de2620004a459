"""Which files are pages, where they lie, and what browsers are told to do with them."""

from pathlib import Path

import resources

WEB = Path(resources.__path__[0]) / "web"
"""Where `hosting/web` is built to."""
OWN = Path(__file__).parent / "files"

RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self' blob:",  # players feed what they loaded through a blob: address
    "connect-src": "'self'",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in RULES.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


def files(folder: Path) -> dict[str, Path]:
    """The files of a folder that are pages' parts, by name; nothing else is ever opened."""
    return {path.name: path for path in folder.iterdir() if path.suffix in TYPES} if folder.is_dir() else {}


def part(folder: Path, name: str) -> tuple[bytes, str] | None:
    """A file's bytes and its type."""
    path = files(folder).get(name)
    return (path.read_bytes(), TYPES[path.suffix]) if path is not None and path.is_file() else None
