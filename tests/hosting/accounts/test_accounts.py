"""The first account, signing in and out."""

import pytest
from sqlalchemy import select

from editor.errors import KnownError
from hosting.accounts import service
from hosting.accounts.tables import ACCOUNTS, TOKENS
from tests.hosting.hosting_fixtures import OWNER, ManualClock


@pytest.fixture
def first_owner_key(context) -> str:
    with context.db.write() as connection:
        return service.make_first_key(connection)


def test_the_one_time_key_creates_the_first_account_once(client, first_owner_key):
    wrong = client.post("/api/first-owner", json=OWNER | {"key": "guessed"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "account.key")
    short_password = client.post("/api/first-owner", json=OWNER | {"key": first_owner_key, "password": "short"})
    assert short_password.status_code == 400
    response = client.post("/api/first-owner", json=OWNER | {"key": first_owner_key, "name": "Anna"})
    assert response.status_code == 201
    headers = {"Authorization": f"Bearer {response.json()['token']}"}
    assert client.get("/api/me", headers=headers).json()["name"] == "Anna"
    again = client.post("/api/first-owner", json=OWNER | {"key": first_owner_key})
    assert (again.status_code, again.json()["code"]) == (409, "account.owned")


def test_the_one_time_key_stays_valid_after_a_failed_attempt(client, first_owner_key):
    assert (
        client.post("/api/first-owner", json=OWNER | {"key": first_owner_key, "email": "no address"}).status_code == 400
    )
    assert client.post("/api/first-owner", json=OWNER | {"key": first_owner_key}).status_code == 201


def test_a_new_one_time_key_replaces_the_previous_one(context, first_owner_key):
    with context.db.write() as connection:
        service.make_first_key(connection)
    with pytest.raises(KnownError) as error_info, context.db.write() as connection:
        service.consume_first_key(connection, first_owner_key)
    assert error_info.value.code == "account.key"


def test_signing_in_and_out(client, team, context):
    assert client.get("/api/me", headers=team).json()["email"] == OWNER["email"]
    signed_in = client.post("/api/sign-in", json=OWNER | {"device": "laptop"})
    headers = {"Authorization": f"bearer {signed_in.json()['token']}"}
    assert client.get("/api/me", headers=headers).status_code == 200
    assert client.post("/api/sign-out", headers=headers).status_code == 204
    assert client.get("/api/me", headers=headers).json()["code"] == "account.signed_out"
    assert client.get("/api/me", headers=team).status_code == 200


def test_the_case_of_an_email_address_does_not_matter(client, team):
    credentials = OWNER | {"email": f" {OWNER['email'].upper()} "}
    assert client.post("/api/sign-in", json=credentials).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, team):
    wrong = client.post("/api/sign-in", json=OWNER | {"password": "wrong horse!"})
    unknown = client.post("/api/sign-in", json=OWNER | {"email": "nobody@example.org"})
    unknown_address = client.post("/api/sign-in", json={"email": "nobody@example.org", "password": "nobody"})
    assert wrong.status_code == unknown.status_code == unknown_address.status_code == 401
    assert wrong.content == unknown.content == unknown_address.content


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer \xe9", "Bearer " + "x" * 5_000])
def test_an_invalid_token_is_signed_out(client, header):
    answer = client.get("/api/me", headers={"Authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "account.signed_out")


def test_neither_passwords_nor_tokens_are_stored_in_clear(client, team, context):
    token = team["Authorization"].removeprefix("Bearer ")
    with context.db.read() as connection:
        assert token not in connection.execute(select(TOKENS.c.hash)).scalars().all()
        stored = connection.execute(select(ACCOUNTS.c.password)).scalar_one()
    assert OWNER["password"] not in stored
    assert stored.startswith("$argon2id$")


def test_an_email_address_has_one_account(context, team, clock: ManualClock):
    with pytest.raises(KnownError) as error_info, context.db.write() as connection:
        service.create_account(connection, OWNER["email"], OWNER["password"], "", clock())
    assert error_info.value.code == "account.email"
