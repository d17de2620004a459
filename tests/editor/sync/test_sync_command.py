"""`matinee sync` reports what it did in sentences."""

import json

import pytest

from editor.cli import main
from editor.schedule.operations import ChangeProperties
from editor.sync.connections import Connection
from editor.sync.library_sync import sync_library
from hosting.db import backups
from tests.editor.sync.hosting_fixtures import edit_and_save


@pytest.fixture
def run_sync(ada, hosting, token, capfd):
    """Run the command on Ada's library; gives the exit code and what was printed."""
    workspace, _ = ada
    workspace.connections.save(Connection(address=hosting.url, email="ada@example.org"), token)

    def run(*words):
        code = main(["sync", "--library", str(workspace.root), *words])
        return code, "".join(capfd.readouterr())

    return run


def test_what_was_done_is_said(run_sync, ada, organizer):
    workspace, _ = ada
    other, others = organizer("bo")
    assert run_sync() == (0, "There is nothing to sync: no version is saved here, and nothing is on the server.\n")
    edit_and_save(workspace, workspace.create_webinar("Talk", zone="UTC"), ChangeProperties(description="Saved"))
    assert run_sync() == (0, "“Talk”: sent to the server.\n")
    assert run_sync() == (0, "“Talk”: up to date.\n")
    theirs = other.create_webinar("Bo's", zone="UTC")
    edit_and_save(other, theirs, ChangeProperties(description="Saved"))
    sync_library(others)
    assert "“Bo's”: only on the server" in run_sync()[1]
    assert "“Bo's”: downloaded." in run_sync("--fetch")[1]
    for each, title in ((other, "Bo's first"), (workspace, "Ada's first")):
        edit_and_save(each, theirs, ChangeProperties(title=title))
    sync_library(others)
    code, output = run_sync("--json")
    assert code == 1
    states = {item["title"]: item["state"] for item in json.loads(output)["items"]}
    assert states == {"Talk": "same", "Ada's first": "apart"}


def test_a_hosting_that_went_back_is_not_synced_with_until_accepted(run_sync, ada, hosting, tmp_path):
    workspace, _ = ada
    backups.create_backup(hosting.folder, tmp_path / "backup.db")
    edit_and_save(workspace, workspace.create_webinar("Talk", zone="UTC"), ChangeProperties(description="Saved"))
    run_sync()
    hosting.restore_backup(tmp_path / "backup.db")
    code, output = run_sync()
    assert (code, "restored from a backup" in output) == (1, True)
    assert run_sync("--accept") == (0, "“Talk”: sent to the server.\n")


def test_without_a_hosting_it_says_how_to_get_one(ada, capfd):
    workspace, _ = ada
    assert main(["sync", "--library", str(workspace.root)]) == 1
    assert "Sign in to one" in capfd.readouterr().err
