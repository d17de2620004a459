"""Sounds of any loudness are brought to the target loudness without clipping."""

import av
import pytest

from editor.media.catalog import MediaCatalog
from editor.media.prepare import loudness
from editor.media.prepare.loudness import Loudness, compute_correction, measure_loudness
from editor.media.prepare.preparation import prepare, prepared_file_path
from editor.progress import Progress

NOISE = "anoisesrc=d=6:c=pink:seed=7"
SOUNDS = {
    "quiet": f"{NOISE}:a=0.02",
    "loud": f"{NOISE}:a=1,volume=12dB",
    "clipped": f"{NOISE}:a=1,volume=30dB",
    "peaks": "aevalsrc='if(lt(mod(t,0.5),0.1),0.9,0.05)*sin(2000*t)*(0.5+0.5*sin(30*t))':d=6",
    "mono": f"{NOISE}:a=0.1,aformat=channel_layouts=mono",
    "5.1": f"{NOISE}:a=0.2,pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0",
}


@pytest.mark.parametrize("kind", SOUNDS)
def test_every_sound_comes_out_as_loud(kind, ffmpeg, tmp_path):
    path = tmp_path / "sound.wav"
    ffmpeg("-f", "lavfi", "-i", SOUNDS[kind], path)
    catalog = MediaCatalog(tmp_path / "catalog")
    manifest = prepare(catalog, catalog.add_file(path))
    for rung in manifest.rungs:
        found = measure_loudness(prepared_file_path(catalog, manifest.media, rung.file.sha256))
        assert abs(found.lufs - loudness.TARGET_LUFS) <= 1, rung.name
        assert found.peak <= loudness.MAX_TRUE_PEAK_DB + 0.2, rung.name


def test_a_sound_keeps_its_place_to_the_millisecond(ffmpeg, tmp_path):
    path = tmp_path / "beep.wav"
    ffmpeg("-f", "lavfi", "-i", "aevalsrc='if(gte(t,2),0.5*sin(6000*t),0)':s=48000:d=4", path)
    catalog = MediaCatalog(tmp_path / "catalog")
    manifest = prepare(catalog, catalog.add_file(path))
    for rung in manifest.rungs:
        assert abs(beginning_ms(prepared_file_path(catalog, manifest.media, rung.file.sha256)) - 2_000) <= 1, rung.name


def beginning_ms(path):
    """Return the time of the first audible sample, in ms on the time axis of the pictures; None if all is silent."""
    assert path.read_bytes().split(b"elst")[1][12:16] == bytes(4), "the edit list begins at 0"
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            samples = memoryview(bytes(frame.planes[0])).cast("f")[: frame.samples]
            first_sample = next((number for number, value in enumerate(samples) if abs(value) > 0.05), None)
            if first_sample is not None:
                return frame.time * 1000 + first_sample * 1000 / frame.sample_rate
    return None


def test_the_meter_tells_what_a_known_tone_has(ffmpeg, tmp_path):
    path = tmp_path / "sound.wav"
    ffmpeg("-f", "lavfi", "-i", "sine=f=997:d=5,pan=stereo|c0=c0|c1=c0,volume=12dB", path)
    found = measure_loudness(path)
    # A sine of amplitude 1/8, raised by 12 dB to a half, in both channels: its peak is its amplitude; its loudness is
    # 3 dB less than that for the mean and 3 dB more for there being two.
    assert abs(found.peak + 6.02) <= 0.2
    assert abs(found.lufs - found.peak) <= 0.3


def test_silence_stays_silent(ffmpeg, tmp_path):
    path = tmp_path / "silent.wav"
    ffmpeg("-f", "lavfi", "-i", "anullsrc", "-t", "2", path)
    found = compute_correction(path, Progress())
    assert found.found.is_silent
    assert found.filters == ()


def test_clicks_in_silence_are_not_made_into_noise(ffmpeg, tmp_path):
    path = tmp_path / "clicks.wav"
    ffmpeg("-f", "lavfi", "-i", "aevalsrc='if(lt(mod(t,1),0.003),0.9,0.01)*sin(2000*t)':d=6", path)
    found = compute_correction(path, Progress())
    assert found.held
    assert found.gain <= loudness.TARGET_LUFS - found.found.lufs + 6.01


def test_a_sound_that_fits_is_left_alone():
    assert Loudness(lufs=-16.4, peak=-2.0).is_on_target
    assert not Loudness(lufs=-16.4, peak=-1.0).is_on_target
    assert not Loudness(lufs=-18.0, peak=-6.0).is_on_target
