"""Finding the captions and the chat beside a recording."""

import pytest

from editor.media.sidecars import find_sidecars

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"


@pytest.fixture
def write_sidecars(tmp_path):
    def write_files(*names, text=VTT):
        for name in names:
            (tmp_path / name).write_text(text)
        return tmp_path

    return write_files


def test_subtitles_by_name(write_sidecars):
    folder = write_sidecars("Talk.mp4", "Talk.vtt", "talk.en.srt", "Talk.transcript.vtt", "Talking.vtt", "Other.srt")
    found = find_sidecars(folder / "Talk.mp4")
    assert [path.name for path in found.captions] == ["Talk.transcript.vtt", "Talk.vtt", "talk.en.srt"]
    assert found.chat is None


def test_files_named_like_sidecars_with_other_content_are_ignored(write_sidecars):
    folder = write_sidecars("Talk.mp4", "Talk.srt", text="nothing of the kind")
    (folder / "Talk.txt").write_bytes(b"\0\1\2\3")
    assert find_sidecars(folder / "Talk.mp4") == find_sidecars(folder / "nowhere" / "Talk.mp4")


@pytest.mark.parametrize(
    ("video", "chat"),
    [
        ("Talk.mp4", "Talk.txt"),
        ("Talk.mp4", "Talk chat.txt"),
        ("GMT20260301-190000_Recording_1920x1080.mp4", "GMT20260301-190000_RecordingnewChat.txt"),
        ("video1234.mp4", "chat.txt"),
        ("meeting.mp4", "meeting_saved_chat.txt"),
    ],
)
def test_the_chat_by_the_names_that_tools_give_it(write_sidecars, video, chat):
    folder = write_sidecars(video)
    (folder / chat).write_text("19:00:01 From Ann to Everyone: Hello")
    assert find_sidecars(folder / video).chat == folder / chat


def test_a_chat_without_a_name_of_its_own_belongs_to_no_one_among_several(write_sidecars):
    folder = write_sidecars("one.mp4", "two.mp4", "chat.txt", text="19:00:01 Ann: Hello")
    assert find_sidecars(folder / "one.mp4").chat is None


def test_the_size_in_the_name_does_not_matter(write_sidecars):
    folder = write_sidecars("Call_1920x1080.mp4", "Call.transcript.vtt")
    assert [path.name for path in find_sidecars(folder / "Call_1920x1080.mp4").captions] == ["Call.transcript.vtt"]
