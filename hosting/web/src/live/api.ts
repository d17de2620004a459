/** The API of the hosting for attendees, with one function per route. Failures are thrown as `ApiError`. */

import type { AnswerGiven, Entered, Landing, Snapshot, StreamFrame } from "./protocol";

/** A request failed: `status` is the HTTP status (0: unreachable), `code` that of the problem document (RFC 9457). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Record<string, unknown>,
  ) {
    super(code);
  }
}

/** Fetch the time of the server in milliseconds since the epoch. */
export async function fetchServerTime(): Promise<number> {
  return ((await (await send("GET", "/api/now", { cache: "no-store" })).json()) as { now: number }).now;
}

/** Fetch what everybody may know of a webinar by its permanent link. */
export async function fetchLanding(slug: string): Promise<Landing> {
  return (await (await send("GET", `/api/w/${encodeURIComponent(slug)}`, { cache: "no-store" })).json()) as Landing;
}

/** Enter the current session of a webinar and return the token for its room. */
export async function enterRoom(slug: string, name: string, email: string, language: string): Promise<Entered> {
  const response = await send("POST", `/api/w/${encodeURIComponent(slug)}/enter`, { body: { name, email, language } });
  return (await response.json()) as Entered;
}

/** The last `seq` that a client has applied of each audience. */
export type StreamCursor = { public: number; own: number };

/** The requests of a person who has entered one session, sent with the person's token. */
export class RoomApi {
  constructor(
    private readonly session: string,
    private readonly token: string,
  ) {}

  /** Fetch the whole state of the room. */
  async fetchSnapshot(): Promise<Snapshot> {
    return (await (await this.send("GET", "snapshot")).json()) as Snapshot;
  }

  /** Fetch the frames after a cursor; "gone" when the log no longer reaches back that far. */
  async fetchEvents(cursor: StreamCursor): Promise<StreamFrame[] | "gone"> {
    try {
      const response = await this.send("GET", `events?public=${cursor.public}&own=${cursor.own}`);
      return ((await response.json()) as { frames: StreamFrame[] }).frames;
    } catch (error) {
      if (error instanceof ApiError && error.status === 410) return "gone";
      throw error;
    }
  }

  /** Open the event stream after a cursor; the caller checks the status. */
  openStream(cursor: StreamCursor, signal: AbortSignal): Promise<Response> {
    return fetch(`/api/room/${this.session}/stream?public=${cursor.public}&own=${cursor.own}`, {
      headers: { Authorization: `Bearer ${this.token}`, Accept: "text/event-stream" },
      cache: "no-store",
      signal,
    });
  }

  /** Send a chat message; sending the same id again does not make a second message. */
  async sendMessage(id: string, text: string): Promise<void> {
    await this.send("POST", "chat", { id, text });
  }

  /** Report the click on a call to action. */
  async sendClick(offer: string): Promise<void> {
    await this.send("POST", "clicks", { offer });
  }

  /** Send the answer to one survey question. */
  async sendAnswer(answer: AnswerGiven): Promise<void> {
    await this.send("POST", "answers", answer);
  }

  /** Report a playback problem to the team. */
  async reportTrouble(text: string, diagnostics: string): Promise<void> {
    await this.send("POST", "trouble", { text, seen: diagnostics });
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    return send(method, `/api/room/${this.session}/${path}`, { body, token: this.token, cache: "no-store" });
  }
}

interface RequestOptions {
  body?: unknown;
  token?: string;
  cache?: RequestCache;
}

async function send(method: string, url: string, { body, token, cache }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token !== undefined) headers["Authorization"] = `Bearer ${token}`;
  const init: RequestInit = { method, headers };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (cache !== undefined) init.cache = cache;
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new ApiError(0, "unreachable", {});
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { code?: string; facts?: Record<string, unknown> };
  throw new ApiError(response.status, problem.code ?? `http.${response.status}`, problem.facts ?? {});
}
