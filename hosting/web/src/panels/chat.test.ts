// @vitest-environment happy-dom
/** The chat as an attendee uses it, with a fake hosting. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Translator } from "../i18n/translator";
import { ApiError } from "../live/api";
import { ChatPanel } from "./chat";
import { flushPromises } from "./panel_fixtures";

let translator: Translator;
beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
  translator = new Translator(["en"], sessionStorage);
});

describe("the chat", () => {
  function openChat(sendMessage: (id: string, text: string) => Promise<void>): ChatPanel {
    const ids = ["id1", "id2", "id3", "id4"];
    const chat = new ChatPanel(translator, { sendMessage }, () => ids.shift()!);
    document.body.append(chat.element);
    chat.show({ messages: [], mode: "moderated", closedReason: null });
    return chat;
  }

  function submitText(chat: ChatPanel, text: string): void {
    chat.element.querySelector("textarea")!.value = text;
    chat.element.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
  }

  it("shows a message while it is being sent, and only once when it arrives in the log", async () => {
    const chat = openChat(() => Promise.resolve());
    submitText(chat, "  Does it <b>work</b>?  ");
    await flushPromises();
    expect(chat.element.querySelector(".text")!.textContent).toBe("Does it <b>work</b>?");
    expect(chat.element.querySelector(".text b")).toBeNull();
    const own = {
      type: "said" as const,
      message: "id1",
      person: "me",
      name: "Me",
      text: "Does it <b>work</b>?",
      position_ms: 0,
      at: 5,
      isOwn: true,
    };
    chat.show({ messages: [{ ...own, waits: true }], mode: "moderated", closedReason: null });
    expect(chat.element.querySelectorAll("li")).toHaveLength(1);
    expect(chat.element.querySelector(".state")!.textContent).toBe("Waiting for approval. Only you can see it.");
    chat.show({ messages: [{ ...own, waits: false }], mode: "moderated", closedReason: null });
    expect(chat.element.querySelector(".state")).toBeNull();
  });

  it("keeps a message that could not be sent, and retries it with the same id", async () => {
    const sent: string[] = [];
    const chat = openChat((id, text) => {
      sent.push(`${id} ${text}`);
      return sent.length === 1 ? Promise.reject(new ApiError(429, "room.fast", {})) : Promise.resolve();
    });
    submitText(chat, "Hello");
    await flushPromises();
    expect(chat.element.querySelector(".failed span")!.textContent).toBe(
      "You’re sending messages too fast. Wait a moment and try again.",
    );
    chat.element.querySelector<HTMLButtonElement>(".failed button")!.click();
    await flushPromises();
    expect(sent).toEqual(["id1 Hello", "id1 Hello"]);
    expect(chat.element.querySelector(".failed")).toBeNull();
  });

  it("keeps a message that is too long or too soon in the field, with the reason", () => {
    const sendMessage = vi.fn(() => Promise.resolve());
    const chat = openChat(sendMessage);
    submitText(chat, "x".repeat(1_001));
    chat.element.querySelector("textarea")!.dispatchEvent(new Event("input"));
    expect(chat.element.querySelector(".problem")!.textContent).toBe(
      "Your message is too long: 1,001 of 1,000 characters.",
    );
    for (const text of ["One", "Two", "Three", "Four"]) submitText(chat, text);
    expect(sendMessage).toHaveBeenCalledTimes(3);
    expect(chat.element.querySelector("textarea")!.value).toBe("Four");
    expect(chat.element.querySelector(".problem")!.textContent).toMatch(/^You can send up to 3 messages in 10 seconds/);
  });

  it("sends no empty message, and shows why the chat is closed", () => {
    const sendMessage = vi.fn(() => Promise.resolve());
    const chat = openChat(sendMessage);
    submitText(chat, "   ");
    expect(sendMessage).not.toHaveBeenCalled();
    chat.show({ messages: [], mode: "none", closedReason: "chat.none" });
    expect(chat.element.querySelector("form")!.hidden).toBe(true);
    expect(chat.element.querySelector("#chat-note")!.textContent).toBe("There is no chat in this webinar.");
  });
});
