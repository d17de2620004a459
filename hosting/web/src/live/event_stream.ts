/**
 * The event stream, read by `fetch` so that it can carry the token and see status codes.
 *
 * The stream is only a wake-up: frames that do not follow what was seen last are not applied; the log is asked for
 * what lies between, and where the log cannot tell (410, another epoch), a new snapshot begins. When the line breaks or falls
 * silent it is opened again after a short pause of random length, so that a restarted hosting is not stormed.
 */

import type { Frame, Snapshot } from "./protocol";
import { apply, begin, type RoomState } from "./room_state";

const SILENT_MS = 25_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 4_000;

export type Link = "open" | "broken" | "refused";

export interface StreamMeans {
  open: (seen: { public: number; own: number }, signal: AbortSignal) => Promise<Response>;
  events: (seen: { public: number; own: number }) => Promise<Frame[] | "gone">;
  snapshot: () => Promise<Snapshot>;
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
  /** A timer that can be put off; injectable for tests. */
  silentMs?: number;
}

export class Stream {
  private readonly ending = new AbortController();
  private current: AbortController | null = null;

  constructor(
    private state: RoomState,
    private readonly means: StreamMeans,
    private readonly onState: (state: RoomState) => void,
    private readonly onLink: (link: Link) => void,
  ) {}

  /** Follow the room until `close`; returns only then, or when the hosting refuses this person. */
  async run(): Promise<void> {
    const pause = this.means.pause ?? defaultPause;
    let wait = FIRST_PAUSE_MS;
    while (!this.ending.signal.aborted) {
      const outcome = await this.once();
      if (this.ending.signal.aborted) return;
      if (outcome === "refused") {
        this.onLink("refused");
        return;
      }
      this.onLink("broken");
      wait = outcome === "was open" ? FIRST_PAUSE_MS : Math.min(wait * 2, LONGEST_PAUSE_MS);
      await pause(wait * (0.5 + (this.means.random ?? Math.random)()), this.ending.signal);
    }
  }

  /** Begin anew at once: the line changed, or the page was asleep. */
  again(): void {
    this.current?.abort();
  }

  close(): void {
    this.ending.abort();
    this.current?.abort();
  }

  /** Take in a state that was changed beside the stream (an offer opened). */
  adopt(state: RoomState): void {
    this.state = state;
  }

  private seen(): { public: number; own: number } {
    return { public: this.state.seen["public"] ?? 0, own: this.state.seen[this.state.person] ?? 0 };
  }

  private async once(): Promise<"was open" | "failed" | "refused"> {
    const abort = new AbortController();
    this.current = abort;
    let opened = false;
    let watch: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(watch);
      watch = setTimeout(() => abort.abort(), this.means.silentMs ?? SILENT_MS);
    };
    try {
      heard();
      const response = await this.means.open(this.seen(), abort.signal);
      if (response.status === 410) {
        await this.renew();
        return "was open";
      }
      if (response.status === 401 || response.status === 403 || response.status === 404) return "refused";
      if (!response.ok || !response.body) return "failed";
      opened = true;
      this.onLink("open");
      for await (const text of events(response.body, heard)) await this.take(JSON.parse(text) as Frame);
      return "was open";
    } catch {
      return opened ? "was open" : "failed";
    } finally {
      clearTimeout(watch);
      abort.abort();
    }
  }

  private async take(frame: Frame): Promise<void> {
    const applied = apply(this.state, frame);
    if (applied.kind === "applied") this.change(applied.state);
    else if (applied.kind === "epoch") await this.renew();
    else if (applied.kind === "gap") await this.fill();
  }

  private async fill(): Promise<void> {
    const missed = await this.means.events(this.seen());
    if (missed === "gone") return this.renew();
    for (const frame of missed) {
      const applied = apply(this.state, frame);
      if (applied.kind === "applied") this.change(applied.state);
      else if (applied.kind !== "seen") return this.renew();
    }
  }

  private async renew(): Promise<void> {
    this.change(begin(await this.means.snapshot(), this.state.person));
  }

  private change(state: RoomState): void {
    this.state = state;
    this.onState(state);
  }
}

/** The `data:` texts of an event stream; heartbeats only tell that the line is alive. */
export async function* events(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      rest += decoder.decode(value, { stream: true }).replace(/\r/g, "");
      for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
        const lines = rest.slice(0, end).split("\n");
        rest = rest.slice(end + 2);
        const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).replace(/^ /, ""));
        if (data.length) yield data.join("\n");
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function defaultPause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const id = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(id), resolve()), { once: true });
  });
}
