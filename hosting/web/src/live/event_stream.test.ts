import { describe, expect, it } from "vitest";
import type { StreamCursor } from "./api";
import { type ConnectionState, EventStream, type EventStreamOptions } from "./event_stream";
import type { Snapshot, StreamFrame } from "./protocol";
import { createRoomState, type RoomState } from "./room_state";
import { makeFrame, SNAPSHOT } from "./test_fixtures";

function makeMessageFrame(seq: number, prev: number): StreamFrame {
  const row = {
    type: "said",
    message: `m${seq}`,
    person: "you",
    name: "M",
    text: "T",
    position_ms: 0,
    waits: false,
  } as const;
  return makeFrame(seq, prev, row);
}

/** A hosting with a log; each connection is answered by the next function of a list, and then breaks. */
class FakeHosting {
  log: StreamFrame[] = [];
  cursors: StreamCursor[] = [];
  backoffs: number[] = [];
  snapshotCount = 0;
  isLogGone = false;
  constructor(readonly connections: ((cursor: StreamCursor) => Response | Promise<Response>)[]) {}

  makeOptions(overrides: Partial<EventStreamOptions> = {}): EventStreamOptions {
    return {
      openStream: async (cursor) => {
        this.cursors.push(cursor);
        const connection = this.connections.shift();
        if (!connection) return new Response(null, { status: 401 });
        return connection(cursor);
      },
      fetchEvents: async (cursor) => (this.isLogGone ? "gone" : this.log.filter(({ seq }) => seq > cursor.public)),
      fetchSnapshot: async () => {
        this.snapshotCount += 1;
        return { ...SNAPSHOT, seen: [{ audience: "public", seq: 20 }], epoch: this.isLogGone ? "f" : "e" } as Snapshot;
      },
      sleep: async (ms) => void this.backoffs.push(ms),
      random: () => 0.5,
      ...overrides,
    };
  }
}

function respondWith(...texts: string[]): () => Response {
  return () => {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const text of texts) controller.enqueue(encoder.encode(text));
        controller.close();
      },
    });
    return new Response(body, { status: 200 });
  };
}

const encodeFrame = (frame: StreamFrame): string => `data: ${JSON.stringify(frame)}\n\n`;

async function runStream(
  hosting: FakeHosting,
  overrides: Partial<EventStreamOptions> = {},
): Promise<{ state: RoomState; connections: ConnectionState[] }> {
  let state = createRoomState(SNAPSHOT, "me");
  const connections: ConnectionState[] = [];
  const stream = new EventStream(
    state,
    hosting.makeOptions(overrides),
    (next) => (state = next),
    (connection) => connections.push(connection),
  );
  await stream.run();
  return { state, connections };
}

describe("the event stream", () => {
  it("applies frames however the network splits them, and ignores heartbeats", async () => {
    const text = `: heartbeat\n\n${encodeFrame(makeMessageFrame(5, 4))}${encodeFrame(makeMessageFrame(6, 5))}`;
    const hosting = new FakeHosting([respondWith(text.slice(0, 40), text.slice(40, 41), text.slice(41))]);
    const { state, connections } = await runStream(hosting);
    expect(state.messages.map(({ message }) => message)).toEqual(["m5", "m6"]);
    expect(connections).toEqual(["open", "broken", "refused"]);
  });

  it("fetches the missing frames of a gap from the log", async () => {
    const hosting = new FakeHosting([respondWith(encodeFrame(makeMessageFrame(7, 6)))]);
    hosting.log = [makeMessageFrame(5, 4), makeMessageFrame(6, 5), makeMessageFrame(7, 6)];
    const { state } = await runStream(hosting);
    expect(state.messages.map(({ message }) => message)).toEqual(["m5", "m6", "m7"]);
    expect(hosting.snapshotCount).toBe(0);
  });

  it("loads a snapshot when the log does not reach back far enough", async () => {
    const hosting = new FakeHosting([respondWith(encodeFrame(makeMessageFrame(9, 8)))]);
    hosting.isLogGone = true;
    const { state } = await runStream(hosting);
    expect(state.snapshot.epoch).toBe("f");
    expect(state.lastSeqs.public).toBe(20);
  });

  it("loads a snapshot when the stream answers 410 or another epoch began", async () => {
    const hosting = new FakeHosting([
      () => new Response(null, { status: 410 }),
      respondWith(encodeFrame({ ...makeMessageFrame(21, 20), epoch: "restored" })),
    ]);
    await runStream(hosting);
    expect(hosting.snapshotCount).toBe(2);
  });

  it("reconnects from the last frame, with a growing backoff", async () => {
    const down = (): Promise<Response> => Promise.reject(new TypeError("down"));
    const busy = (): Response => new Response(null, { status: 503 });
    const hosting = new FakeHosting([
      respondWith(encodeFrame(makeMessageFrame(5, 4))),
      down,
      busy,
      down,
      down,
      down,
      respondWith(encodeFrame(makeMessageFrame(6, 5))),
    ]);
    const { state } = await runStream(hosting);
    expect(state.messages).toHaveLength(2);
    expect(hosting.cursors[1]).toEqual({ public: 5, own: 0 });
    expect(hosting.backoffs).toEqual([300, 600, 1_200, 2_400, 4_000, 4_000, 300]);
  });

  it("treats a silent connection as broken", async () => {
    const silent = (): Response => new Response(new ReadableStream({}), { status: 200 });
    let openCount = 0;
    const hosting = new FakeHosting([]);
    const { connections } = await runStream(hosting, {
      silenceTimeoutMs: 20,
      openStream: (_cursor, signal) => {
        openCount += 1;
        if (openCount > 1) return Promise.resolve(new Response(null, { status: 403 }));
        const response = silent();
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => signal.addEventListener("abort", () => controller.error(new Error("aborted"))),
        });
        return Promise.resolve(new Response(body, { status: response.status }));
      },
    });
    expect(connections).toEqual(["open", "broken", "refused"]);
  });
});
