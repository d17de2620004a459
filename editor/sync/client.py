"""The hosting's API as plain calls, each with a timeout; every failure is a `KnownError`.

What the network does (no route, a broken connection, a timeout, a 5xx) is ``sync.offline`` or ``sync.trouble``. What
the hosting decides comes as its own code, with the HTTP status among the facts. `editor.sync.retry` says what may be
tried again.
"""

import platform
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests

from editor.errors import KnownError
from editor.protocol import api
from editor.protocol.manifest import Manifest

TIMEOUT = (5, 30)
"""Seconds to connect, and between two bytes."""
T = TypeVar("T")


class ApiClient:
    """A client of one hosting's API, whose calls block. Use it from one thread at a time, and `close` it.

    Every call can raise what `request` raises, ``account.signed_out`` where a token is needed and there is none or it
    is no longer valid, and ``sync.not_matinee`` for an answer that is not in the API's form.

    Args:
        base_url: The hosting's address; another one than http(s) raises ``sync.address``. No request is sent yet.
        token: The token of an account; empty where nobody is signed in.
    """

    def __init__(self, base_url: str, token: str = "") -> None:
        """Take the hosting's address and, where one is signed in, a token; no request is sent.

        Raises:
            KnownError: ``sync.address``: it is no http(s) address.
        """
        parts = urlsplit(base_url.strip())
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise KnownError("sync.address", address=base_url)
        self.base_url = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": "Matinee", api.API_HEADER: str(api.API_VERSION)})
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Close the HTTP connections that are kept open; the token stays valid (see `sign_out`).

        A later call would open new ones.
        """
        self._session.close()

    def request(
        self, method: str, path: str, *, body: object = None, data: Any = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """Send one request and return its response, whose status is below 300; redirects are not followed.

        Args:
            method: The HTTP method.
            path: What follows the hosting's address, with its slash.
            body: Sent as JSON; None sends `data`.
            data: Sent as it is: bytes, an iterable of them, or a file-like object.
            headers: Beside the usual ones.

        Raises:
            KnownError: ``sync.offline``: no connection, or nothing came for `TIMEOUT`. ``sync.trouble``: a
                5xx without a code of its own, or a broken answer. ``sync.not_matinee``: another kind of server. Else
                the code with which the hosting refuses the request; its facts have the HTTP `status`.
        """
        all_headers = dict(headers or {})
        if body is not None:
            data = msgspec.json.encode(body)
            all_headers["Content-Type"] = "application/json"
        try:
            response = self._session.request(
                method, self.base_url + path, data=data, headers=all_headers, timeout=TIMEOUT, allow_redirects=False
            )
        except (requests.ConnectionError, requests.Timeout) as error:
            raise KnownError("sync.offline", address=self.base_url) from error
        except requests.RequestException as error:
            raise KnownError("sync.trouble", address=self.base_url, reason=type(error).__name__) from error
        if response.status_code >= 300:
            raise _to_known_error(response, self.base_url)
        return response

    def _get(self, path: str, kind: type[T]) -> T:
        return _decode_response(self.request("GET", path), kind, self.base_url)

    def _send(self, method: str, path: str, body: object, kind: type[T], **headers: str) -> T:
        header_fields = {name.replace("_", "-"): value for name, value in headers.items()}
        return _decode_response(self.request(method, path, body=body, headers=header_fields), kind, self.base_url)

    # --------------------------------------------------------------------------------------------- accounts

    def sign_in(self, email: str, password: str) -> api.SignInResult:
        """Sign in and return the new token, which this client uses from now on.

        Raises:
            KnownError: ``account.wrong``: there is no such e-mail with this password.
        """
        request = api.SignInRequest(email=email, password=password, device=platform.node()[:200])
        return self._use_token(self._send("POST", "/api/sign-in", request, api.SignInResult))

    def create_first_owner(self, key: str, email: str, password: str, name: str = "") -> api.SignInResult:
        """Create the first account with the hosting's one-time key, and use its token from now on.

        Args:
            key: The key that the hosting printed.
            email: The address to sign in with.
            password: At least ten characters.
            name: The display name; may be empty.

        Raises:
            KnownError: ``account.key``, ``account.owned`` (there is an account already), ``account.email``,
                ``account.password``.
        """
        request = api.FirstOwnerRequest(key=key, email=email, password=password, name=name)
        return self._use_token(self._send("POST", "/api/first-owner", request, api.SignInResult))

    def _use_token(self, signed_in: api.SignInResult) -> api.SignInResult:
        self._session.headers["Authorization"] = f"Bearer {signed_in.token}"
        return signed_in

    def sign_out(self) -> None:
        """Revoke the token on the hosting; later calls of this client raise ``account.signed_out``."""
        self.request("POST", "/api/sign-out")

    def fetch_account(self) -> api.Account:
        """Return the account that is signed in; the cheapest way to find out whether the token is valid."""
        return self._get("/api/me", api.Account)

    # --------------------------------------------------------------------------------------------- webinars

    def fetch_webinars(self) -> api.WebinarList:
        """Return the list of all webinars on the hosting, deleted ones too, with the hosting's epoch."""
        return self._get("/api/webinars", api.WebinarList)

    def push_version(self, webinar: str, rev: int, push: api.PushRequest) -> api.PushResult:
        """Push a version over a revision; repeating it is harmless, for the version's hash is the idempotency key.

        Args:
            webinar: The webinar's id.
            rev: The revision it replaces; 0 for a webinar that is new there.
            push: The document, whole or as a patch, and its version.

        Raises:
            KnownError: ``webinar.stale``: the hosting has another revision. ``webinar.base_unknown``: it has not what
                the patch starts from; push it whole. ``sync.went_back``: its epoch is not the one of `push`.
        """
        condition = {"If_Match": f'"{rev}"'} if rev else {"If_None_Match": "*"}
        path = f"/api/webinars/{webinar}"
        form = "whole" if push.patch is None else "patch"
        key = f"{push.version.hash}-{rev}-{form}"
        return self._send("PUT", path, push, api.PushResult, **condition, Idempotency_Key=key)

    def delete_webinar(self, webinar: str, rev: int) -> None:
        """Mark a webinar as deleted on the hosting.

        Raises:
            KnownError: ``webinar.stale``: its revision is not `rev`; ``webinar.unknown``.
        """
        self.request("DELETE", f"/api/webinars/{webinar}", headers={"If-Match": f'"{rev}"'})

    def fetch_version(self, version: str) -> bytes:
        """Return the document of a version, by its hash, as it was pushed; ``version.unknown`` for none."""
        return self.request("GET", f"/api/versions/{version}").content

    def fetch_versions(self, webinar: str) -> tuple[api.HostedVersion, ...]:
        """Return the hosting's versions of a webinar, newest first; none for an unknown webinar."""
        return self._get(f"/api/webinars/{webinar}/versions", api.VersionList).versions

    def fetch_notes(self, webinar: str) -> api.NoteList:
        """Return the presenters' notes that the hosting has of a webinar, with their revision.

        Raises:
            KnownError: ``webinar.unknown``.
        """
        return self._get(f"/api/webinars/{webinar}/notes", api.NoteList)

    def put_notes(self, webinar: str, notes: api.NoteList) -> api.NoteList:
        """Replace all notes of a webinar, and return them with their new revision.

        Raises:
            KnownError: ``notes.stale``: the hosting has another revision of them than `notes.rev`.
        """
        return self._send("PUT", f"/api/webinars/{webinar}/notes", notes, api.NoteList)

    # ------------------------------------------------------------------------------------------------ media

    def find_available_media(self, hashes: tuple[str, ...]) -> api.FileLookupResult:
        """Return which of up to 10,000 hashes are files, or media with a manifest, that the hosting has.

        Those of other accounts, and files that its disk has lost, do not count.
        """
        return self._send("POST", "/api/media/have", api.FileLookupRequest(sha256=hashes), api.FileLookupResult)

    def put_manifest(self, manifest: Manifest) -> None:
        """Store the manifest of a prepared media, instead of an older one; all of its files must be uploaded before.

        Raises:
            KnownError: ``manifest.missing`` (the hashes that were not uploaded), ``manifest.invalid`` (a file is not of
                its declared type or size), ``manifest.newer`` (the server knows only an older format).
        """
        self.request("PUT", f"/api/media/{manifest.media}/manifest", body=manifest)

    def fetch_manifest(self, media: str) -> Manifest:
        """Return the manifest of a prepared media, by the media's hash; ``manifest.unknown`` for none."""
        return self._get(f"/api/media/{media}/manifest", Manifest)

    # --------------------------------------------------------------------------------------------- sessions

    def publish_session(self, request: api.CreateSessionRequest) -> api.Session:
        """Schedule a session of a version that was pushed and whose media were uploaded; return it.

        Raises:
            KnownError: ``session.*``, ``version.*``, ``start.*``: why the hosting does not schedule it.
        """
        return self._send("POST", "/api/sessions", request, api.Session)

    def fetch_sessions(self, webinar: str | None = None) -> tuple[api.Session, ...]:
        """Return the sessions of a webinar, or of all: those to come, next first, then past ones, last first.

        An unknown webinar has none; private tests are included.
        """
        query = "" if webinar is None else f"?webinar={webinar}"
        return self._get(f"/api/sessions{query}", api.SessionList).sessions

    def reschedule_session(self, session: str, request: api.RescheduleRequest) -> api.Session:
        """Move a session to another start, and return it; its link stays.

        Raises:
            KnownError: ``session.begun`` and ``session.past`` (not on demand), ``session.cancelled``,
                ``session.unknown``, or what is wrong with the start (``start.*``, ``session.missing_hour``,
                ``plan.*``).
        """
        return self._send("POST", f"/api/sessions/{session}/reschedule", request, api.Session)

    def cancel_session(self, session: str) -> api.Session:
        """Cancel a session for good and return it; its link says so from then on. Repeating it changes nothing.

        Raises:
            KnownError: ``session.begun``: it is automated and has begun; one on demand can always be cancelled.
                ``session.unknown``.
        """
        return _decode_response(self.request("POST", f"/api/sessions/{session}/cancel"), api.Session, self.base_url)

    def replace_version(self, session: str, version: str) -> api.Session:
        """Make a session play another version of its webinar, by the version's hash, and return the session.

        Raises:
            KnownError: ``locked``: something that has begun, or begins soon, would change. ``version.*``,
                ``session.*``, ``publish.media_missing`` or ``plan.*``.
        """
        return self._send(
            "POST", f"/api/sessions/{session}/replace", api.ReplaceVersionRequest(version=version), api.Session
        )


def _decode_response(response: requests.Response, kind: type[T], address: str) -> T:
    try:
        return msgspec.json.decode(response.content, type=kind)
    except msgspec.DecodeError as error:
        raise KnownError("sync.not_matinee", address=address) from error


def _to_known_error(response: requests.Response, address: str) -> KnownError:
    try:
        problem = msgspec.json.decode(response.content, type=api.ProblemDetails)
    except msgspec.DecodeError:
        code = "sync.trouble" if response.status_code >= 500 else "sync.not_matinee"
        return KnownError(code, address=address, reason=f"HTTP {response.status_code}", status=response.status_code)
    return KnownError(problem.code, **{**problem.facts, "status": response.status_code})
