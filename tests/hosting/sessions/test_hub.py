"""The hub alone, with connections that fill up when the test says so."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from hosting.sessions.hub import LAST_CHUNK, MOST_WRITE, OWN_MOST, RING, RING_BYTES, Client, Hub
from hosting.sessions.log import Written


class HandPipe:
    """A connection that keeps what it was given."""

    def __init__(self) -> None:
        self.paused = False
        self.fills = False
        """Whether each write fills it."""
        self.writes: list[bytes] = []
        self.over = ""
        self.gone = asyncio.Event()

    def hand_over(self, owner: Client) -> bool:
        self.owner = owner
        return not self.over

    def write(self, data: bytes) -> None:
        self.writes.append(data)
        self.paused = self.fills

    def close(self) -> None:
        self.over = "closed"

    def abort(self) -> None:
        self.over = "aborted"
        self.gone.set()

    @property
    def text(self) -> str:
        return b"".join(self.writes).decode()

    def seqs(self) -> list[int]:
        return [int(part.split(",")[0]) for part in self.text.split('"seq":')[1:]]


def row(seq: int, audience: str = "public", session: str = "s", size: int = 0) -> Written:
    return Written("e", session, audience, seq, seq - 1, 0, msgspec.Raw(b'{"x":"%b"}' % (b"x" * size)))


def with_hub(story: Callable[[Hub], Awaitable[None]], heartbeat_ms: int = 60_000) -> None:
    """Tell a story while a hub runs."""

    async def told() -> None:
        hub = Hub(heartbeat_ms)
        task = asyncio.create_task(hub.run())
        await asyncio.sleep(0)
        try:
            await story(hub)
        finally:
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(told())


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def follow(hub: Hub, person: str = "p", seen: int = 0) -> tuple[Client, HandPipe]:
    pipe = HandPipe()
    client = hub.enter("s", person, pipe)
    assert hub.follow(client, seen, 0)
    return client, pipe


def test_everybody_gets_what_is_public_and_one_what_is_theirs():
    async def story(hub: Hub) -> None:
        (_, anna), (_, bo) = follow(hub, "anna"), follow(hub, "bo")
        hub.told([row(1), row(2, "anna"), row(3, session="another"), row(4)])
        await settle()
        assert sorted(anna.seqs()) == [1, 2, 4]
        assert bo.seqs() == [1, 4]
        assert len(bo.writes) == 1, "what came together is sent together"

    with_hub(story)


def test_frames_are_joined_for_who_lags():
    async def story(hub: Hub) -> None:
        (slow, full), (_, quick) = follow(hub, "slow"), follow(hub, "quick")
        full.paused = True
        for seq in range(1, 6):
            hub.told([row(seq), row(100 + seq, "slow")])
            await settle()
        assert full.writes == []
        assert len(quick.writes) == 5
        full.paused = False
        slow.writable()
        assert [seq for seq in full.seqs() if seq < 100] == [1, 2, 3, 4, 5]
        assert [seq for seq in full.seqs() if seq > 100] == [101, 102, 103, 104, 105]
        assert len([one for one in full.writes if b'"audience":"public"' in one]) == 1

    with_hub(story)


def test_what_came_while_somebody_caught_up_is_told_once():
    async def story(hub: Hub) -> None:
        pipe = HandPipe()
        client = hub.enter("s", "p", pipe)
        hub.told([row(1), row(2, "p"), row(3), row(4, "p")])
        await settle()
        assert pipe.writes == []
        assert hub.follow(client, 1, 2)  # the log gave these
        assert sorted(pipe.seqs()) == [3, 4]

    with_hub(story)


def test_who_falls_behind_the_ring_is_sent_back_to_the_log():
    async def story(hub: Hub) -> None:
        client, pipe = follow(hub)
        pipe.paused = True
        hub.told([row(seq) for seq in range(1, RING + 10)])
        await settle()
        pipe.paused = False
        client.writable()
        assert pipe.over == "aborted"
        late = hub.enter("s", "q", HandPipe())
        assert hub.listeners == 1
        hub.told([row(seq) for seq in range(RING + 10, 3 * RING)])
        await settle()
        assert not hub.follow(late, RING + 10, 0)
        assert hub.follow(late, 3 * RING - 5, 0)

    with_hub(story)


def test_too_much_for_one_who_stands_still():
    async def story(hub: Hub) -> None:
        _, pipe = follow(hub)
        pipe.paused = True
        hub.told([row(seq, "p") for seq in range(1, OWN_MOST + 2)])
        await settle()
        assert pipe.over == "aborted"
        assert hub.listeners == 0

    with_hub(story)


def test_one_who_stands_still_is_aborted_and_others_hear_a_heartbeat():
    async def story(hub: Hub) -> None:
        (_, stuck), (_, well) = follow(hub, "stuck"), follow(hub, "well")
        stuck.paused = True
        await asyncio.wait_for(stuck.gone.wait(), 5)
        assert stuck.over == "aborted"
        assert (hub.listeners, well.over) == (1, "")
        assert well.text.startswith("4\r\n: \n\n\r\n")

    with_hub(story, heartbeat_ms=20)


def test_the_end_is_told_in_good_order():
    async def story(hub: Hub) -> None:
        client, pipe = follow(hub)
        hub.told([row(1)])
        hub.overturn("s")
        await settle()
        assert pipe.over == "closed"
        assert pipe.seqs() == [1]
        assert pipe.writes[-1] == LAST_CHUNK
        client.lost()  # what the closed connection says afterwards
        _, other = follow(hub)
        hub.close()
        assert (other.over, hub.closed, hub.listeners) == ("closed", True, 0)

    with_hub(story)


def test_a_connection_that_went_while_catching_up():
    async def story(hub: Hub) -> None:
        pipe = HandPipe()
        client = hub.enter("s", "p", pipe)
        pipe.over = "gone"
        assert hub.follow(client, 0, 0)
        assert hub.listeners == 0
        hub.told([row(1)])
        await settle()
        assert pipe.writes == []

    with_hub(story)


def test_what_was_read_in_the_log_before_the_hub_was_told_of_it_is_told_once():
    async def story(hub: Hub) -> None:
        pipe = HandPipe()
        client = hub.enter("s", "p", pipe)
        # The rows up to 4 are committed, and read; that they are is still on its way here.
        assert hub.follow(client, 3, 4)
        hub.told([row(1), row(2, "p"), row(3), row(4, "p")])
        await settle()
        assert pipe.writes == []
        hub.told([row(5), row(6, "p"), row(7)])
        await settle()
        assert sorted(pipe.seqs()) == [5, 6, 7]
        assert client.cursor == client.room.count

    with_hub(story)


def test_the_ring_is_bounded_in_bytes_and_its_last_frame_is_kept():
    async def story(hub: Hub) -> None:
        (slow, full), (_, quick) = follow(hub, "slow"), follow(hub, "quick")
        full.paused = True
        size = RING_BYTES // 10
        for seq in range(1, 31):
            hub.told([row(seq, size=size)])
            await settle()
            assert slow.room.bytes <= RING_BYTES
        assert quick.seqs() == list(range(1, 31))
        assert 8 <= len(slow.room.ring) <= 10
        full.paused = False
        slow.writable()
        assert full.over == "aborted", "what it missed is in the log only"
        hub.told([row(31, size=2 * RING_BYTES)])
        await settle()
        assert quick.seqs()[-1] == 31
        late = hub.enter("s", "late", HandPipe())
        assert not hub.follow(late, 29, 0)
        assert hub.follow(late, 31, 0)

    with_hub(story)


def test_who_comes_back_to_much_is_given_it_as_fast_as_it_reads():
    async def story(hub: Hub) -> None:
        client, pipe = follow(hub)
        pipe.paused = True
        size = MOST_WRITE // 4
        hub.told([row(seq, size=size) for seq in range(1, 13)])
        hub.told([row(13, size=3 * MOST_WRITE), row(14)])
        await settle()
        while len(pipe.seqs()) < 14:
            before = len(pipe.writes)
            pipe.paused, pipe.fills = False, True
            client.writable()
            assert len(pipe.writes) == before + 1, "its memory is filled again"
        assert pipe.seqs() == list(range(1, 15))
        assert max(len(one) for one in pipe.writes if b'"seq":13' not in one) <= MOST_WRITE

    with_hub(story)


def test_the_end_waits_for_nobody_who_stands_still():
    async def story(hub: Hub) -> None:
        (_, stuck), (_, well) = follow(hub, "stuck"), follow(hub, "well")
        stuck.paused = True
        hub.close()
        assert (stuck.over, well.over, hub.listeners) == ("aborted", "closed", 0)

    with_hub(story)
