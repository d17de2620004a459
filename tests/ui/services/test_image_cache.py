from PySide6.QtGui import QImage

from ui.services.image_cache import ImageCache


def picture(kilobytes):
    return QImage(16, kilobytes * 16, QImage.Format.Format_RGB32)


def test_the_least_recently_used_is_dropped_first():
    cache = ImageCache(3 * 1024)
    cache.put("a", picture(1))
    cache.put("b", picture(1))
    cache.put("c", picture(1))
    assert cache.get("a") is not None
    cache.put("d", picture(1))
    assert cache.get("b") is None
    assert all(key in cache for key in "acd")
    assert cache.bytes_held == 3 * 1024


def test_the_newest_stays_even_above_the_limit():
    cache = ImageCache(1024)
    cache.put("small", picture(1))
    cache.put("large", picture(5))
    assert "small" not in cache
    assert cache.get("large") is not None


def test_the_same_key_is_counted_once_and_dropped_once():
    cache = ImageCache(10 * 1024)
    cache.put("a", picture(1))
    cache.put("a", picture(2))
    assert (len(cache), cache.bytes_held) == (1, 2 * 1024)
    cache.drop("a")
    cache.drop("a")
    assert cache.bytes_held == 0
