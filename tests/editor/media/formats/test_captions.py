"""Caption files in common forms and encodings, and the line number of the first malformed one."""

import pytest

from editor.errors import KnownError
from editor.media.formats.captions import CaptionCue, find_active_texts, read_captions

SRT = "1\n00:00:01,000 --> 00:00:02,500\nHello\nthere\n\n2\n00:00:03,000 --> 00:00:04,000\nThe answer is\n42\n"
CUES = (CaptionCue(1_000, 2_500, "Hello\nthere"), CaptionCue(3_000, 4_000, "The answer is\n42"))


@pytest.fixture
def captions(tmp_path):
    def write(text, encoding="utf-8", name="talk.srt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_subrip(captions, encoding, ending):
    assert read_captions(captions(SRT.replace("\n", ending), encoding)) == CUES


def test_webvtt_with_all_that_may_stand_in_it(captions):
    text = """WEBVTT - a talk
Kind: captions

STYLE
::cue { color: red }

NOTE
00:00 is no cue, nor is this

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Ann>Hello &amp; <i>welcome</i></v> <00:01.700>all

00:00:03.000 --> 00:00:04.000
- yes
- no
"""
    assert read_captions(captions(text, name="talk.txt")) == (
        CaptionCue(1_000, 2_500, "Hello & welcome all"),
        CaptionCue(3_000, 4_000, "- yes\n- no"),
    )


def test_sloppy_subrip_is_read_all_the_same(captions):
    text = (
        "\n\n1\n0:00:01.5 --> 00:00:02,000 X1:0 X2:9\nHello\n\nafter a blank line\n3\n00:00:05,000 --> 00:00:06,000\n\n"
    )
    assert read_captions(captions(text)) == (CaptionCue(1_500, 2_000, "Hello\nafter a blank line"),)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Déjà vu, c’est l’été à Noël", "cp1252"),
        ("Grüße aus Köln", "latin-1"),
        ("Привет, мир и добро пожаловать", "cp1251"),
        ("Zażółć gęślą jaźń i dziękuję za uwagę", "cp1250"),
        ("日本語の字幕です。ようこそ", "shift_jis"),
        ("مرحبا بالعالم 🎬", "utf-8"),
    ],
)
def test_encodings_of_old(captions, words, encoding):
    text = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{words}\n\n" for n in range(1, 6))
    assert {cue.text for cue in read_captions(captions(text, encoding))} == {words}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SRT.replace("00:00:03,000 -->", "00:00:03,000 ->"), 7),
        (SRT.replace("00:00:03,000 -->", "00:0x:03,000 -->"), 7),
        (SRT.replace("00:00:04,000", "00:00:02,000"), 7),
        ("WEBVTT\n\n00:01.000 -->\nHello\n", 3),
        ("This is a letter.\nNot subtitles.\n", 1),
        ("WEBVTT\n\n", 1),
    ],
)
def test_the_first_wrong_line_is_named(captions, text, line):
    with pytest.raises(KnownError) as error_info:
        read_captions(captions(text))
    assert (error_info.value.code, error_info.value.facts) == (
        "media.captions_unreadable",
        {"name": "talk.srt", "line": line},
    )


def test_what_is_no_text_is_no_subtitles(captions, make_video):
    with pytest.raises(KnownError, match=r"media\.captions_kind"):
        read_captions(make_video())
    with pytest.raises(KnownError, match=r"media\.empty"):
        read_captions(captions(b""))


def test_which_show_at_a_time(captions):
    cues = (CaptionCue(1_000, 3_000, "a"), CaptionCue(2_000, 5_000, "b"), CaptionCue(2_500, 2_600, "c"))
    assert find_active_texts(cues, 999) == ()
    assert find_active_texts(cues, 1_000) == ("a",)
    assert find_active_texts(cues, 2_500) == ("a", "b", "c")
    assert find_active_texts(cues, 3_000) == ("b",)
    assert find_active_texts(cues, 5_000) == ()
