"""The files that pages consist of, and the headers that browsers get with them."""

import re
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG

import resources

WEB_FOLDER = Path(resources.__path__[0]) / "web"
"""The folder that `hosting/web` is built into."""
STATIC_FOLDER = Path(__file__).parent / "static"
TEMPLATE_FOLDER = Path(__file__).parent / "templates"
"""Pages with marks, which `template_renderer` fills."""

CSP_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "media-src": "'self' blob:",  # hls.js passes media to the browser through a blob: address
    "connect-src": "'self'",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in CSP_DIRECTIVES.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}", re.ASCII)
"""The names that a file may have; no other file is looked for."""


def find_file(folder: Path, name: str) -> tuple[bytes, str] | None:
    """Return the bytes and the media type of a file, from memory unless it has changed on the disk.

    Args:
        folder: The folder that the file is directly in.
        name: The file's name, as a request may give it.

    Returns:
        None if there is no such file, or its name or suffix is not allowed (`FILE_NAME`, `MEDIA_TYPES`).
    """
    path = folder / name
    if not FILE_NAME.fullmatch(name) or path.suffix not in MEDIA_TYPES:
        return None
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return None
        return _read_cached(path, status.st_mtime_ns, status.st_size), MEDIA_TYPES[path.suffix]
    except OSError:  # removed, perhaps by a build that is running
        return None


@lru_cache(128)
def _read_cached(path: Path, _changed_ns: int, _size: int) -> bytes:
    return path.read_bytes()
