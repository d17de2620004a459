// @vitest-environment happy-dom
/** The end page over time: until when attendees can write and replies arrive. */
import { beforeEach, expect, it, vi } from "vitest";
import { Translator } from "../i18n/translator";
import { MESSAGE_GRACE_MS, REPLY_GRACE_MS } from "../live/generated";
import { createRoomState, type RoomState } from "../live/room_state";
import { makeStageCue, SNAPSHOT } from "../live/test_fixtures";
import { ChatPanel } from "../panels/chat";
import { OffersPanel } from "../panels/offers";
import { EndPage } from "./end_page";

const OVER_AT = 50_000;
const MESSAGE = {
  type: "said" as const,
  message: "a",
  person: "p",
  name: "Ann",
  text: "Yes, it does.",
  position_ms: 0,
  waits: false,
  at: 49_000,
};
let now: number;
let repliesOverCount: number;

function openEndPage(state: RoomState): EndPage {
  const translator = new Translator(["en"], sessionStorage);
  const page = new EndPage(state, {
    translator,
    chat: new ChatPanel(translator, { sendMessage: () => Promise.resolve() }),
    offers: new OffersPanel({
      translator,
      session: "s",
      storage: sessionStorage,
      sendClick: () => Promise.resolve(),
      sendAnswer: () => Promise.resolve(),
      openLink: () => undefined,
    }),
    now: () => now,
    onRepliesOver: () => (repliesOverCount += 1),
  });
  document.body.replaceChildren(page.element);
  return page;
}

const makeOverState = (overrides: object = {}): RoomState =>
  createRoomState(
    { ...SNAPSHOT, phase: "over", cues: [makeStageCue(OVER_AT, { phase: "over" })], messages: [MESSAGE], ...overrides },
    "me",
  );
const readNote = (): string => document.querySelector("#chat-note")!.textContent;
const isFieldVisible = (): boolean => !document.querySelector<HTMLElement>(".compose")!.hidden;

beforeEach(() => {
  vi.useFakeTimers();
  [now, repliesOverCount] = [OVER_AT + 1_000, 0];
});

it("accepts messages for half a minute and shows replies for a quarter of an hour", () => {
  const page = openEndPage(makeOverState());
  expect([isFieldVisible(), readNote()]).toEqual([
    true,
    "The webinar has ended. You can still send your last message.",
  ]);
  now = OVER_AT + MESSAGE_GRACE_MS;
  vi.advanceTimersByTime(500);
  expect([isFieldVisible(), readNote()]).toEqual([
    false,
    "The chat is closed. Replies from the team still appear here.",
  ]);
  page.update(makeOverState({ messages: [MESSAGE, { ...MESSAGE, message: "b", text: "A reply." }] }));
  expect(document.querySelectorAll(".message")).toHaveLength(2);
  now = OVER_AT + REPLY_GRACE_MS;
  vi.advanceTimersByTime(2_000);
  expect([readNote(), repliesOverCount]).toEqual(["The chat is closed.", 1]);
});

it("has no chat if the room had none", () => {
  openEndPage(makeOverState({ chat: "none", messages: [] }));
  expect(document.querySelector<HTMLElement>(".end-chat")!.hidden).toBe(true);
});
