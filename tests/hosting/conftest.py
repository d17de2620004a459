"""A hosting in a folder of the test's own: with a clock held in the hand, or as a real process."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from hosting.app import make_app
from hosting.db import Database
from hosting.house import House
from hosting.settings import Settings
from tests.hosting.tools import OWNER, HandClock, Served


def pytest_configure(config: pytest.Config) -> None:
    """Handlers' parameters are told by name and type, as Litestar 2 (to which we are pinned) does it; 3 will not."""
    for words in (".*will stop working in Litestar 3", ".*using deprecated inferred style"):
        config.addinivalue_line("filterwarnings", f"ignore:{words}:DeprecationWarning")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(tmp_path: Path, clock: HandClock) -> Iterator[House]:
    """A hosting that nobody serves yet."""
    settings = Settings(data=str(tmp_path / "hosting"))
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
    """Make an account and sign in: the headers to send along."""
    from hosting.accounts import service

    def do(email: str = OWNER["email"]) -> dict[str, str]:
        with house.db.write() as connection:
            account = service.make(connection, email, OWNER["password"], "", house.now())
            token = service.make_token(connection, account, "test", house.now())
        return {"Authorization": f"Bearer {token}"}

    return do


@pytest.fixture
def team(sign_in: Callable[..., dict[str, str]]) -> dict[str, str]:
    """The owner's headers."""
    return sign_in()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start the hosting as a process, by default in the same folder every time."""
    with ExitStack() as stack:

        def start(*options: str, folder: Path | None = None, environment: dict[str, str] | None = None) -> Served:
            made = Served(folder or tmp_path / "served", *options, environment=environment)
            stack.callback(lambda: made.process.poll() is not None or made.kill())
            return made

        yield start
