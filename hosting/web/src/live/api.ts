/** The API of the hosting for attendees, with one function per route. Failures are thrown as `ApiError`. */

import type {
  AnswerRequest,
  ApiRoutes,
  EnterResult,
  ErrorCode,
  Landing,
  ProblemDetails,
  Snapshot,
  StreamFrame,
} from "./protocol";

/** A request failed: `status` is the HTTP status (0: unreachable), `code` that of the problem document (RFC 9457). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Record<string, unknown>,
  ) {
    super(code);
  }

  /** Whether the hosting refused a request with one of these codes. */
  hasCode(...codes: ErrorCode[]): boolean {
    return (codes as string[]).includes(this.code);
  }
}

/** Fetch the time of the server in milliseconds since the epoch. */
export async function fetchServerTime(): Promise<number> {
  return (await send("GET /api/now", {}, { cache: "no-store" })).now;
}

/** Fetch what everybody may know of a webinar by its permanent link. */
export function fetchLanding(slug: string): Promise<Landing> {
  return send("GET /api/w/{slug}", { slug }, { cache: "no-store" });
}

/** Enter the current session of a webinar and return the token for its room. */
export function enterRoom(slug: string, name: string, email: string, language: string): Promise<EnterResult> {
  return send("POST /api/w/{slug}/enter", { slug }, { body: { name, email, language } });
}

/** The last `seq` that a client has applied of each audience. */
export type StreamCursor = { public: number; own: number };

/** The requests of a person who has entered one session, sent with the person's token. */
export class RoomApi {
  private readonly path: { session_id: string };

  constructor(
    session: string,
    private readonly token: string,
  ) {
    this.path = { session_id: session };
  }

  /** Fetch the whole state of the room. */
  fetchSnapshot(): Promise<Snapshot> {
    return send("GET /api/room/{session_id}/snapshot", this.path, this.options());
  }

  /** Fetch the frames after a cursor; "gone" when the log no longer reaches back that far. */
  async fetchEvents(cursor: StreamCursor): Promise<StreamFrame[] | "gone"> {
    try {
      const query = { ...cursor };
      return (await send("GET /api/room/{session_id}/events", this.path, { ...this.options(), query })).frames;
    } catch (error) {
      if (error instanceof ApiError && error.status === 410) return "gone";
      throw error;
    }
  }

  /** Open the event stream after a cursor; the caller checks the status. */
  openStream(cursor: StreamCursor, signal: AbortSignal): Promise<Response> {
    return fetch(buildUrl("GET /api/room/{session_id}/stream", this.path, { ...cursor }), {
      headers: { Authorization: `Bearer ${this.token}`, Accept: "text/event-stream" },
      cache: "no-store",
      signal,
    });
  }

  /** Send a chat message; sending the same id again does not make a second message. */
  async sendMessage(id: string, text: string): Promise<void> {
    await send("POST /api/room/{session_id}/chat", this.path, this.options({ id, text }));
  }

  /** Report the click on a call to action. */
  async sendClick(offer: string): Promise<void> {
    await send("POST /api/room/{session_id}/clicks", this.path, this.options({ offer }));
  }

  /** Send the answer to one survey question. */
  async sendAnswer(answer: AnswerRequest): Promise<void> {
    await send("POST /api/room/{session_id}/answers", this.path, this.options(answer));
  }

  /** Report a playback problem to the team. */
  async reportTrouble(text: string, diagnostics: string): Promise<void> {
    await send("POST /api/room/{session_id}/trouble", this.path, this.options({ text, seen: diagnostics }));
  }

  private options(): RequestOptions<undefined>;
  private options<B>(body: B): RequestOptions<B>;
  private options<B>(body?: B): RequestOptions<B> {
    return { token: this.token, cache: "no-store", ...(body !== undefined && { body }) };
  }
}

/** The values of the `{parameters}` in the path of a route. */
type PathParams<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & PathParams<Rest>
  : object;

interface RequestOptions<B> {
  body?: B;
  query?: Record<string, number>;
  token?: string;
  cache?: RequestCache;
}

/** Return the address of a route, below the host of this page. */
function buildUrl<R extends keyof ApiRoutes>(route: R, path: PathParams<R>, query?: Record<string, number>): string {
  const values = path as Record<string, string>;
  const address = route
    .slice(route.indexOf("/"))
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const fields = Object.entries(query ?? {}).map(([name, value]) => `${name}=${value}`);
  return fields.length ? `${address}?${fields.join("&")}` : address;
}

/** Call a route and return the JSON of its response. */
async function send<R extends keyof ApiRoutes>(
  route: R,
  path: PathParams<R>,
  { body, query, token, cache }: RequestOptions<ApiRoutes[R]["body"]>,
): Promise<ApiRoutes[R]["response"]> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  const init: RequestInit = { method: route.slice(0, route.indexOf(" ")), headers };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (cache !== undefined) init.cache = cache;
  let response: Response;
  try {
    response = await fetch(buildUrl(route, path, query), init);
  } catch {
    throw new ApiError(0, "unreachable", {});
  }
  if (response.ok) return (await response.json()) as ApiRoutes[R]["response"];
  const problem = (await response.json().catch(() => ({}))) as Partial<ProblemDetails>;
  throw new ApiError(response.status, problem.code ?? `http.${response.status}`, problem.facts ?? {});
}
