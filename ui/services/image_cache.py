"""A cache of decoded images, limited by bytes, that drops the least recently used first."""

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtGui import QImage


class ImageCache:
    """A cache of images by key, up to `max_bytes` bytes of memory; the least recently used are dropped first.

    Use it on one thread alone.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._images: OrderedDict[Hashable, QImage] = OrderedDict()
        self._bytes = 0

    @property
    def bytes_held(self) -> int:
        """The memory that the images take, in bytes."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._images)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._images

    def get(self, key: Hashable) -> QImage | None:
        """Return the image of a key and mark it as used; None if it is not cached."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: Hashable, image: QImage) -> None:
        """Cache an image, dropping the least recently used ones above the limit.

        The newest stays even where it alone exceeds the limit, or it would be requested forever.
        """
        self.drop(key)
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._max_bytes and len(self._images) > 1:
            _, oldest = self._images.popitem(last=False)
            self._bytes -= oldest.sizeInBytes()

    def drop(self, key: Hashable) -> None:
        """Remove the image of a key, if it is cached."""
        image = self._images.pop(key, None)
        if image is not None:
            self._bytes -= image.sizeInBytes()
