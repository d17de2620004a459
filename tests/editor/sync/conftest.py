"""A real hosting in a process of its own, shared by a module's tests, and organizers with libraries of their own."""

import pytest

from editor.schedule.operations import Add
from editor.sync.library_sync import fetch_webinar, sync_library
from editor.sync.webinar_sync import WebinarSync
from editor.workspace import Workspace
from tests.editor.sync.hosting_fixtures import CountingClient, KillableHosting, edit_and_save, make_cta


@pytest.fixture(scope="module")
def shared_hosting(tmp_path_factory):
    hosting = KillableHosting(tmp_path_factory.mktemp("hosting") / "data").start()
    yield hosting
    hosting.close()


@pytest.fixture
def hosting(shared_hosting):
    """Return the module's hosting, running."""
    return shared_hosting.start()


@pytest.fixture
def new_token(hosting):
    """Return a function that makes an account and returns a token of it."""
    return hosting.create_token


@pytest.fixture
def token(new_token):
    """Return a token of an account of this test's own."""
    return new_token()


@pytest.fixture
def organizer(tmp_path, hosting, token):
    """Make an organizer: a workspace and its sync, signed in. The same name again is the same library."""
    organizers = []

    def make(name):
        (tmp_path / name).mkdir(exist_ok=True)
        workspace = Workspace(tmp_path / name / "library")
        client = CountingClient(hosting.url, token)
        organizers.append((workspace, client))
        return workspace, WebinarSync(workspace.library, client)

    yield make
    for workspace, client in organizers:
        client.close()
        workspace.close()


@pytest.fixture
def ada(organizer):
    return organizer("ada")


@pytest.fixture
def shared(ada, organizer):
    """Make a webinar that Ada pushed and Bo fetched."""
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="Europe/Paris")
    edit_and_save(workspace, webinar_id, Add(segments=(make_cta(0, "a"), make_cta(10_000, "b"))))
    sync_library(sync)
    other, others = organizer("bo")
    fetch_webinar(others, webinar_id)
    return webinar_id, ada, (other, others)
