// @vitest-environment happy-dom
/** The chat as an attendee uses it, with a fake hosting. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Words } from "../i18n/translator";
import { Refused } from "../live/api";
import { Chat } from "./chat";
import { flushPromises } from "./panel_fixtures";

let words: Words;
beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
  words = new Words(["en"], sessionStorage);
});

describe("the chat", () => {
  function open(say: (id: string, text: string) => Promise<void>): Chat {
    let id = 0;
    const chat = new Chat(words, { say }, () => `id${(id += 1)}`);
    document.body.append(chat.element);
    chat.show({ messages: [], mode: "moderated", closed: null });
    return chat;
  }

  function type(chat: Chat, text: string): void {
    chat.element.querySelector("textarea")!.value = text;
    chat.element.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
  }

  it("shows a message while it is sent, and once when the log tells of it", async () => {
    const chat = open(() => Promise.resolve());
    type(chat, "  Does it <b>work</b>?  ");
    await flushPromises();
    expect(chat.element.querySelector(".text")!.textContent).toBe("Does it <b>work</b>?");
    expect(chat.element.querySelector(".text b")).toBeNull();
    const mine = {
      message: "id1",
      person: "me",
      name: "Me",
      text: "Does it <b>work</b>?",
      position_ms: 0,
      at: 5,
      mine: true,
    };
    chat.show({ messages: [{ ...mine, waits: true }], mode: "moderated", closed: null });
    expect(chat.element.querySelectorAll("li")).toHaveLength(1);
    expect(chat.element.querySelector(".state")!.textContent).toBe("waits for a moderator; only you see it");
    chat.show({ messages: [{ ...mine, waits: false }], mode: "moderated", closed: null });
    expect(chat.element.querySelector(".state")).toBeNull();
  });

  it("keeps what could not be sent, and sends the same again", async () => {
    const said: string[] = [];
    const chat = open((id, text) => {
      said.push(`${id} ${text}`);
      return said.length === 1 ? Promise.reject(new Refused(429, "room.fast", {})) : Promise.resolve();
    });
    type(chat, "Hello");
    await flushPromises();
    expect(chat.element.querySelector(".failed span")!.textContent).toBe("That was quick: a moment, please.");
    chat.element.querySelector<HTMLButtonElement>(".failed button")!.click();
    await flushPromises();
    expect(said).toEqual(["id1 Hello", "id1 Hello"]);
    expect(chat.element.querySelector(".failed")).toBeNull();
  });

  it("keeps what is too long, or too soon, in the field and says so", () => {
    const say = vi.fn(() => Promise.resolve());
    const chat = open(say);
    type(chat, "x".repeat(1_001));
    chat.element.querySelector("textarea")!.dispatchEvent(new Event("input"));
    expect(chat.element.querySelector(".problem")!.textContent).toBe(
      "Too long by 1: a message has 1,000 characters at most.",
    );
    for (const text of ["One", "Two", "Three", "Four"]) type(chat, text);
    expect(say).toHaveBeenCalledTimes(3);
    expect(chat.element.querySelector("textarea")!.value).toBe("Four");
    expect(chat.element.querySelector(".problem")!.textContent).toMatch(/^Three messages in ten seconds are the most/);
  });

  it("sends nothing that is empty, and says why it is closed", () => {
    const say = vi.fn(() => Promise.resolve());
    const chat = open(say);
    type(chat, "   ");
    expect(say).not.toHaveBeenCalled();
    chat.show({ messages: [], mode: "none", closed: "chat.none" });
    expect(chat.element.querySelector("form")!.hidden).toBe(true);
    expect(chat.element.querySelector("#chat-note")!.textContent).toBe("There is no chat in this webinar.");
  });
});
