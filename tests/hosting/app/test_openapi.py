"""The API answers generated requests as its own schema says."""

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from litestar.testing import TestClient
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from editor.schedule.model import Image, Media, Moderator, Webinar
from tests.hosting.hosting_fixtures import (
    TUS_HEADERS,
    FakeMedia,
    HostingServer,
    compute_version_hash,
    make_push_body,
    make_upload_headers,
)
from tests.hosting.session_fixtures import AttendeeClient, make_webinar, publish_session, push_webinar

EXAMPLES = 8
CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


SIGNING_OUT = "/api/sign-out"
"""Would revoke the token that all other requests carry."""
STREAM = "/api/room/{session_id}/stream"
"""Tested separately: its response does not end, and it needs a real connection."""


class PopulatedHosting(NamedTuple):
    """A hosting with a webinar and a session whose waiting room is open, with an attendee in it."""

    client: TestClient[Any]
    team: dict[str, str]
    attendee: dict[str, str]
    names: dict[str, str]
    """Path parameters for which there is data."""


@pytest.fixture
def populated(client: TestClient[Any], team: dict[str, str]) -> PopulatedHosting:
    picture = FakeMedia("picture", 0)
    picture.upload_all(client, team)
    media = Media(sha256=picture.media, kind="image", name="picture.png")
    shown = Image(id="a", start_ms=0, media=picture.media, length_ms=60_000)
    webinar = Webinar(
        id="evening", title="Evening", chat="moderated", programme=(shown,), media={picture.media: media},
        moderators=(Moderator(name="Anna", email="anna@example.org"),),
    )  # fmt: skip
    response = client.put(
        "/api/webinars/evening", content=make_push_body(webinar), headers=team | {"If-None-Match": "*"}
    )
    assert response.status_code == 200, response.text
    request = {"webinar": "evening", "version": compute_version_hash(webinar), "test": True}
    session = client.post("/api/sessions", json=request, headers=team).json()
    entered = client.post(f"/api/w/{session['slug']}/enter", json={"name": "Ben", "email": "ben@example.org"})
    assert entered.status_code == 201, entered.text
    created = client.post("/api/uploads", headers=team | make_upload_headers(b"content"))
    names = {
        "webinar_id": "evening",
        "version_hash": compute_version_hash(webinar),
        "session_id": session["id"],
        "slug": session["slug"],
        "media": picture.media,
        "sha256": picture.manifest.stills[0].file.sha256,
        "upload_id": created.headers["location"].rpartition("/")[2],
    }
    return PopulatedHosting(client, team, {"Authorization": f"Bearer {entered.json()['token']}"}, names)


def test_every_operation_answers_as_its_schema_says(populated: PopulatedHosting):
    client = populated.client
    document = client.get("/schema/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    request_counts: Counter[str] = Counter()
    broken: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in {SIGNING_OUT, STREAM}:
            continue

        @given(case=operation.as_strategy())
        @seed(1)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            count = request_counts[case.operation.label]
            if count % 2 == 0:
                case.path_parameters = {name: populated.names[name] for name in case.path_parameters or {}}
            who = populated.attendee if "/api/room/" in case.operation.path else populated.team
            request_arguments = case.as_transport_kwargs(base_url="http://testserver", headers=TUS_HEADERS | who)
            request_arguments.pop("cookies", None)
            data = request_arguments.pop("data", None)
            answer = client.request(**request_arguments, **({"content": data} if data is not None else {}))
            request_counts[case.operation.label] += 1
            case.validate_response(answer, checks=CHECKS)

        try:
            ask()
        except (Failure, FailureGroup) as failure:
            broken.append(f"{operation.label}: {failure}")
    assert not broken, "\n\n".join(broken)
    assert len(request_counts) >= 35
    assert client.get("/api/me", headers=populated.team).status_code == 200


def test_the_event_stream_answers_as_its_schema_says(serve: Callable[..., HostingServer]):
    served = serve()
    team, base = served.sign_in_owner(), served.url
    sample_webinar = make_webinar()
    session = publish_session(
        requests,
        team,
        sample_webinar,
        push_webinar(requests, team, sample_webinar, base=base),
        base=base,
        test=True,
        in_ms=0,
    )
    anna = AttendeeClient(requests, base, session, "Anna")
    documented_responses = requests.get(f"{base}/schema/openapi.json", timeout=20).json()["paths"][STREAM]["get"][
        "responses"
    ]
    for method, more, headers, status in (
        ("GET", "", anna.headers, 200),
        ("GET", "?public=0&own=0", anna.headers, 200),
        ("GET", "?public=x", anna.headers, 400),
        ("GET", "?own=-1", anna.headers, 400),
        ("GET", "", {}, 401),
        ("GET", "", {"Authorization": "Bearer nobody"}, 401),
        ("POST", "", anna.headers, 405),
        ("GET", "", anna.headers | {"Matinee-Api": "2"}, 406),
        ("GET", "?public=999", anna.headers, 410),
    ):
        path = STREAM.format(session_id=anna.session) + more
        with requests.request(method, base + path, headers=headers, stream=True, timeout=20) as answer:
            assert answer.status_code == status, (path, answer.text)
            assert answer.headers["Matinee-Api"] == "1"
            media_type = answer.headers["Content-Type"].partition(";")[0]
            assert media_type in documented_responses[str(status)]["content"]


def test_responses_name_the_api_version_and_a_newer_client_is_refused(client: TestClient[Any], team: dict[str, str]):
    document = client.get("/schema/openapi.json").json()
    assert document["info"]["version"] == "1"
    assert all(path.startswith("/api/") for path in document["paths"])
    assert "Matinee-Api" not in client.get("/healthz").headers
    for version_headers, status in (
        ({}, 200),
        ({"Matinee-Api": "1"}, 200),
        ({"Matinee-Api": "2"}, 406),
        ({"Matinee-Api": "x"}, 406),
    ):
        answer = client.get("/api/me", headers=team | version_headers)
        assert (answer.status_code, answer.headers["matinee-api"]) == (status, "1")
    assert answer.json()["code"] == "api.newer"
    assert client.get("/api/nothing").headers["matinee-api"] == "1"
