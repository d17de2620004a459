"""The sounds of the sample webinar: speech by espeak-ng where it is installed, else a hum, and a little music.

Samples are signed 16-bit, mono, `SAMPLE_RATE` per second.
"""

import math
import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from functools import cache
from pathlib import Path

SAMPLE_RATE = 22_050
_AMPLITUDE = 11_000


def make_silence(length_ms: int) -> "array[int]":
    """Return silence of a length in milliseconds: mono 16-bit samples at `SAMPLE_RATE`."""
    return array("h", bytes(2 * (length_ms * SAMPLE_RATE // 1000)))


def speak(text: str) -> "array[int]":
    """Return a spoken English sentence or, if espeak-ng is missing or fails, a hum: mono 16-bit, at `SAMPLE_RATE`.

    The silence at the end of the speech is cut off. It blocks while espeak-ng runs.
    """
    program = shutil.which("espeak-ng")
    if program is not None:
        with tempfile.TemporaryDirectory(prefix="matinee-speech-") as folder:
            wav_file = Path(folder, "spoken.wav")
            result = subprocess.run(
                [program, "-v", "en-gb", "-s", "168", "-p", "42", "-w", str(wav_file), text],
                capture_output=True,
                check=False,
            )
            if result.returncode == 0 and wav_file.exists():
                return _trim_silence(_read_wav(wav_file))
    return _hum(text)


def make_music(length_ms: int) -> "array[int]":
    """Return soft broken chords of a length in milliseconds that fade out at the end: mono 16-bit samples."""
    chords = ((220.0, 277.18, 329.63), (174.61, 220.0, 261.63), (196.0, 246.94, 293.66), (164.81, 207.65, 246.94))
    sound = make_silence(length_ms)
    step_ms = 625
    for number in range(length_ms // step_ms):
        chord = chords[number // 8 % len(chords)]
        note = chord[(0, 1, 2, 1)[number % 4]] * (2 if number % 8 > 3 else 1)
        mix_in(sound, _pluck(note, 2_200), number * step_ms)
        if number % 8 == 0:
            mix_in(sound, _pluck(chord[0] / 2, 5_000), number * step_ms)
    fade = 1_500 * SAMPLE_RATE // 1000
    for index in range(min(fade, len(sound))):
        sound[-1 - index] = sound[-1 - index] * index // fade
    return sound


def mix_in(sound: "array[int]", part: "array[int]", at_ms: int) -> None:
    """Mix a part into a sound, in place, from a time in milliseconds on.

    The part is cut at the end of the sound, and what becomes too loud is clipped.
    """
    begin = at_ms * SAMPLE_RATE // 1000
    end = min(len(sound), begin + len(part))
    for index in range(begin, end):
        sound[index] = max(-32_768, min(32_767, sound[index] + part[index - begin]))


def measure_peak(sound: "array[int]", at_ms: int, length_ms: int = 40) -> float:
    """Return the largest magnitude, 0 … 1, in `length_ms` milliseconds of a sound from `at_ms` on; 0 after its end."""
    begin = at_ms * SAMPLE_RATE // 1000
    return max(map(abs, sound[begin : begin + length_ms * SAMPLE_RATE // 1000]), default=0) / 32_768


def get_length_ms(sound: "array[int]") -> int:
    """Return the length in milliseconds of a sound sampled at `SAMPLE_RATE`."""
    return len(sound) * 1000 // SAMPLE_RATE


def write_wav(sound: "array[int]", path: Path) -> None:
    """Write a sound to a mono 16-bit WAV file at `SAMPLE_RATE`, replacing an existing file."""
    data = array("h", sound)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(data.tobytes())


def _read_wav(path: Path) -> "array[int]":
    with wave.open(str(path), "rb") as file:
        sound = array("h", file.readframes(file.getnframes()))
        rate = file.getframerate()
    if sys.byteorder == "big":
        sound.byteswap()
    return (
        sound
        if rate == SAMPLE_RATE
        else array("h", (sound[place * rate // SAMPLE_RATE] for place in range(len(sound) * SAMPLE_RATE // rate)))
    )


def _trim_silence(sound: "array[int]") -> "array[int]":
    """Return the sound without the silence at its end."""
    end = len(sound)
    while end and abs(sound[end - 1]) < 200:
        end -= 1
    return sound[:end]


def _hum(text: str) -> "array[int]":
    """Return a tone for about each syllable of a text, its pitch varied as in speech."""
    sound = array("h")
    for number, word in enumerate(text.split()):
        for syllable in range(max(1, len(word) // 3)):
            pitch = 150 + 18 * math.sin(number * 1.7 + syllable)
            sound.extend(_make_tone(pitch, 120))
        sound.extend(make_silence(50))
    return sound


def _make_tone(pitch: float, length: int) -> "array[int]":
    count = length * SAMPLE_RATE // 1000
    turn = 2 * math.pi * pitch / SAMPLE_RATE
    swell = math.pi / count
    return array(
        "h",
        (
            int(
                _AMPLITUDE * math.sin(swell * place) * (0.7 * math.sin(turn * place) + 0.3 * math.sin(2 * turn * place))
            )
            for place in range(count)
        ),
    )


@cache
def _pluck(pitch: float, length: int) -> "array[int]":
    """Return the sound of a plucked string that decays."""
    count = length * SAMPLE_RATE // 1000
    turn = 2 * math.pi * pitch / SAMPLE_RATE
    rise = SAMPLE_RATE // 80
    decay = 3.2 / count
    return array(
        "h",
        (
            int(
                0.42
                * _AMPLITUDE
                * min(1.0, place / rise)
                * math.exp(-decay * place)
                * (1 - place / count)
                * (math.sin(turn * place) + 0.35 * math.sin(2 * turn * place) * math.exp(-2 * decay * place))
            )
            for place in range(count)
        ),
    )
