"""Pictures at hand: the images used last, as many as a number of bytes allows."""

from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtGui import QImage


class ImageCache:
    """Images by key; where they outgrow `cap_bytes`, those not used for longest go. Belongs to one thread."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._images: OrderedDict[Hashable, QImage] = OrderedDict()
        self._bytes = 0

    @property
    def bytes_held(self) -> int:
        """How much memory the images take."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._images)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._images

    def get(self, key: Hashable) -> QImage | None:
        """The image of that key, which counts as used now."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: Hashable, image: QImage) -> None:
        """Keep an image. The newest stays even where it alone is above the cap, or it would be asked for for ever."""
        self.drop(key)
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._max_bytes and len(self._images) > 1:
            _, oldest = self._images.popitem(last=False)
            self._bytes -= oldest.sizeInBytes()

    def drop(self, key: Hashable) -> None:
        """Forget the image of a key, if it is there."""
        image = self._images.pop(key, None)
        if image is not None:
            self._bytes -= image.sizeInBytes()
