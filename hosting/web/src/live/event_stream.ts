/**
 * The event stream of a room, read by `fetch`: `EventSource` can neither send the token nor report status codes.
 *
 * A frame that does not follow the last one is not applied; the missing frames are fetched from the log first. Where
 * the log does not reach back far enough (410), or belongs to another epoch, a new snapshot is fetched. When the
 * connection breaks or falls silent it is opened again after a random backoff, so that a hosting that has just
 * restarted is not overrun by all attendees at once.
 */

import type { StreamCursor } from "./api";
import type { Snapshot, StreamFrame } from "./protocol";
import { applyFrame, createRoomState, type RoomState } from "./room_state";

const SILENCE_TIMEOUT_MS = 25_000;
const INITIAL_BACKOFF_MS = 300;
const MAX_BACKOFF_MS = 4_000;

/** Whether the stream is connected; "refused" means that the token is no longer valid. */
export type ConnectionState = "open" | "broken" | "refused";

/** The requests of an event stream, and for tests its timing. */
export interface EventStreamOptions {
  openStream: (cursor: StreamCursor, signal: AbortSignal) => Promise<Response>;
  fetchEvents: (cursor: StreamCursor) => Promise<StreamFrame[] | "gone">;
  fetchSnapshot: () => Promise<Snapshot>;
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
  /** A connection that is silent for this long counts as broken; the hosting sends heartbeats more often. */
  silenceTimeoutMs?: number;
}

/** The connection to the event stream of one room, which keeps a `RoomState` up to date. */
export class EventStream {
  private readonly closeController = new AbortController();
  private connectionController: AbortController | null = null;

  constructor(
    private state: RoomState,
    private readonly options: EventStreamOptions,
    private readonly onStateChange: (state: RoomState) => void,
    private readonly onConnectionChange: (connection: ConnectionState) => void,
  ) {}

  /** Follow the room until `close` is called or the hosting refuses the token. */
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

  /** Reconnect at once, because the network has changed. */
  reconnect(): void {
    this.connectionController?.abort();
  }

  /** Close the connection for good. */
  close(): void {
    this.closeController.abort();
    this.connectionController?.abort();
  }

  /** Continue from a state that the page has changed itself (an offer opened). */
  replaceState(state: RoomState): void {
    this.state = state;
  }

  private getCursor(): StreamCursor {
    return { public: this.state.lastSeqs.public ?? 0, own: this.state.lastSeqs[this.state.person] ?? 0 };
  }

  /** Connect and handle frames until the connection ends; returns how it ended. */
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

  /** Fetch the frames between the last one and now, and apply them. */
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

/** Yield the `data:` texts of an event stream; `onData` is called for heartbeats, too. */
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
    const wake = (): void => {
      clearTimeout(id);
      resolve();
    };
    signal.addEventListener("abort", wake, { once: true });
  });
}
