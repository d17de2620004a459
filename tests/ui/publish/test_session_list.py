"""The links of sessions, which a server names."""

import pytest
from PySide6.QtCore import QUrl

from ui.publish.session_list import open_web_address


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://webinars.example.org/w/abc", True),
        ("http://127.0.0.1:8000/w/abc", True),
        ("file:///usr/bin/xterm", False),
        ("smb://evil.example/share", False),
        ("/usr/bin/xterm", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_opened(url, opens):
    opened: list[QUrl] = []
    open_web_address(url, opened.append)
    assert opened == ([QUrl(url)] if opens else [])
