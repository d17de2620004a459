/** The hosting's API for attendees: one function per route. Errors carry the problem document's code. */

import type { AnswerGiven, Entered, Frame, Landing, Snapshot } from "./protocol";

/** The hosting refused; `code` is the problem document's, `status` the HTTP status (0: it cannot be reached). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Record<string, unknown>,
  ) {
    super(code);
  }
}

export async function now(): Promise<number> {
  return ((await (await send("GET", "/api/now", { cache: "no-store" })).json()) as { now: number }).now;
}

export async function landing(slug: string): Promise<Landing> {
  return (await (await send("GET", `/api/w/${encodeURIComponent(slug)}`, { cache: "no-store" })).json()) as Landing;
}

export async function enter(slug: string, name: string, email: string, language: string): Promise<Entered> {
  const answer = await send("POST", `/api/w/${encodeURIComponent(slug)}/enter`, { body: { name, email, language } });
  return (await answer.json()) as Entered;
}

type Seen = { public: number; own: number };

/** What a person who has entered may ask of one session's room. */
export class RoomApi {
  constructor(
    private readonly session: string,
    private readonly token: string,
  ) {}

  async snapshot(): Promise<Snapshot> {
    return (await (await this.send("GET", "snapshot")).json()) as Snapshot;
  }

  async events(seen: Seen): Promise<Frame[] | "gone"> {
    try {
      const answer = await this.send("GET", `events?public=${seen.public}&own=${seen.own}`);
      return ((await answer.json()) as { frames: Frame[] }).frames;
    } catch (error) {
      if (error instanceof Refused && error.status === 410) return "gone";
      throw error;
    }
  }

  open(seen: Seen, signal: AbortSignal): Promise<Response> {
    return fetch(`/api/room/${this.session}/stream?public=${seen.public}&own=${seen.own}`, {
      headers: { Authorization: `Bearer ${this.token}`, Accept: "text/event-stream" },
      cache: "no-store",
      signal,
    });
  }

  async say(id: string, text: string): Promise<void> {
    await this.send("POST", "chat", { id, text });
  }

  async click(offer: string): Promise<void> {
    await this.send("POST", "clicks", { offer });
  }

  async answer(given: AnswerGiven): Promise<void> {
    await this.send("POST", "answers", given);
  }

  async trouble(text: string, seen: string): Promise<void> {
    await this.send("POST", "trouble", { text, seen });
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    return send(method, `/api/room/${this.session}/${path}`, { body, token: this.token, cache: "no-store" });
  }
}

interface Sending {
  body?: unknown;
  token?: string;
  cache?: RequestCache;
}

async function send(method: string, url: string, { body, token, cache }: Sending): Promise<Response> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token !== undefined) headers["Authorization"] = `Bearer ${token}`;
  const asked: RequestInit = { method, headers };
  if (body !== undefined) asked.body = JSON.stringify(body);
  if (cache !== undefined) asked.cache = cache;
  let answer: Response;
  try {
    answer = await fetch(url, asked);
  } catch {
    throw new Refused(0, "unreachable", {});
  }
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; facts?: Record<string, unknown> };
  throw new Refused(answer.status, problem.code ?? `http.${answer.status}`, problem.facts ?? {});
}
