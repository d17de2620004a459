"""Bearer tokens in the Authorization header."""

import pytest

from hosting.http.bearer import parse_bearer_token


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer abc", "abc"),
        ("Bearer  abc ", "abc"),
        ("Bearer", None),
        ("Bearer  ", None),
        ("Basic abc", None),
        ("", None),
    ],
)
def test_a_token_is_read_from_the_scheme_bearer_only(header, token):
    assert parse_bearer_token(header) == token
