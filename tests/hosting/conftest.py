"""A hosting in a temporary folder: in this process with a manual clock, or as a process of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from litestar.testing import TestClient

from hosting.app.asgi import make_app
from hosting.context import HostingContext
from hosting.db.data_folder import DATABASE_FILE
from hosting.db.database import HostingDatabase
from hosting.sessions.engine.log_writer import LogWriter
from hosting.settings import HostingSettings
from tests.hosting.hosting_fixtures import NOON, OWNER, HostingServer, ManualClock


def pytest_configure(config: pytest.Config) -> None:
    """Ignore that Litestar 3 will infer handlers' parameters in another way; the project is pinned to 2."""
    for words in (".*will stop working in Litestar 3", ".*using deprecated inferred style"):
        config.addinivalue_line("filterwarnings", f"ignore:{words}:DeprecationWarning")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


class SeedData(NamedTuple):
    """The data that most tests start from, made once because migrating and hashing a password take long."""

    database: bytes
    """The file of a migrated database without accounts."""
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
    """Open the database of a hosting that is not being served."""
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
    """Send requests to the application without a network, and without a token."""
    # Errors are answered as a server answers them, not raised into the test.
    with TestClient(make_app(log_writer), raise_server_exceptions=False) as test_client:
        yield test_client


@pytest.fixture
def sign_in(context: HostingContext, client: TestClient[Any]) -> Callable[..., dict[str, str]]:
    """Create another account and sign in; return the headers of its requests."""
    from hosting.accounts import service

    def sign_in_as(email: str) -> dict[str, str]:
        with context.db.write() as connection:
            account = service.create_account(connection, email, OWNER["password"], "", context.now())
            token = service.create_token(connection, account, "test", context.now())
        return {"Authorization": f"Bearer {token}"}

    return sign_in_as


@pytest.fixture
def team(context: HostingContext, client: TestClient[Any], seed_data: SeedData) -> dict[str, str]:
    """Create the owner's account; return the headers of its requests."""
    from hosting.app.tables import METADATA

    with context.db.write() as connection:
        for table, row in seed_data.owner.items():
            connection.execute(METADATA.tables[table].insert().values(row))
    return {"Authorization": f"Bearer {seed_data.token}"}


@pytest.fixture(scope="module")
def shared_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostingServer]:
    """Start a process that the tests of a module share, with a short idle time and frequent heartbeats."""
    process = HostingServer(
        tmp_path_factory.mktemp("shared") / "served",
        environment={"MATINEE_HOST_IDLE_MS": "1000", "MATINEE_HOST_HEARTBEAT_MS": "200"},
    )
    yield process
    assert process.process.poll() is None, process.log
    process.kill()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., HostingServer]]:
    """Start the hosting as a process; every call uses the same folder by default."""
    with ExitStack() as stack:

        def start_process(
            *options: str, folder: Path | None = None, environment: dict[str, str] | None = None
        ) -> HostingServer:
            process = HostingServer(folder or tmp_path / "served", *options, environment=environment)
            stack.callback(lambda: process.process.poll() is not None or process.kill())
            return process

        yield start_process
