"""Which version an upload sends: the one asked for, or the newest if that has merged it."""

import pytest

from editor.errors import KnownError
from editor.progress import Progress
from editor.schedule.operations import ChangeProperties
from editor.sync.publisher import upload_version
from tests.editor.sync.hosting_fixtures import edit_and_save


def upload(organizer, webinar_id, version):
    workspace, sync = organizer
    return upload_version(sync, workspace.library, workspace.catalog, webinar_id, version.hash, Progress())


def test_an_older_version_that_was_never_sent_is_refused_and_not_replaced_by_the_newest(ada):
    workspace, _sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    older = edit_and_save(workspace, webinar_id, ChangeProperties(description="First"))
    newest = edit_and_save(workspace, webinar_id, ChangeProperties(description="Second"))
    with pytest.raises(KnownError) as error_info:
        upload(ada, webinar_id, older)
    assert error_info.value.code == "sync.old_version"
    assert upload(ada, webinar_id, newest) == newest.hash


def test_an_older_version_that_was_sent_is_uploaded_itself(ada):
    workspace, sync = ada
    webinar_id = workspace.create_webinar("Talk", zone="UTC")
    older = edit_and_save(workspace, webinar_id, ChangeProperties(description="First"))
    sync.push(webinar_id)
    edit_and_save(workspace, webinar_id, ChangeProperties(description="Second"))
    assert upload(ada, webinar_id, older) == older.hash


def test_a_version_merged_with_a_colleagues_work_is_uploaded_as_that_merge(shared):
    webinar_id, ada, bo = shared
    edit_and_save(ada[0], webinar_id, ChangeProperties(title="Ada's title"))
    ada[1].push(webinar_id)
    skipped = edit_and_save(bo[0], webinar_id, ChangeProperties(description="Bo's first"))
    mine = edit_and_save(bo[0], webinar_id, ChangeProperties(description="Bo's description"))
    uploaded = upload(bo, webinar_id, mine)
    merged = bo[0].load_version(uploaded)
    assert (merged.title, merged.description) == ("Ada's title", "Bo's description")
    assert upload(bo, webinar_id, mine) == uploaded, "a second call goes on where the first ended"
    with pytest.raises(KnownError) as error_info:
        upload(bo, webinar_id, skipped)
    assert error_info.value.code == "sync.old_version"


def test_a_version_that_a_colleague_has_made_too_is_uploaded_as_theirs(shared):
    webinar_id, ada, bo = shared
    edit_and_save(ada[0], webinar_id, ChangeProperties(title="One title", description="More"))
    theirs = ada[1].push(webinar_id)
    mine = edit_and_save(bo[0], webinar_id, ChangeProperties(title="One title"))
    assert upload(bo, webinar_id, mine) == theirs.hash
