"""A hosting in a folder of the test's own: with a clock held in the hand, or as a real process."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from litestar.testing import TestClient

from hosting.app import make_app
from hosting.db import FILE, Database
from hosting.house import House
from hosting.settings import Settings
from tests.hosting.tools import NOON, OWNER, HandClock, Served


def pytest_configure(config: pytest.Config) -> None:
    """Handlers' parameters are told by name and type, as Litestar 2 (to which we are pinned) does it; 3 will not."""
    for words in (".*will stop working in Litestar 3", ".*using deprecated inferred style"):
        config.addinivalue_line("filterwarnings", f"ignore:{words}:DeprecationWarning")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


class Made(NamedTuple):
    """What most tests begin with; migrating a database and hashing a password take long enough to do it once."""

    database: bytes
    """Of a hosting as it is before anybody has come."""
    owner: dict[str, Any]
    """The rows of the owner's account and token."""
    token: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    from hosting.accounts import service
    from hosting.accounts.tables import ACCOUNTS, TOKENS

    folder = tmp_path_factory.mktemp("made")
    database = Database(folder)
    database.close()
    empty = (folder / FILE).read_bytes()
    database = Database(folder)
    with database.write() as connection:
        account = service.make(connection, OWNER["email"], OWNER["password"], "", NOON)
        token = service.make_token(connection, account, "test", NOON)
        rows = {table.name: connection.execute(table.select()).one()._asdict() for table in (ACCOUNTS, TOKENS)}
    database.close()
    return Made(empty, rows, token)


@pytest.fixture
def house(tmp_path: Path, clock: HandClock, made: Made) -> Iterator[House]:
    """A hosting that nobody serves yet."""
    settings = Settings(data=str(tmp_path / "hosting"))
    settings.folder.mkdir()
    (settings.folder / FILE).write_bytes(made.database)
    database = Database(settings.folder)
    yield House(settings=settings, db=database, epoch=database.epoch(), now=clock)
    database.close()


@pytest.fixture
def client(house: House) -> Iterator[TestClient[Any]]:
    """HTTP to the application, without a network; nobody is signed in."""
    # What goes wrong inside is answered as a server answers it, not raised into the test.
    with TestClient(make_app(house), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def sign_in(house: House, client: TestClient[Any]) -> Callable[..., dict[str, str]]:
    """Make another account and sign in: the headers to send along."""
    from hosting.accounts import service

    def do(email: str) -> dict[str, str]:
        with house.db.write() as connection:
            account = service.make(connection, email, OWNER["password"], "", house.now())
            token = service.make_token(connection, account, "test", house.now())
        return {"Authorization": f"Bearer {token}"}

    return do


@pytest.fixture
def team(house: House, client: TestClient[Any], made: Made) -> dict[str, str]:
    """The owner's headers."""
    from hosting.tables import METADATA

    with house.db.write() as connection:
        for table, row in made.owner.items():
            connection.execute(METADATA.tables[table].insert().values(row))
    return {"Authorization": f"Bearer {made.token}"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A process that the tests of a module share. It gives who stands still up after a moment, and says often that it
    is there."""
    served = Served(
        tmp_path_factory.mktemp("shared") / "served",
        environment={"MATINEE_HOST_IDLE_MS": "1000", "MATINEE_HOST_HEARTBEAT_MS": "200"},
    )
    yield served
    assert served.process.poll() is None, served.log
    served.kill()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start the hosting as a process, by default in the same folder every time."""
    with ExitStack() as stack:

        def start(*options: str, folder: Path | None = None, environment: dict[str, str] | None = None) -> Served:
            made = Served(folder or tmp_path / "served", *options, environment=environment)
            stack.callback(lambda: made.process.poll() is not None or made.kill())
            return made

        yield start
