"""Receiving libVLC's frames in memory without copying them.

libVLC's "vmem" output asks for memory before each frame and signals when the frame is due. Both callbacks come on a
thread of libVLC and take some microseconds: `FrameBuffer` lends a buffer from a small pool and passes the drawn one on
as a `VideoFrame`. A frame owns its pixels; when its last reference goes, the buffer returns to the pool, so a frame
that is still shown is never drawn over.
"""

import ctypes
from collections import deque
from collections.abc import Callable
from typing import Any

MAX_WIDTH, MAX_HEIGHT = 1920, 1080
"""Larger frames are scaled down by libVLC: a preview needs no more, and 4K would move 1 GB per second."""
ALIGNMENT = 32
"""Alignment in bytes that libVLC requires of the frame and of each row."""
POOL_SIZE = 4

_GPU_CHROMAS = frozenset(
    (
        *(b"VAOP", b"VAO0", b"VDV0", b"VDV2", b"VDV4", b"VDOR"),
        *(b"DX11", b"DX10", b"DX9_", b"DXA9", b"DXA0"),
    )
)
"""Chromas in the memory of a graphics card. Refusing them makes libVLC decode in main memory, 20 ms sooner than when
it first sets up a converter for each of them."""

_Setup = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.POINTER(ctypes.c_char),
    *(ctypes.POINTER(ctypes.c_uint),) * 4,
)
_Lock = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_Display = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class VideoFrame:
    """A frame: rows of `pitch` bytes from the top, four bytes per pixel (blue, green, red, unused).

    `FrameBuffer` makes it, and `width` and `height` are pixels. Keep a reference to the frame as long as `pixels` are
    read: without one, libVLC draws another frame on this memory.
    """

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
    """Memory that libVLC draws frames on, for one libVLC player; keep it as long as that player.

    `size`, set before each media is opened, is the frame size in square pixels after rotation: libVLC reports the coded
    size, which includes padding. (0, 0) takes libVLC's. Frames are at most `MAX_WIDTH` × `MAX_HEIGHT`.

    Args:
        on_frame: Called on a thread of libVLC when a frame is due; must return at once.
    """

    def __init__(self, on_frame: Callable[[VideoFrame], None]) -> None:
        self._on_frame = on_frame
        self.size = (0, 0)
        self._width = self._height = self._pitch = 0
        self._pool: deque[memoryview] = deque(maxlen=POOL_SIZE)
        self._lent_memory: memoryview | None = None
        # ctypes keeps no references to callbacks passed to C; these must live as long as the player.
        self._setup_callback = _Setup(self._setup)
        self._lock_callback = _Lock(self._lock)
        self._display_callback = _Display(self._display)

    def attach(self, vlc: Any, player: Any) -> None:
        """Make a libVLC media player draw into this buffer; call it once, before playing.

        Args:
            vlc: The vlc module.
            player: The libVLC media player.
        """
        # python-vlc declares the chroma as a read-only string; the cast callbacks take its address.
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
        if self._lent_memory is None:  # else the last frame was drawn and never shown
            self._lent_memory = self._pool.pop() if self._pool else _allocate_aligned(self._pitch * self._height)
        planes[0] = ctypes.addressof(ctypes.c_char.from_buffer(self._lent_memory))
        return 0

    def _display(self, _opaque: Any, _picture: Any) -> None:
        pixels, self._lent_memory = self._lent_memory, None
        if pixels is not None:
            self._on_frame(VideoFrame(self._width, self._height, self._pitch, pixels, self._pool))


def fit_size(width: int, height: int) -> tuple[int, int]:
    """Scale a size in pixels down into `MAX_WIDTH` × `MAX_HEIGHT`, keeping its proportions; a smaller one stays."""
    if width <= MAX_WIDTH and height <= MAX_HEIGHT:
        return width, height
    if width * MAX_HEIGHT > height * MAX_WIDTH:
        return MAX_WIDTH, max(1, height * MAX_WIDTH // width)
    return max(1, width * MAX_HEIGHT // height), MAX_HEIGHT


def _allocate_aligned(size: int) -> memoryview:
    """Allocate bytes that begin on a multiple of `ALIGNMENT`."""
    raw = bytearray(size + ALIGNMENT)
    offset = -ctypes.addressof(ctypes.c_char.from_buffer(raw)) % ALIGNMENT
    return memoryview(raw)[offset : offset + size]
