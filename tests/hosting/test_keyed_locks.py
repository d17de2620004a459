"""Locks by key."""

import asyncio

import pytest

from hosting.keyed_locks import KeyedLocks, LockTimeoutError
from tests.hosting.event_loops import run_in_new_loop


def test_the_same_key_is_held_by_one_task_at_a_time_and_other_keys_are_free():
    order = []

    async def hold(locks, key, name, release):
        async with locks.hold(key, 5):
            order.append(f"{name} begins")
            await release.wait()
            order.append(f"{name} ends")

    async def scenario():
        locks, release = KeyedLocks(), asyncio.Event()
        tasks = [
            asyncio.create_task(hold(locks, key, name, release))
            for key, name in (("a", "first"), ("a", "second"), ("b", "other"))
        ]
        await asyncio.sleep(0)
        assert order == ["first begins", "other begins"]
        release.set()
        await asyncio.gather(*tasks)
        assert not locks._locks, "a key that nobody uses takes no memory"

    run_in_new_loop(scenario())
    assert order.index("first ends") < order.index("second begins")


def test_waiting_for_a_lock_ends_after_its_time_and_leaves_the_holder_alone():
    async def scenario():
        locks = KeyedLocks()
        async with locks.hold("a", 5):
            with pytest.raises(LockTimeoutError):
                async with locks.hold("a", 0.01):
                    pass
            assert list(locks._locks) == ["a"]
        assert not locks._locks

    run_in_new_loop(scenario())


def test_an_error_while_a_lock_is_held_is_raised_as_it_is_and_releases_the_lock():
    async def scenario():
        locks = KeyedLocks()
        with pytest.raises(TimeoutError):
            async with locks.hold("a", 5):
                raise TimeoutError
        async with locks.hold("a", 0.01):
            pass

    run_in_new_loop(scenario())
