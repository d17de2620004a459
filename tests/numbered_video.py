"""Videos whose every frame carries its number as a row of black and white blocks, so that a test can read which
frame it sees. The blocks lie across the top sixth of the picture, the lowest bit left; below is ffmpeg's test card,
which is nowhere dark all over."""

import subprocess
from collections.abc import Callable
from pathlib import Path

BITS = 12
RATE = 30


def make_numbered_video(
    path: Path,
    seconds: int,
    *,
    first: int = 0,
    size: str = "320x180",
    gop: int = 60,
    sound: bool = True,
    filters: str = "",
    encode: tuple[str, ...] = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
    output: tuple[str, ...] = (),
) -> Path:
    """A video of `RATE` frames a second, numbered from `first`."""
    blocks = "".join(
        f",drawbox=x=iw*{bit}/{BITS}:y=0:w=iw/{BITS}:h=ih/6:color=white:t=fill:enable='mod(floor((n+{first})/{2**bit}),2)'"
        for bit in range(BITS)
    )
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        f"testsrc2=size={size}:rate={RATE}:duration={seconds}",
    ]
    if sound:
        command += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}", "-c:a", "aac"]
    command += ["-vf", f"drawbox=x=0:y=0:w=iw:h=ih/6:color=black:t=fill{blocks}{filters}", "-g", str(gop)]
    subprocess.run([*command, *encode, *output, str(path)], check=True)
    return path


def read_number(width: int, height: int, brightness: Callable[[int, int], int]) -> int:
    """The number a picture carries, by the brightness (0 … 255) of its pixels."""
    bits = (brightness((2 * bit + 1) * width // (2 * BITS), height // 12) > 127 for bit in range(BITS))
    return sum(1 << bit for bit, white in enumerate(bits) if white)


def frame_number_at(ms: int) -> int:
    """Which frame is on screen at a time of such a video."""
    return ms * RATE // 1000
