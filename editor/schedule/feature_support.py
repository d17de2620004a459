"""Which features a document may hold although the room cannot honour them yet: the one rule for editor and server.

A document is never refused for them, so that it can be written, exchanged and merged. Publishing refuses them by name
(``publish.not_yet``): an attendee would meet a closed door, or would miss something that was announced.
"""

from typing import Literal

from editor.schedule.model import Webinar

Feature = Literal["paid"]
"""A feature by its name: `paid` is access for money."""


def find_unsupported_features(webinar: Webinar, *, is_test: bool = False) -> tuple[Feature, ...]:
    """Return what the room cannot honour yet of a webinar; empty where it can be published.

    Args:
        webinar: The webinar, or a version of it.
        is_test: Whether it is for a private test, which everybody with the link enters without paying.
    """
    return ("paid",) if webinar.access == "paid" and not is_test else ()
