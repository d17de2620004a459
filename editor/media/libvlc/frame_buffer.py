"""The pictures libvlc draws, taken out of its hands without a copy.

libvlc's "vmem" output asks for memory before each picture and says when the picture is to be seen. Both calls come
on a thread of libvlc's own and are answered here in some microseconds: `Canvas` lends a buffer of a small pool and
gives the drawn one on as a `Frame`. A frame owns its pixels for as long as anybody holds it; when the last reference
goes, the buffer returns to the pool, so nothing that is still shown is ever drawn over.
"""

import ctypes
from collections import deque
from collections.abc import Callable
from typing import Any

MAX_WIDTH, MAX_HEIGHT = 1920, 1080
"""Larger pictures are scaled down by libvlc: a preview needs no more, and 4K would move 1 GB each second."""
ALIGNMENT = 32
"""libvlc wants the beginning of the picture and of each row on a multiple of this."""
POOL_SIZE = 4

_GPU_CHROMAS = frozenset(
    (
        *(b"VAOP", b"VAO0", b"VDV0", b"VDV2", b"VDV4", b"VDOR"),
        *(b"DX11", b"DX10", b"DX9_", b"DXA9", b"DXA0"),
    )
)
"""Chromas that live on a graphics card. Refusing them at once makes libvlc decode in memory, 20 ms sooner than when
it first sets up a converter for each."""

_Setup = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.POINTER(ctypes.c_char),
    *(ctypes.POINTER(ctypes.c_uint),) * 4,
)
_Lock = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_Display = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class VideoFrame:
    """One picture: rows of `pitch` bytes, four bytes a pixel (blue, green, red, unused), the top row first."""

    __slots__ = ("_pool", "height", "pitch", "pixels", "width")

    def __init__(self, width: int, height: int, pitch: int, pixels: memoryview, pool: "deque[memoryview]") -> None:
        self.width = width
        self.height = height
        self.pitch = pitch
        self.pixels = pixels
        self._pool = pool

    def __del__(self) -> None:
        self._pool.append(self.pixels)


class FrameBuffer:
    """Lends libvlc memory to draw on; `on_frame` gets each picture at the moment it is to be seen, on libvlc's thread.

    `size` (set before the media is opened) is how large the picture is as shown, turned and with square pixels;
    libvlc itself would tell the coded size, which has borders. (0, 0) takes libvlc's.
    """

    def __init__(self, on_frame: Callable[[VideoFrame], None]) -> None:
        self._on_frame = on_frame
        self.size = (0, 0)
        self._width = self._height = self._pitch = 0
        self._pool: deque[memoryview] = deque(maxlen=POOL_SIZE)
        self._lent_memory: memoryview | None = None
        # ctypes keeps no reference to what it hands to C; these must live as long as the player.
        self._setup_callback = _Setup(self._setup)
        self._lock_callback = _Lock(self._lock)
        self._display_callback = _Display(self._display)

    def attach(self, vlc: Any, player: Any) -> None:
        """Make this the place a libvlc media player draws on. Before it plays."""
        # python-vlc declares the chroma as a string, which cannot be written to; the address is what counts.
        setup = ctypes.cast(self._setup_callback, vlc.VideoFormatCb)
        lock = ctypes.cast(self._lock_callback, vlc.VideoLockCb)
        display = ctypes.cast(self._display_callback, vlc.VideoDisplayCb)
        vlc.libvlc_video_set_callbacks(player, lock, None, display, None)
        vlc.libvlc_video_set_format_callbacks(player, setup, None)

    def _setup(self, _opaque: Any, chroma: Any, width: Any, height: Any, pitches: Any, lines: Any) -> int:
        if chroma[:4] in _GPU_CHROMAS:
            return 0
        for index, letter in enumerate(b"RV32"):
            chroma[index] = letter
        self._width, self._height = fit_size(*(self.size if all(self.size) else (width[0], height[0])))
        width[0], height[0] = self._width, self._height
        self._pitch = -(-self._width * 4 // ALIGNMENT) * ALIGNMENT
        pitches[0], lines[0] = self._pitch, self._height
        self._pool = deque(maxlen=POOL_SIZE)
        self._lent_memory = None
        return 1

    def _lock(self, _opaque: Any, planes: Any) -> int:
        if self._lent_memory is None:  # else the last one was drawn and never shown
            self._lent_memory = self._pool.pop() if self._pool else _allocate_aligned(self._pitch * self._height)
        planes[0] = ctypes.addressof(ctypes.c_char.from_buffer(self._lent_memory))
        return 0

    def _display(self, _opaque: Any, _picture: Any) -> None:
        pixels, self._lent_memory = self._lent_memory, None
        if pixels is not None:
            self._on_frame(VideoFrame(self._width, self._height, self._pitch, pixels, self._pool))


def fit_size(width: int, height: int) -> tuple[int, int]:
    """A picture's size brought within what a preview needs, its proportions kept."""
    if width <= MAX_WIDTH and height <= MAX_HEIGHT:
        return width, height
    if width * MAX_HEIGHT > height * MAX_WIDTH:
        return MAX_WIDTH, max(1, height * MAX_WIDTH // width)
    return max(1, width * MAX_HEIGHT // height), MAX_HEIGHT


def _allocate_aligned(size: int) -> memoryview:
    """So many bytes that begin on a multiple of `ALIGN`."""
    raw = bytearray(size + ALIGNMENT)
    offset = -ctypes.addressof(ctypes.c_char.from_buffer(raw)) % ALIGNMENT
    return memoryview(raw)[offset : offset + size]
