import { describe, expect, it } from "vitest";
import { Stream, type Link, type StreamMeans } from "./event_stream";
import type { Frame, Snapshot } from "./protocol";
import { begin, type RoomState } from "./room_state";
import { frame, SNAPSHOT } from "./test_fixtures";

type Seen = { public: number; own: number };

function said(seq: number, prev: number): Frame {
  const row = {
    type: "said",
    message: `m${seq}`,
    person: "you",
    name: "M",
    text: "T",
    position_ms: 0,
    waits: false,
  } as const;
  return frame(seq, prev, row);
}

/** A hosting with a log; each connection sends what its script says, then breaks. */
class FakeHosting {
  log: Frame[] = [];
  asked: Seen[] = [];
  pauses: number[] = [];
  snapshots = 0;
  gone = false;
  constructor(readonly connections: ((seen: Seen) => Response | Promise<Response>)[]) {}

  means(more: Partial<StreamMeans> = {}): StreamMeans {
    return {
      open: async (seen) => {
        this.asked.push(seen);
        const connection = this.connections.shift();
        if (!connection) return new Response(null, { status: 401 });
        return connection(seen);
      },
      events: async (seen) => (this.gone ? "gone" : this.log.filter(({ seq }) => seq > seen.public)),
      snapshot: async () => {
        this.snapshots += 1;
        return { ...SNAPSHOT, seen: [{ audience: "public", seq: 20 }], epoch: this.gone ? "f" : "e" } as Snapshot;
      },
      pause: async (ms) => void this.pauses.push(ms),
      random: () => 0.5,
      ...more,
    };
  }
}

function sends(...texts: string[]): () => Response {
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

const data = (one: Frame): string => `data: ${JSON.stringify(one)}\n\n`;

async function run(
  hosting: FakeHosting,
  more: Partial<StreamMeans> = {},
): Promise<{ state: RoomState; links: Link[] }> {
  let state = begin(SNAPSHOT, "me");
  const links: Link[] = [];
  const stream = new Stream(
    state,
    hosting.means(more),
    (next) => (state = next),
    (link) => links.push(link),
  );
  await stream.run();
  return { state, links };
}

describe("the event stream", () => {
  it("applies frames, however they are cut, and ignores heartbeats", async () => {
    const text = `: heartbeat\n\n${data(said(5, 4))}${data(said(6, 5))}`;
    const hosting = new FakeHosting([sends(text.slice(0, 40), text.slice(40, 41), text.slice(41))]);
    const { state, links } = await run(hosting);
    expect(state.messages.map(({ message }) => message)).toEqual(["m5", "m6"]);
    expect(links).toEqual(["open", "broken", "refused"]);
  });

  it("asks the log for what lies in a gap", async () => {
    const hosting = new FakeHosting([sends(data(said(7, 6)))]);
    hosting.log = [said(5, 4), said(6, 5), said(7, 6)];
    const { state } = await run(hosting);
    expect(state.messages.map(({ message }) => message)).toEqual(["m5", "m6", "m7"]);
    expect(hosting.snapshots).toBe(0);
  });

  it("begins anew from a snapshot where the log cannot tell", async () => {
    const hosting = new FakeHosting([sends(data(said(9, 8)))]);
    hosting.gone = true;
    const { state } = await run(hosting);
    expect(state.snapshot.epoch).toBe("f");
    expect(state.seen["public"]).toBe(20);
  });

  it("begins anew where the stream itself says that it is gone, or another epoch began", async () => {
    const hosting = new FakeHosting([
      () => new Response(null, { status: 410 }),
      sends(data({ ...said(21, 20), epoch: "restored" })),
    ]);
    await run(hosting);
    expect(hosting.snapshots).toBe(2);
  });

  it("comes back with what it saw last, and waits longer each time it fails", async () => {
    const down = (): Promise<Response> => Promise.reject(new TypeError("down"));
    const busy = (): Response => new Response(null, { status: 503 });
    const hosting = new FakeHosting([sends(data(said(5, 4))), down, busy, down, down, down, sends(data(said(6, 5)))]);
    const { state } = await run(hosting);
    expect(state.messages).toHaveLength(2);
    expect(hosting.asked[1]).toEqual({ public: 5, own: 0 });
    expect(hosting.pauses).toEqual([300, 600, 1_200, 2_400, 4_000, 4_000, 300]);
  });

  it("takes a line that fell silent for broken", async () => {
    const silent = (): Response => new Response(new ReadableStream({}), { status: 200 });
    let opened = 0;
    const hosting = new FakeHosting([]);
    const { links } = await run(hosting, {
      silentMs: 20,
      open: (_seen, signal) => {
        opened += 1;
        if (opened > 1) return Promise.resolve(new Response(null, { status: 403 }));
        const answer = silent();
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => signal.addEventListener("abort", () => controller.error(new Error("aborted"))),
        });
        return Promise.resolve(new Response(body, { status: answer.status }));
      },
    });
    expect(links).toEqual(["open", "broken", "refused"]);
  });
});
