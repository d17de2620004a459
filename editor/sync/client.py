"""The hosting's API as plain calls, each with a timeout; every failure is a `Known`.

What the network does (no route, a broken connection, a time-out, a 5xx) is ``sync.offline`` or ``sync.trouble`` and may
be tried again. What the hosting decides (401, 403, 409, 412, 422) comes as its own code and is never tried again
blindly.
"""

import platform
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests

from editor.errors import Known
from editor.protocol import api
from editor.protocol.manifest import Manifest

AGAIN = frozenset({"sync.offline", "sync.trouble", "hosting.busy"})
"""What may be tried again as it is, after a while; everything else is for a person, or for another look, to settle."""
TIMEOUT = (5, 30)
"""Seconds to connect, and between two bytes."""
T = TypeVar("T")


class Client:
    """One hosting, signed in or not. Use it from one thread at a time."""

    def __init__(self, base_url: str, token: str = "") -> None:
        """Name the hosting.

        Raises:
            Known: ``sync.address``: it is no http(s) address.
        """
        parts = urlsplit(base_url.strip())
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise Known("sync.address", address=base_url)
        self.base_url = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": "Matinee", api.API_HEADER: str(api.API)})
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def call(
        self, method: str, path: str, *, body: object = None, data: Any = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """One request.

        Args:
            method: the HTTP method.
            path: below the hosting's address.
            body: sent as JSON.
            data: sent as it is: bytes, or an iterable of them.
            headers: beside the usual ones.

        Raises:
            Known: see the module's beginning; the facts have `status` where there is one.
        """
        told = dict(headers or {})
        if body is not None:
            data = msgspec.json.encode(body)
            told["Content-Type"] = "application/json"
        try:
            answer = self._session.request(
                method, self.base_url + path, data=data, headers=told, timeout=TIMEOUT, allow_redirects=False
            )
        except (requests.ConnectionError, requests.Timeout) as error:
            raise Known("sync.offline", address=self.base_url) from error
        except requests.RequestException as error:
            raise Known("sync.trouble", address=self.base_url, reason=type(error).__name__) from error
        if answer.status_code >= 300:
            raise _refusal(answer, self.base_url)
        return answer

    def _get(self, path: str, kind: type[T]) -> T:
        return _read(self.call("GET", path), kind, self.base_url)

    def _send(self, method: str, path: str, body: object, kind: type[T], **headers: str) -> T:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return _read(self.call(method, path, body=body, headers=told), kind, self.base_url)

    # --------------------------------------------------------------------------------------------- accounts

    def sign_in(self, email: str, password: str) -> api.SignedIn:
        """Get a token; this client carries it from now on."""
        asked = api.SignIn(email=email, password=password, device=platform.node()[:200])
        return self._carry(self._send("POST", "/api/sign-in", asked, api.SignedIn))

    def first_owner(self, key: str, email: str, password: str, name: str = "") -> api.SignedIn:
        """Make the first account with the hosting's one-time key, and carry its token."""
        asked = api.FirstOwner(key=key, email=email, password=password, name=name)
        return self._carry(self._send("POST", "/api/first-owner", asked, api.SignedIn))

    def _carry(self, signed: api.SignedIn) -> api.SignedIn:
        self._session.headers["Authorization"] = f"Bearer {signed.token}"
        return signed

    def sign_out(self) -> None:
        """Void the token."""
        self.call("POST", "/api/sign-out")

    def me(self) -> api.Account:
        """Whose token it is."""
        return self._get("/api/me", api.Account)

    # --------------------------------------------------------------------------------------------- webinars

    def webinars(self) -> api.WebinarList:
        """All webinars there, and the hosting's epoch."""
        return self._get("/api/webinars", api.WebinarList)

    def push(self, webinar: str, rev: int, pushed: api.Push) -> api.Pushed:
        """Push a saved document over a revision (0: it is new there). The version's hash makes a repeat harmless."""
        condition = {"If_Match": f'"{rev}"'} if rev else {"If_None_Match": "*"}
        path = f"/api/webinars/{webinar}"
        how = "whole" if pushed.patch is None else "patch"
        key = f"{pushed.version.hash}-{rev}-{how}"
        return self._send("PUT", path, pushed, api.Pushed, **condition, Idempotency_Key=key)

    def remove(self, webinar: str, rev: int) -> None:
        """Put a webinar of that revision into the hosting's bin."""
        self.call("DELETE", f"/api/webinars/{webinar}", headers={"If-Match": f'"{rev}"'})

    def version(self, version: str) -> bytes:
        """A version's document."""
        return self.call("GET", f"/api/versions/{version}").content

    def versions(self, webinar: str) -> tuple[api.HostedVersion, ...]:
        """A webinar's versions there, newest first."""
        return self._get(f"/api/webinars/{webinar}/versions", api.VersionList).versions

    def notes(self, webinar: str) -> api.NoteList:
        """Presenters' notes there."""
        return self._get(f"/api/webinars/{webinar}/notes", api.NoteList)

    def put_notes(self, webinar: str, notes: api.NoteList) -> api.NoteList:
        """Put notes in the place of those of the revision given."""
        return self._send("PUT", f"/api/webinars/{webinar}/notes", notes, api.NoteList)

    # ------------------------------------------------------------------------------------------------ media

    def have(self, asked: tuple[str, ...]) -> api.Had:
        """Which of these files and manifests are there."""
        return self._send("POST", "/api/media/have", api.Asked(sha256=asked), api.Had)

    def put_manifest(self, manifest: Manifest) -> None:
        """Tell what was prepared of a media."""
        self.call("PUT", f"/api/media/{manifest.media}/manifest", body=manifest)

    def manifest(self, media: str) -> Manifest:
        """What was prepared of a media."""
        return self._get(f"/api/media/{media}/manifest", Manifest)

    # --------------------------------------------------------------------------------------------- sessions

    def publish(self, asked: api.Publish) -> api.Session:
        """Schedule a session."""
        return self._send("POST", "/api/sessions", asked, api.Session)

    def sessions(self, webinar: str | None = None) -> tuple[api.Session, ...]:
        """A webinar's sessions, or all there are, next first."""
        asked = "" if webinar is None else f"?webinar={webinar}"
        return self._get(f"/api/sessions{asked}", api.SessionList).sessions

    def reschedule(self, session: str, asked: api.Reschedule) -> api.Session:
        """Give a session another start."""
        return self._send("POST", f"/api/sessions/{session}/reschedule", asked, api.Session)

    def cancel(self, session: str) -> api.Session:
        """Cancel a session; its link says so."""
        return _read(self.call("POST", f"/api/sessions/{session}/cancel"), api.Session, self.base_url)

    def replace(self, session: str, version: str) -> api.Session:
        """Have a session play a later version."""
        return self._send("POST", f"/api/sessions/{session}/replace", api.Replace(version=version), api.Session)


def _read(answer: requests.Response, kind: type[T], address: str) -> T:
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except msgspec.DecodeError as error:
        raise Known("sync.not_matinee", address=address) from error


def _refusal(answer: requests.Response, address: str) -> Known:
    try:
        problem = msgspec.json.decode(answer.content, type=api.Problem)
    except msgspec.DecodeError:
        code = "sync.trouble" if answer.status_code >= 500 else "sync.not_matinee"
        return Known(code, address=address, reason=f"HTTP {answer.status_code}", status=answer.status_code)
    return Known(problem.code, **{**problem.facts, "status": answer.status_code})
