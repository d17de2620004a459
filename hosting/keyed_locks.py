"""Locks by key: what concerns the same key runs one at a time, what concerns different keys runs side by side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class LockTimeoutError(Exception):
    """Error of `KeyedLocks.hold`: the lock was not free within `timeout_s` seconds."""


class KeyedLocks:
    """Asyncio locks by key, for the tasks of one event loop; a key takes no memory while nobody uses its lock."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}
        """The lock of each key, and how many tasks hold or await it."""

    @asynccontextmanager
    async def hold(self, key: str, timeout_s: float) -> AsyncIterator[None]:
        """Hold the lock of a key within the block. It is not reentrant: a task that has it already waits for itself.

        Args:
            key: What is locked, such as an id.
            timeout_s: How long to wait for the lock, in seconds.

        Raises:
            LockTimeoutError: The lock was not free within that time.
        """
        lock, count = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = lock, count + 1
        try:
            try:
                async with asyncio.timeout(timeout_s):
                    await lock.acquire()
            except TimeoutError as error:
                raise LockTimeoutError from error
            try:
                yield
            finally:
                lock.release()
        finally:
            lock, count = self._locks.pop(key)
            if count > 1:
                self._locks[key] = lock, count - 1
