"""The first owner, signing in and out."""

import pytest
from sqlalchemy import select

from editor.errors import Known
from hosting.accounts import service
from hosting.accounts.tables import ACCOUNTS, TOKENS
from tests.hosting.tools import OWNER, HandClock


@pytest.fixture
def key(house) -> str:
    with house.db.write() as connection:
        return service.make_first_key(connection)


def test_the_first_owner_is_made_once_with_the_one_time_key(client, key):
    wrong = client.post("/api/first-owner", json=OWNER | {"key": "guessed"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "account.key")
    short = client.post("/api/first-owner", json=OWNER | {"key": key, "password": "short"})
    assert short.status_code == 400
    made = client.post("/api/first-owner", json=OWNER | {"key": key, "name": "Anna"})
    assert made.status_code == 201
    headers = {"Authorization": f"Bearer {made.json()['token']}"}
    assert client.get("/api/me", headers=headers).json()["name"] == "Anna"
    again = client.post("/api/first-owner", json=OWNER | {"key": key})
    assert (again.status_code, again.json()["code"]) == (409, "account.owned")


def test_a_failed_first_owner_leaves_the_key_good(client, key):
    assert client.post("/api/first-owner", json=OWNER | {"key": key, "email": "no address"}).status_code == 400
    assert client.post("/api/first-owner", json=OWNER | {"key": key}).status_code == 201


def test_a_new_key_voids_the_one_before(house, key):
    with house.db.write() as connection:
        service.make_first_key(connection)
    with pytest.raises(Known) as refused, house.db.write() as connection:
        service.take_first_key(connection, key)
    assert refused.value.code == "account.key"


def test_signing_in_and_out(client, team, house):
    assert client.get("/api/me", headers=team).json()["email"] == OWNER["email"]
    signed_in = client.post("/api/sign-in", json=OWNER | {"device": "laptop"})
    headers = {"Authorization": f"bearer {signed_in.json()['token']}"}
    assert client.get("/api/me", headers=headers).status_code == 200
    assert client.post("/api/sign-out", headers=headers).status_code == 204
    assert client.get("/api/me", headers=headers).json()["code"] == "account.signed_out"
    assert client.get("/api/me", headers=team).status_code == 200


def test_an_address_is_the_same_in_capitals(client, team):
    told = OWNER | {"email": f" {OWNER['email'].upper()} "}
    assert client.post("/api/sign-in", json=told).status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client, team):
    wrong = client.post("/api/sign-in", json=OWNER | {"password": "wrong horse!"})
    unknown = client.post("/api/sign-in", json=OWNER | {"email": "nobody@example.org"})
    nobody = client.post("/api/sign-in", json={"email": "nobody@example.org", "password": "nobody"})
    assert wrong.status_code == unknown.status_code == nobody.status_code == 401
    assert wrong.content == unknown.content == nobody.content


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer \xe9", "Bearer " + "x" * 5_000])
def test_what_is_no_token_is_signed_out(client, header):
    answer = client.get("/api/me", headers={"Authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "account.signed_out")


def test_neither_passwords_nor_tokens_are_kept(client, team, house):
    token = team["Authorization"].removeprefix("Bearer ")
    with house.db.read() as connection:
        assert token not in connection.execute(select(TOKENS.c.hash)).scalars().all()
        stored = connection.execute(select(ACCOUNTS.c.password)).scalar_one()
    assert OWNER["password"] not in stored
    assert stored.startswith("$argon2id$")


def test_an_address_has_one_account(house, team, clock: HandClock):
    with pytest.raises(Known) as refused, house.db.write() as connection:
        service.make(connection, OWNER["email"], OWNER["password"], "", clock())
    assert refused.value.code == "account.email"
