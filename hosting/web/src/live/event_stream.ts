/**
 * The event stream, read by `fetch` so that it can carry the token and see status codes.
 *
 * The stream is only a wake-up: frames that do not follow what was seen last are not applied; the log is asked for
 * what lies between, and where the log cannot tell (410, another epoch), a new snapshot begins. When the line breaks or falls
 * silent it is opened again after a short pause of random length, so that a restarted hosting is not stormed.
 */

import type { StreamCursor } from "./api";
import type { Snapshot, StreamFrame } from "./protocol";
import { applyFrame, createRoomState, type RoomState } from "./room_state";

const SILENCE_TIMEOUT_MS = 25_000;
const INITIAL_BACKOFF_MS = 300;
const MAX_BACKOFF_MS = 4_000;

export type ConnectionState = "open" | "broken" | "refused";

export interface EventStreamOptions {
  openStream: (cursor: StreamCursor, signal: AbortSignal) => Promise<Response>;
  fetchEvents: (cursor: StreamCursor) => Promise<StreamFrame[] | "gone">;
  fetchSnapshot: () => Promise<Snapshot>;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
  /** A timer that can be put off; injectable for tests. */
  silenceTimeoutMs?: number;
}

export class EventStream {
  private readonly closeController = new AbortController();
  private connectionController: AbortController | null = null;

  constructor(
    private state: RoomState,
    private readonly options: EventStreamOptions,
    private readonly onStateChange: (state: RoomState) => void,
    private readonly onConnectionChange: (connection: ConnectionState) => void,
  ) {}

  /** Follow the room until `close`; returns only then, or when the hosting refuses this person. */
  async run(): Promise<void> {
    const sleep = this.options.sleep ?? defaultSleep;
    let backoff = INITIAL_BACKOFF_MS;
    while (!this.closeController.signal.aborted) {
      const outcome = await this.connectOnce();
      if (this.closeController.signal.aborted) return;
      if (outcome === "refused") {
        this.onConnectionChange("refused");
        return;
      }
      this.onConnectionChange("broken");
      backoff = outcome === "was open" ? INITIAL_BACKOFF_MS : Math.min(backoff * 2, MAX_BACKOFF_MS);
      await sleep(backoff * (0.5 + (this.options.random ?? Math.random)()), this.closeController.signal);
    }
  }

  /** Begin anew at once: the line changed, or the page was asleep. */
  reconnect(): void {
    this.connectionController?.abort();
  }

  close(): void {
    this.closeController.abort();
    this.connectionController?.abort();
  }

  /** Take in a state that was changed beside the stream (an offer opened). */
  replaceState(state: RoomState): void {
    this.state = state;
  }

  private getCursor(): StreamCursor {
    return { public: this.state.lastSeqs["public"] ?? 0, own: this.state.lastSeqs[this.state.person] ?? 0 };
  }

  private async connectOnce(): Promise<"was open" | "failed" | "refused"> {
    const controller = new AbortController();
    this.connectionController = controller;
    let hasOpened = false;
    let silenceTimer: ReturnType<typeof setTimeout> | undefined;
    const restartSilenceTimer = (): void => {
      clearTimeout(silenceTimer);
      silenceTimer = setTimeout(() => controller.abort(), this.options.silenceTimeoutMs ?? SILENCE_TIMEOUT_MS);
    };
    try {
      restartSilenceTimer();
      const response = await this.options.openStream(this.getCursor(), controller.signal);
      if (response.status === 410) {
        await this.reloadSnapshot();
        return "was open";
      }
      if (response.status === 401 || response.status === 403 || response.status === 404) return "refused";
      if (!response.ok || !response.body) return "failed";
      hasOpened = true;
      this.onConnectionChange("open");
      for await (const text of readEvents(response.body, restartSilenceTimer))
        await this.handleFrame(JSON.parse(text) as StreamFrame);
      return "was open";
    } catch {
      return hasOpened ? "was open" : "failed";
    } finally {
      clearTimeout(silenceTimer);
      controller.abort();
    }
  }

  private async handleFrame(frame: StreamFrame): Promise<void> {
    const result = applyFrame(this.state, frame);
    if (result.kind === "applied") this.setState(result.state);
    else if (result.kind === "epoch") await this.reloadSnapshot();
    else if (result.kind === "gap") await this.fetchMissedFrames();
  }

  private async fetchMissedFrames(): Promise<void> {
    const missed = await this.options.fetchEvents(this.getCursor());
    if (missed === "gone") return this.reloadSnapshot();
    for (const frame of missed) {
      const result = applyFrame(this.state, frame);
      if (result.kind === "applied") this.setState(result.state);
      else if (result.kind !== "duplicate") return this.reloadSnapshot();
    }
  }

  private async reloadSnapshot(): Promise<void> {
    this.setState(createRoomState(await this.options.fetchSnapshot(), this.state.person));
  }

  private setState(state: RoomState): void {
    this.state = state;
    this.onStateChange(state);
  }
}

/** The `data:` texts of an event stream; heartbeats only tell that the line is alive. */
export async function* readEvents(body: ReadableStream<Uint8Array>, onData: () => void): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let unparsed = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onData();
      unparsed += decoder.decode(value, { stream: true }).replace(/\r/g, "");
      for (let end = unparsed.indexOf("\n\n"); end >= 0; end = unparsed.indexOf("\n\n")) {
        const lines = unparsed.slice(0, end).split("\n");
        unparsed = unparsed.slice(end + 2);
        const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).replace(/^ /, ""));
        if (data.length) yield data.join("\n");
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function defaultSleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const id = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(id), resolve()), { once: true });
  });
}
