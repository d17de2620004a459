"""A real hosting in a process of its own, shared by a module's tests, and organizers with libraries of their own."""

import uuid

import pytest

from editor.schedule.operations import Add
from editor.sync.exchange import exchange, fetch
from editor.sync.sync import Sync
from editor.workspace import Workspace
from hosting.accounts import service
from hosting.db import Database
from hosting.house import server_time
from tests.editor.sync.tools import PASSWORD, Counted, Hosting, cta, edit


@pytest.fixture(scope="module")
def shared_hosting(tmp_path_factory):
    hosting = Hosting(tmp_path_factory.mktemp("hosting") / "data").start()
    yield hosting
    hosting.stop()


@pytest.fixture
def hosting(shared_hosting):
    """The module's hosting, running."""
    return shared_hosting.start()


@pytest.fixture
def token(hosting):
    """A token of an account of this test's own, made in the hosting's database as its command line would."""
    database = Database(hosting.folder)
    email = f"{uuid.uuid4().hex}@example.org"
    try:
        with database.write() as connection:
            account = service.make(connection, email, PASSWORD, "", server_time())
            return service.make_token(connection, account, "test", server_time())
    finally:
        database.close()


@pytest.fixture
def organizer(tmp_path, hosting, token):
    """Make an organizer: a workspace and its sync, signed in. The same name again is the same library."""
    opened = []

    def make(name):
        (tmp_path / name).mkdir(exist_ok=True)
        workspace = Workspace(tmp_path / name / "library")
        client = Counted(hosting.url, token)
        opened.append((workspace, client))
        return workspace, Sync(workspace.library, client)

    yield make
    for workspace, client in opened:
        client.close()
        workspace.close()


@pytest.fixture
def ada(organizer):
    return organizer("ada")


@pytest.fixture
def shared(ada, organizer):
    """A webinar that Ada pushed and Bo fetched."""
    workspace, sync = ada
    webinar_id = workspace.new("Talk", zone="Europe/Paris")
    edit(workspace, webinar_id, Add(segments=(cta(0, "a"), cta(10_000, "b"))))
    exchange(sync)
    other, others = organizer("bo")
    fetch(others, webinar_id)
    return webinar_id, ada, (other, others)
