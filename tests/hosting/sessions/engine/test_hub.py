"""The hub alone, with fake transports that are full when the test says so."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from hosting.sessions.engine.event_log import EncodedFrame
from hosting.sessions.engine.hub import (
    LAST_CHUNK,
    MAX_OWN_FRAMES,
    MAX_WRITE_BYTES,
    RING_BYTES,
    RING_FRAMES,
    Hub,
    StreamClient,
)
from tests.hosting.event_loops import run_in_new_loop


class FakeTransport:
    """A transport that keeps what is written to it."""

    def __init__(self) -> None:
        self.is_paused = False
        self.pauses_after_write = False
        """Whether each write fills it."""
        self.writes: list[bytes] = []
        self.end = ""
        self.aborted = asyncio.Event()

    def hand_over(self, owner: StreamClient) -> bool:
        self.owner = owner
        return not self.end

    def write(self, data: bytes) -> None:
        self.writes.append(data)
        self.is_paused = self.pauses_after_write

    def close(self) -> None:
        self.end = "closed"

    def abort(self) -> None:
        self.end = "aborted"
        self.aborted.set()

    @property
    def text(self) -> str:
        return b"".join(self.writes).decode()

    def seqs(self) -> list[int]:
        return [int(part.split(",")[0]) for part in self.text.split('"seq":')[1:]]


def make_frame(seq: int, audience: str = "public", session: str = "s", size: int = 0) -> EncodedFrame:
    return EncodedFrame("e", session, audience, seq, seq - 1, 0, msgspec.Raw(b'{"x":"%b"}' % (b"x" * size)))


def run_with_hub(scenario: Callable[[Hub], Awaitable[None]], heartbeat_ms: int = 60_000) -> None:
    """Run a scenario while a hub runs."""

    async def run_scenario() -> None:
        hub = Hub(heartbeat_ms)
        task = asyncio.create_task(hub.run())
        await asyncio.sleep(0)
        try:
            await scenario(hub)
        finally:
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    run_in_new_loop(run_scenario())


async def run_pending_callbacks() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def join_hub(hub: Hub, person: str = "p", public_seq: int = 0) -> tuple[StreamClient, FakeTransport]:
    transport = FakeTransport()
    client = hub.join("s", person, transport)
    assert hub.follow(client, public_seq, 0)
    return client, transport


def test_public_rows_go_to_all_clients_and_own_rows_to_one_person():
    async def scenario(hub: Hub) -> None:
        (_, anna), (_, bo) = join_hub(hub, "anna"), join_hub(hub, "bo")
        hub.publish([make_frame(1), make_frame(2, "anna"), make_frame(3, session="another"), make_frame(4)])
        await run_pending_callbacks()
        assert sorted(anna.seqs()) == [1, 2, 4]
        assert bo.seqs() == [1, 4]
        assert len(bo.writes) == 1, "what came together is sent together"

    run_with_hub(scenario)


def test_frames_are_joined_for_a_client_that_lags():
    async def scenario(hub: Hub) -> None:
        (slow, full), (_, quick) = join_hub(hub, "slow"), join_hub(hub, "quick")
        full.is_paused = True
        for seq in range(1, 6):
            hub.publish([make_frame(seq), make_frame(100 + seq, "slow")])
            await run_pending_callbacks()
        assert full.writes == []
        assert len(quick.writes) == 5
        full.is_paused = False
        slow.on_writable()
        assert [seq for seq in full.seqs() if seq < 100] == [1, 2, 3, 4, 5]
        assert [seq for seq in full.seqs() if seq > 100] == [101, 102, 103, 104, 105]
        assert len([one for one in full.writes if b'"audience":"public"' in one]) == 1

    run_with_hub(scenario)


def test_rows_published_while_a_client_catches_up_are_sent_once():
    async def scenario(hub: Hub) -> None:
        transport = FakeTransport()
        client = hub.join("s", "p", transport)
        hub.publish([make_frame(1), make_frame(2, "p"), make_frame(3), make_frame(4, "p")])
        await run_pending_callbacks()
        assert transport.writes == []
        assert hub.follow(client, 1, 2)  # read from the log
        assert sorted(transport.seqs()) == [3, 4]

    run_with_hub(scenario)


def test_a_client_overtaken_by_the_ring_must_read_the_log():
    async def scenario(hub: Hub) -> None:
        client, transport = join_hub(hub)
        transport.is_paused = True
        hub.publish([make_frame(seq) for seq in range(1, RING_FRAMES + 10)])
        await run_pending_callbacks()
        transport.is_paused = False
        client.on_writable()
        assert transport.end == "aborted"
        late = hub.join("s", "q", FakeTransport())
        assert hub.client_count == 1
        hub.publish([make_frame(seq) for seq in range(RING_FRAMES + 10, 3 * RING_FRAMES)])
        await run_pending_callbacks()
        assert not hub.follow(late, RING_FRAMES + 10, 0)
        assert hub.follow(late, 3 * RING_FRAMES - 5, 0)

    run_with_hub(scenario)


def test_a_stalled_client_with_too_many_own_frames_is_aborted():
    async def scenario(hub: Hub) -> None:
        _, transport = join_hub(hub)
        transport.is_paused = True
        hub.publish([make_frame(seq, "p") for seq in range(1, MAX_OWN_FRAMES + 2)])
        await run_pending_callbacks()
        assert transport.end == "aborted"
        assert hub.client_count == 0

    run_with_hub(scenario)


def test_a_stalled_client_is_aborted_and_others_get_heartbeats():
    async def scenario(hub: Hub) -> None:
        (_, stuck), (_, well) = join_hub(hub, "stuck"), join_hub(hub, "well")
        stuck.is_paused = True
        await asyncio.wait_for(stuck.aborted.wait(), 5)
        assert stuck.end == "aborted"
        assert (hub.client_count, well.end) == (1, "")
        assert well.text.startswith("4\r\n: \n\n\r\n")

    run_with_hub(scenario, heartbeat_ms=20)


def test_streams_are_ended_in_order():
    async def scenario(hub: Hub) -> None:
        client, transport = join_hub(hub)
        hub.publish([make_frame(1)])
        hub.end_streams("s")
        await run_pending_callbacks()
        assert transport.end == "closed"
        assert transport.seqs() == [1]
        assert transport.writes[-1] == LAST_CHUNK
        client.on_lost()  # the callback of the closed connection
        _, other = join_hub(hub)
        hub.close()
        assert (other.end, hub.is_closed, hub.client_count) == ("closed", True, 0)

    run_with_hub(scenario)


def test_a_connection_lost_while_catching_up():
    async def scenario(hub: Hub) -> None:
        transport = FakeTransport()
        client = hub.join("s", "p", transport)
        transport.end = "gone"
        assert hub.follow(client, 0, 0)
        assert hub.client_count == 0
        hub.publish([make_frame(1)])
        await run_pending_callbacks()
        assert transport.writes == []

    run_with_hub(scenario)


def test_a_row_read_from_the_log_before_it_is_published_is_sent_once():
    async def scenario(hub: Hub) -> None:
        transport = FakeTransport()
        client = hub.join("s", "p", transport)
        # The rows up to 4 are committed and read from the log; the hub has not published them yet.
        assert hub.follow(client, 3, 4)
        hub.publish([make_frame(1), make_frame(2, "p"), make_frame(3), make_frame(4, "p")])
        await run_pending_callbacks()
        assert transport.writes == []
        hub.publish([make_frame(5), make_frame(6, "p"), make_frame(7)])
        await run_pending_callbacks()
        assert sorted(transport.seqs()) == [5, 6, 7]
        assert client.cursor == client.room.frame_count

    run_with_hub(scenario)


def test_the_ring_is_limited_in_bytes_and_keeps_its_last_frame():
    async def scenario(hub: Hub) -> None:
        (slow, full), (_, quick) = join_hub(hub, "slow"), join_hub(hub, "quick")
        full.is_paused = True
        size = RING_BYTES // 10
        for seq in range(1, 31):
            hub.publish([make_frame(seq, size=size)])
            await run_pending_callbacks()
            assert slow.room.ring_bytes <= RING_BYTES
        assert quick.seqs() == list(range(1, 31))
        assert 8 <= len(slow.room.ring) <= 10
        full.is_paused = False
        slow.on_writable()
        assert full.end == "aborted", "what it missed is in the log only"
        hub.publish([make_frame(31, size=2 * RING_BYTES)])
        await run_pending_callbacks()
        assert quick.seqs()[-1] == 31
        late = hub.join("s", "late", FakeTransport())
        assert not hub.follow(late, 29, 0)
        assert hub.follow(late, 31, 0)

    run_with_hub(scenario)


def test_a_client_far_behind_gets_its_rows_as_fast_as_it_reads():
    async def scenario(hub: Hub) -> None:
        client, transport = join_hub(hub)
        transport.is_paused = True
        size = MAX_WRITE_BYTES // 4
        hub.publish([make_frame(seq, size=size) for seq in range(1, 13)])
        hub.publish([make_frame(13, size=3 * MAX_WRITE_BYTES), make_frame(14)])
        await run_pending_callbacks()
        while len(transport.seqs()) < 14:
            before = len(transport.writes)
            transport.is_paused, transport.pauses_after_write = False, True
            client.on_writable()
            assert len(transport.writes) == before + 1, "its memory is filled again"
        assert transport.seqs() == list(range(1, 15))
        assert max(len(one) for one in transport.writes if b'"seq":13' not in one) <= MAX_WRITE_BYTES

    run_with_hub(scenario)


def test_ending_streams_does_not_wait_for_stalled_clients():
    async def scenario(hub: Hub) -> None:
        (_, stuck), (_, well) = join_hub(hub, "stuck"), join_hub(hub, "well")
        stuck.is_paused = True
        hub.close()
        assert (stuck.end, well.end, hub.client_count) == ("aborted", "closed", 0)

    run_with_hub(scenario)
