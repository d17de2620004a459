/** The hosting's API for attendees: one function per route. Errors carry the problem document's code. */

import type { AnswerGiven, Entered, Landing, Snapshot, StreamFrame } from "./protocol";

/** The hosting refused; `code` is the problem document's, `status` the HTTP status (0: it cannot be reached). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Record<string, unknown>,
  ) {
    super(code);
  }
}

export async function fetchServerTime(): Promise<number> {
  return ((await (await send("GET", "/api/now", { cache: "no-store" })).json()) as { now: number }).now;
}

export async function fetchLanding(slug: string): Promise<Landing> {
  return (await (await send("GET", `/api/w/${encodeURIComponent(slug)}`, { cache: "no-store" })).json()) as Landing;
}

export async function enterRoom(slug: string, name: string, email: string, language: string): Promise<Entered> {
  const response = await send("POST", `/api/w/${encodeURIComponent(slug)}/enter`, { body: { name, email, language } });
  return (await response.json()) as Entered;
}

/** Which frames a client has: the last `seq` that it applied of each audience. */
export type StreamCursor = { public: number; own: number };

/** What a person who has entered may ask of one session's room. */
export class RoomApi {
  constructor(
    private readonly session: string,
    private readonly token: string,
  ) {}

  async fetchSnapshot(): Promise<Snapshot> {
    return (await (await this.send("GET", "snapshot")).json()) as Snapshot;
  }

  async fetchEvents(cursor: StreamCursor): Promise<StreamFrame[] | "gone"> {
    try {
      const response = await this.send("GET", `events?public=${cursor.public}&own=${cursor.own}`);
      return ((await response.json()) as { frames: StreamFrame[] }).frames;
    } catch (error) {
      if (error instanceof ApiError && error.status === 410) return "gone";
      throw error;
    }
  }

  openStream(cursor: StreamCursor, signal: AbortSignal): Promise<Response> {
    return fetch(`/api/room/${this.session}/stream?public=${cursor.public}&own=${cursor.own}`, {
      headers: { Authorization: `Bearer ${this.token}`, Accept: "text/event-stream" },
      cache: "no-store",
      signal,
    });
  }

  async sendMessage(id: string, text: string): Promise<void> {
    await this.send("POST", "chat", { id, text });
  }

  async sendClick(offer: string): Promise<void> {
    await this.send("POST", "clicks", { offer });
  }

  async sendAnswer(answer: AnswerGiven): Promise<void> {
    await this.send("POST", "answers", answer);
  }

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
