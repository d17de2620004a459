"""A hosting in a folder of the test's own: with a clock held in the hand, or as a real process."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from litestar.testing import TestClient

from hosting.app.asgi import make_app
from hosting.context import HostingContext
from hosting.db.database import DATABASE_FILE, HostingDatabase
from hosting.sessions.engine.log_writer import LogWriter
from hosting.settings import HostingSettings
from tests.hosting.hosting_fixtures import NOON, OWNER, HostingServer, ManualClock


def pytest_configure(config: pytest.Config) -> None:
    """Handlers' parameters are told by name and type, as Litestar 2 (to which we are pinned) does it; 3 will not."""
    for words in (".*will stop working in Litestar 3", ".*using deprecated inferred style"):
        config.addinivalue_line("filterwarnings", f"ignore:{words}:DeprecationWarning")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


class SeedData(NamedTuple):
    """What most tests begin with; migrating a database and hashing a password take long enough to do it once."""

    database: bytes
    """Of a hosting as it is before anybody has come."""
    owner: dict[str, Any]
    """The rows of the owner's account and token."""
    token: str


@pytest.fixture(scope="session")
def seed_data(tmp_path_factory: pytest.TempPathFactory) -> SeedData:
    from hosting.accounts import service
    from hosting.accounts.tables import ACCOUNTS, TOKENS

    folder = tmp_path_factory.mktemp("made")
    database = HostingDatabase(folder)
    database.close()
    empty = (folder / DATABASE_FILE).read_bytes()
    database = HostingDatabase(folder)
    with database.write() as connection:
        account = service.create_account(connection, OWNER["email"], OWNER["password"], "", NOON)
        token = service.create_token(connection, account, "test", NOON)
        rows = {table.name: connection.execute(table.select()).one()._asdict() for table in (ACCOUNTS, TOKENS)}
    database.close()
    return SeedData(empty, rows, token)


@pytest.fixture
def context(tmp_path: Path, clock: ManualClock, seed_data: SeedData) -> Iterator[HostingContext]:
    """A hosting that nobody serves yet."""
    settings = HostingSettings(data=str(tmp_path / "hosting"))
    settings.data_folder.mkdir()
    (settings.data_folder / DATABASE_FILE).write_bytes(seed_data.database)
    database = HostingDatabase(settings.data_folder)
    yield HostingContext(settings=settings, db=database, epoch=database.load_epoch(), now=clock)
    database.close()


@pytest.fixture
def log_writer(context: HostingContext) -> LogWriter:
    return LogWriter(context)


@pytest.fixture
def client(log_writer: LogWriter) -> Iterator[TestClient[Any]]:
    """HTTP to the application, without a network; nobody is signed in."""
    # What goes wrong inside is answered as a server answers it, not raised into the test.
    with TestClient(make_app(log_writer), raise_server_exceptions=False) as test_client:
        yield test_client


@pytest.fixture
def sign_in(context: HostingContext, client: TestClient[Any]) -> Callable[..., dict[str, str]]:
    """Make another account and sign in: the headers to send along."""
    from hosting.accounts import service

    def sign_in_as(email: str) -> dict[str, str]:
        with context.db.write() as connection:
            account = service.create_account(connection, email, OWNER["password"], "", context.now())
            token = service.create_token(connection, account, "test", context.now())
        return {"Authorization": f"Bearer {token}"}

    return sign_in_as


@pytest.fixture
def team(context: HostingContext, client: TestClient[Any], seed_data: SeedData) -> dict[str, str]:
    """The owner's headers."""
    from hosting.app.tables import METADATA

    with context.db.write() as connection:
        for table, row in seed_data.owner.items():
            connection.execute(METADATA.tables[table].insert().values(row))
    return {"Authorization": f"Bearer {seed_data.token}"}


@pytest.fixture(scope="module")
def shared_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostingServer]:
    """A process that the tests of a module share. It gives who stands still up after a moment, and says often that it
    is there."""
    process = HostingServer(
        tmp_path_factory.mktemp("shared") / "served",
        environment={"MATINEE_HOST_IDLE_MS": "1000", "MATINEE_HOST_HEARTBEAT_MS": "200"},
    )
    yield process
    assert process.process.poll() is None, process.log
    process.kill()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., HostingServer]]:
    """Start the hosting as a process, by default in the same folder every time."""
    with ExitStack() as stack:

        def start_process(
            *options: str, folder: Path | None = None, environment: dict[str, str] | None = None
        ) -> HostingServer:
            process = HostingServer(folder or tmp_path / "served", *options, environment=environment)
            stack.callback(lambda: process.process.poll() is not None or process.kill())
            return process

        yield start_process
