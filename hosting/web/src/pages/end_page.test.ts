// @vitest-environment happy-dom
/** The end page by the hour: who may still speak, what may still come. */
import { beforeEach, expect, it, vi } from "vitest";
import { Words } from "../i18n/translator";
import { begin, type RoomState } from "../live/room_state";
import { SNAPSHOT, stage } from "../live/test_fixtures";
import { Chat } from "../panels/chat";
import { Offers } from "../panels/offers";
import { EndPage, MESSAGES_MS, REPLIES_MS } from "./end_page";

const OVER_AT = 50_000;
const said = {
  message: "a",
  person: "p",
  name: "Ann",
  text: "Yes, it does.",
  position_ms: 0,
  waits: false,
  at: 49_000,
};
let now: number;
let quiet: number;

function end(state: RoomState): EndPage {
  const words = new Words(["en"], sessionStorage);
  const page = new EndPage(state, {
    words,
    chat: new Chat(words, { say: () => Promise.resolve() }),
    offers: new Offers({
      words,
      session: "s",
      kept: sessionStorage,
      click: () => Promise.resolve(),
      answer: () => Promise.resolve(),
      open: () => undefined,
    }),
    now: () => now,
    onQuiet: () => (quiet += 1),
  });
  document.body.replaceChildren(page.element);
  return page;
}

const over = (more: object = {}): RoomState =>
  begin({ ...SNAPSHOT, phase: "over", cues: [stage(OVER_AT, { phase: "over" })], messages: [said], ...more }, "me");
const note = (): string => document.querySelector("#chat-note")!.textContent;
const field = (): boolean => !document.querySelector<HTMLElement>(".compose")!.hidden;

beforeEach(() => {
  vi.useFakeTimers();
  [now, quiet] = [OVER_AT + 1_000, 0];
});

it("takes last words for half a minute, shows replies for a quarter of an hour, then rests", () => {
  const page = end(over());
  expect([field(), note()]).toEqual([true, "What you were about to say can still be sent."]);
  now = OVER_AT + MESSAGES_MS;
  vi.advanceTimersByTime(500);
  expect([field(), note()]).toEqual([false, "The chat is closed; the team’s replies still appear here."]);
  page.tell(over({ messages: [said, { ...said, message: "b", text: "A reply." }] }));
  expect(document.querySelectorAll(".message")).toHaveLength(2);
  now = OVER_AT + REPLIES_MS;
  vi.advanceTimersByTime(2_000);
  expect([note(), quiet]).toEqual(["The chat is closed.", 1]);
});

it("has no chat where there was none", () => {
  end(over({ chat: "none", messages: [] }));
  expect(document.querySelector<HTMLElement>(".end-chat")!.hidden).toBe(true);
});
