"""Pushing and pulling webinars: conditional on the revision, repeatable, byte for byte."""

import json
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from editor.protocol import patch
from editor.protocol.api import PushedVersion, PushRequest
from editor.schedule import serialization
from editor.schedule.model import Image, Media, Webinar
from tests.hosting.hosting_fixtures import NOON, ManualClock, compute_version_hash, make_push_body

WEBINAR = Webinar(id="evening", title="Evening")
NEW = {"If-None-Match": "*"}
DAY = 86_400_000


def if_match(rev: int) -> dict[str, str]:
    return {"If-Match": f'"{rev}"'}


def push_webinar(client: Any, headers: dict[str, str], webinar: Webinar = WEBINAR, **more: str) -> Any:
    return client.put(f"/api/webinars/{webinar.id}", content=make_push_body(webinar), headers=headers | more)


def test_a_pushed_document_is_returned_byte_for_byte(client, team, context):
    pushed = push_webinar(client, team | NEW)
    assert pushed.json() == {"rev": 1, "number": 1, "epoch": context.epoch}
    assert pushed.headers["etag"] == '"1"'
    pulled = client.get("/api/webinars/evening", headers=team)
    assert pulled.content == serialization.encode(WEBINAR)
    assert pulled.headers["etag"] == '"1"'
    listed = client.get("/api/webinars", headers=team).json()
    assert listed["epoch"] == context.epoch
    assert [(card["id"], card["rev"], card["title"]) for card in listed["webinars"]] == [("evening", 1, "Evening")]


def test_a_document_with_another_order_of_keys_is_stored_unchanged(client, team):
    document = json.dumps(json.loads(serialization.encode(WEBINAR)), indent=3)
    version = PushedVersion(hash=serialization.hash_version(document.encode(), ()), saved_at=NOON)
    body = msgspec.json.encode(PushRequest(document=document, version=version))
    assert client.put("/api/webinars/evening", content=body, headers=team | NEW).status_code == 200
    assert client.get("/api/webinars/evening", headers=team).text == document


@pytest.mark.parametrize(
    ("condition", "status", "code"),
    [
        ({}, 428, "webinar.unconditional"),
        ({"If-Match": "*"}, 428, "webinar.unconditional"),
        ({"If-Match": "1"}, 428, "webinar.unconditional"),
        ({"If-Match": 'W/"1"'}, 428, "webinar.unconditional"),
        ({"If-None-Match": "*"}, 412, "webinar.stale"),
        ({"If-Match": '"0"'}, 412, "webinar.stale"),
        ({"If-Match": '"2"'}, 412, "webinar.stale"),
    ],
)
def test_a_push_needs_the_current_revision(client, team, condition, status, code):
    push_webinar(client, team | NEW)
    later = replace(WEBINAR, title="Later")
    answer = push_webinar(client, team | condition, later)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    if status == 412:
        assert answer.json()["facts"]["rev"] == 1
    assert client.get("/api/webinars/evening", headers=team).content == serialization.encode(WEBINAR)
    assert push_webinar(client, team | if_match(1), later).json()["rev"] == 2


def test_of_two_pushes_over_one_revision_the_second_is_refused(client, team):
    push_webinar(client, team | NEW)
    answers = [
        push_webinar(client, team | if_match(1), replace(WEBINAR, title=title)).status_code for title in ("a", "b")
    ]
    assert answers == [200, 412]


def test_a_repeated_push_gets_the_response_to_the_first(client, team):
    first = push_webinar(client, team | NEW | {"Idempotency-Key": "k"})
    again = push_webinar(client, team | NEW | {"Idempotency-Key": "k"})
    assert (again.status_code, again.content, again.headers["etag"]) == (200, first.content, '"1"')
    assert push_webinar(client, team | if_match(1), replace(WEBINAR, title="Later")).json()["rev"] == 2
    # The key is looked up before the condition, which is not met any more.
    assert push_webinar(client, team | NEW | {"Idempotency-Key": "k"}).content == first.content
    assert client.get("/api/webinars", headers=team).json()["webinars"][0]["rev"] == 2


def test_an_idempotency_key_is_bound_to_its_body_account_and_route(client, team, sign_in):
    key = {"Idempotency-Key": "k"}
    push_webinar(client, team | NEW | key)
    response = push_webinar(client, team | if_match(1) | key, replace(WEBINAR, title="Later"))
    assert (response.status_code, response.json()["code"]) == (422, "idempotency.reused")
    assert push_webinar(client, team | NEW | key, replace(WEBINAR, id="other")).json()["rev"] == 1
    assert push_webinar(client, sign_in("other@example.org") | NEW | key).json()["rev"] == 1


def test_a_refusal_is_not_stored_under_its_idempotency_key(client, team):
    key = {"Idempotency-Key": "k"}
    assert push_webinar(client, team | if_match(7) | key).status_code == 412
    assert push_webinar(client, team | NEW | key).status_code == 200


def test_responses_are_deleted_after_thirty_days(client, team, clock: ManualClock):
    push_webinar(client, team | NEW | {"Idempotency-Key": "k"})
    clock.advance(30 * DAY)
    assert push_webinar(client, team | NEW | {"Idempotency-Key": "k"}).status_code == 200
    clock.advance(1)
    push_webinar(client, team | if_match(1) | {"Idempotency-Key": "another"}, replace(WEBINAR, title="Later"))
    assert push_webinar(client, team | NEW | {"Idempotency-Key": "k"}).status_code == 412


@pytest.mark.parametrize(
    ("document", "status", "code"),
    [
        (b"{", 400, "wire.broken"),
        (b"[]", 400, "wire.foreign"),
        (b'{"format":99,"id":"evening"}', 422, "wire.newer"),
        (serialization.encode(WEBINAR).replace(b"evening", b"another"), 422, "webinar.other"),
        (
            serialization.encode(
                replace(
                    WEBINAR,
                    programme=(
                        Image(id="a", start_ms=0, media="a" * 64, length_ms=5_000),
                        Image(id="b", start_ms=4_000, media="a" * 64, length_ms=10),
                    ),
                    media={"a" * 64: Media(sha256="a" * 64, kind="image", name="a.png")},
                )
            ),
            422,
            "wire.invalid",
        ),
    ],
)
def test_invalid_documents_are_refused(client, team, document, status, code):
    version = PushedVersion(hash=serialization.hash_version(document, ()), saved_at=NOON)
    body = msgspec.json.encode(PushRequest(document=document.decode(), version=version))
    answer = client.put("/api/webinars/evening", content=body, headers=team | NEW)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get("/api/webinars", headers=team).json()["webinars"] == []


def test_a_version_with_a_wrong_hash_is_refused(client, team):
    body = make_push_body(WEBINAR).replace(compute_version_hash(WEBINAR).encode(), b"0" * 64)
    answer = client.put("/api/webinars/evening", content=body, headers=team | NEW)
    assert (answer.status_code, answer.json()["code"]) == (422, "version.wrong_hash")


LATER = replace(WEBINAR, title="Later", description="A long description. " * 20)
FIRST = compute_version_hash(WEBINAR)


def make_patch_body(pieces: tuple[Any, ...], base: str = FIRST) -> bytes:
    """Encode the body of a push of `LATER` as a patch."""
    version = PushedVersion(hash=compute_version_hash(LATER, (FIRST,)), parents=(FIRST,), saved_at=NOON)
    return msgspec.json.encode(PushRequest(patch=patch.Patch(base=base, pieces=pieces), version=version))


def test_a_push_can_be_a_patch_of_a_stored_version(client, team):
    push_webinar(client, team | NEW)
    document_patch = patch.make(FIRST, serialization.encode(WEBINAR), serialization.encode(LATER))
    whole = make_patch_body((serialization.encode(LATER).decode(),))
    assert document_patch is None, "nothing was to gain"
    assert client.put("/api/webinars/evening", content=whole, headers=team | if_match(1)).json()["number"] == 2
    assert client.get("/api/webinars/evening", headers=team).content == serialization.encode(LATER)
    card = client.get("/api/webinars", headers=team).json()["webinars"][0]
    assert (card["version"], card["notes_rev"]) == (compute_version_hash(LATER, (FIRST,)), 0)


@pytest.mark.parametrize(
    ("pieces", "base", "status", "code"),
    [
        (((0, 10),), "0" * 64, 422, "webinar.base_unknown"),
        (((0, 10),), FIRST, 422, "version.wrong_hash"),
        (((0, 10**9),), FIRST, 400, "patch.outside"),
        (((10**9, 0),), FIRST, 400, "patch.outside"),
        (((-1, 2),), FIRST, 400, "request.invalid"),
        (((0, 2**80),), FIRST, 400, "request.invalid"),
        (((0, len(serialization.encode(WEBINAR))),) * 20_000 + ("x",), FIRST, 400, "request.invalid"),
        ((), FIRST, 422, "version.wrong_hash"),
    ],
)
def test_a_hostile_patch_is_refused_and_nothing_changes(client, team, pieces, base, status, code):
    push_webinar(client, team | NEW)
    body = msgspec.json.encode({**msgspec.json.decode(make_patch_body(())), "patch": {"base": base, "pieces": pieces}})
    answer = client.put("/api/webinars/evening", content=body, headers=team | if_match(1))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get("/api/webinars/evening", headers=team).content == serialization.encode(WEBINAR)


def test_a_patch_with_a_huge_result_is_refused_before_it_is_applied(client, team):
    push_webinar(client, team | NEW, replace(WEBINAR, description="x" * 4_000))
    base = client.get("/api/webinars", headers=team).json()["webinars"][0]["version"]
    answer = client.put(
        "/api/webinars/evening", content=make_patch_body(((0, 4_000),) * 20_000, base), headers=team | if_match(1)
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "patch.large")


def test_a_push_is_either_a_document_or_a_patch(client, team):
    version = PushedVersion(hash=FIRST, saved_at=NOON)
    for push_fields in (
        PushRequest(version=version),
        PushRequest(version=version, document="{}", patch=patch.Patch(base=FIRST, pieces=())),
    ):
        answer = client.put("/api/webinars/evening", content=msgspec.json.encode(push_fields), headers=team | NEW)
        assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid")


def test_versions_are_numbered_in_order_of_arrival_and_stay(client, team):
    later = replace(WEBINAR, title="Later")
    push_webinar(client, team | NEW)
    first = compute_version_hash(WEBINAR)
    body = make_push_body(later, parents=(first,))
    assert client.put("/api/webinars/evening", content=body, headers=team | if_match(1)).json()["number"] == 2
    # A version that is pushed again keeps its number.
    assert client.put("/api/webinars/evening", content=body, headers=team | if_match(2)).json()["number"] == 2
    listed = client.get("/api/webinars/evening/versions", headers=team).json()["versions"]
    assert [(one["number"], one["parents"]) for one in listed] == [(2, [first]), (1, [])]
    assert client.get(f"/api/versions/{first}", headers=team).content == serialization.encode(WEBINAR)
    assert client.get(f"/api/versions/{'0' * 64}", headers=team).status_code == 404


def test_a_deletion_is_listed_and_can_be_undone_by_a_push(client, team):
    push_webinar(client, team | NEW)
    assert client.delete("/api/webinars/evening", headers=team).status_code == 428
    assert client.delete("/api/webinars/evening", headers=team | if_match(2)).status_code == 412
    assert client.delete("/api/webinars/evening", headers=team | if_match(1)).status_code == 204
    assert client.get("/api/webinars/evening", headers=team).status_code == 404
    card = client.get("/api/webinars", headers=team).json()["webinars"][0]
    assert (card["rev"], card["deleted"]) == (2, True)
    # A push over the revision of the deletion restores the webinar.
    assert push_webinar(client, team | if_match(1)).status_code == 412
    assert push_webinar(client, team | if_match(2)).json()["rev"] == 3
    assert client.get("/api/webinars", headers=team).json()["webinars"][0]["deleted"] is False


def test_notes_have_a_revision_of_their_own(client, team):
    assert client.get("/api/webinars/evening/notes", headers=team).status_code == 404
    push_webinar(client, team | NEW)
    body = {"rev": 0, "notes": {"a": "Smile."}}
    assert client.put("/api/webinars/evening/notes", json=body, headers=team).json() == {
        "rev": 1,
        "notes": {"a": "Smile."},
    }
    stale = client.put("/api/webinars/evening/notes", json=body, headers=team)
    assert (stale.status_code, stale.json()["facts"]["rev"]) == (412, 1)
    push_webinar(client, team | if_match(1), replace(WEBINAR, title="Later"))
    assert client.get("/api/webinars/evening/notes", headers=team).json() == {"rev": 1, "notes": {"a": "Smile."}}


def test_a_webinar_belongs_to_its_account(client, team, sign_in):
    push_webinar(client, team | NEW)
    other = sign_in("other@example.org")
    assert client.get("/api/webinars", headers=other).json()["webinars"] == []
    for path in ("webinars/evening", "webinars/evening/notes", f"versions/{compute_version_hash(WEBINAR)}"):
        assert client.get(f"/api/{path}", headers=other).status_code == 404
    assert client.get("/api/webinars/evening/versions", headers=other).json()["versions"] == []
    assert client.delete("/api/webinars/evening", headers=other | if_match(1)).status_code == 404
    assert push_webinar(client, other | NEW).json()["rev"] == 1
    assert client.get("/api/webinars").status_code == 401
