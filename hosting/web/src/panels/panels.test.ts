// @vitest-environment happy-dom
/** Chat, offers and surveys as a person uses them, with the hosting played by hand. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Words } from "../i18n/translator";
import { textOn } from "../lib/dom";
import { Refused } from "../live/api";
import type { AnswerGiven, SurveyCue } from "../live/protocol";
import { cta } from "../live/test_fixtures";
import { Chat } from "./chat";
import { isLink, Offers, type OfferState } from "./offers";

const POLL: SurveyCue = {
  type: "survey",
  generation: 1,
  at: 0,
  until: null,
  offer: "poll",
  title: "How was it?",
  questions: [
    { id: "q1", kind: "single", text: "Well?", choices: ["yes", "no"], required: true },
    { id: "q2", kind: "text", text: "Why?" },
    { id: "q3", kind: "rating", text: "How much?", scale: 5 },
    { id: "q4", kind: "multiple", text: "Which?", choices: ["a", "b", "c"] },
  ],
};

let words: Words;
beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
  words = new Words(["en"], sessionStorage);
});

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

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
    await settled();
    expect(chat.element.querySelector(".text")!.textContent).toBe("Does it <b>work</b>?");
    expect(chat.element.querySelector(".text b")).toBeNull();
    const mine = { message: "id1", person: "me", name: "Me", text: "Does it <b>work</b>?", position_ms: 0, at: 5, mine: true };
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
    await settled();
    expect(chat.element.querySelector(".failed span")!.textContent).toBe("That was quick: a moment, please.");
    chat.element.querySelector<HTMLButtonElement>(".failed button")!.click();
    await settled();
    expect(said).toEqual(["id1 Hello", "id1 Hello"]);
    expect(chat.element.querySelector(".failed")).toBeNull();
  });

  it("keeps what is too long, or too soon, in the field and says so", () => {
    const say = vi.fn(() => Promise.resolve());
    const chat = open(say);
    type(chat, "x".repeat(1_001));
    chat.element.querySelector("textarea")!.dispatchEvent(new Event("input"));
    expect(chat.element.querySelector(".problem")!.textContent).toBe("Too long by 1: a message has 1,000 characters at most.");
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

describe("offers", () => {
  const state = (more: Partial<OfferState>): OfferState => ({ open: [], soFar: [], clicked: new Set(), answered: [], ...more });
  let clicks: string[];
  let links: string[];
  let later: (() => void)[];
  let answers: AnswerGiven[];
  let fail: Refused | null;

  function open(onStray: () => void = () => undefined): Offers {
    [clicks, links, later, answers, fail] = [[], [], [], [], null];
    const offers = new Offers({
      words,
      session: "s",
      kept: sessionStorage,
      click: async (offer) => {
        clicks.push(offer);
        if (fail) throw fail;
      },
      answer: async (given) => {
        if (fail) throw fail;
        answers.push(given);
      },
      open: (link) => void links.push(link),
      later: (_ms, run) => void later.push(run),
      onStray,
    });
    document.body.append(offers.shelf, offers.panel);
    return offers;
  }

  it("count a press once and open the link each time", async () => {
    const offers = open();
    offers.show(state({ open: [cta(0, 100)], soFar: [cta(0, 100)] }));
    offers.shelf.querySelector("button")!.click();
    offers.list.querySelector("button")!.click();
    await settled();
    expect([clicks, links]).toEqual([["buy"], ["https://example.org", "https://example.org"]]);
  });

  it("do not count again what was counted before a reload", () => {
    const offers = open();
    offers.show(state({ open: [cta(0, 100)], clicked: new Set(["buy"]) }));
    offers.shelf.querySelector("button")!.click();
    expect([clicks, links.length]).toEqual([[], 1]);
  });

  it("tell a press later when the hosting cannot be reached", async () => {
    const offers = open();
    fail = new Refused(0, "unreachable", {});
    offers.show(state({ open: [cta(0, 100)] }));
    offers.shelf.querySelector("button")!.click();
    await settled();
    fail = null;
    later[0]!();
    await settled();
    expect([clicks, links.length]).toEqual([["buy", "buy"], 1]);
  });

  it("never run a script for a link", () => {
    const offers = open();
    offers.show(state({ open: [cta(0, 100, { link: "javascript:alert(1)" })] }));
    offers.shelf.querySelector("button")!.click();
    expect(links).toEqual([]);
    expect([isLink("https://a.example"), isLink("mailto:a@b.example"), isLink("data:text/html,x")]).toEqual([true, true, false]);
  });

  it("leave what is open as it is when its end is corrected, so nobody's typing is lost", () => {
    const offers = open();
    offers.show(state({ open: [POLL] }));
    const form = offers.shelf.querySelector("form");
    offers.show(state({ open: [{ ...POLL, until: 99, generation: 2 }] }));
    expect(offers.shelf.querySelector("form")).toBe(form);
  });

  it("keep a survey's answers over a reload, send each once and say thanks", async () => {
    const before = open();
    before.show(state({ open: [POLL] }));
    const area = before.shelf.querySelector("textarea")!;
    area.value = "Because.";
    area.dispatchEvent(new Event("input"));
    document.body.replaceChildren();
    const offers = open();
    offers.show(state({ open: [POLL] }));
    const form = offers.shelf.querySelector("form")!;
    expect(form.querySelector("textarea")!.value).toBe("Because.");
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(form.querySelector<HTMLElement>("fieldset .problem")!.hidden).toBe(false);
    const choose = (selector: string): void => {
      const input = form.querySelector<HTMLInputElement>(selector)!;
      input.checked = true;
      input.dispatchEvent(new Event("change"));
    };
    choose('input[name="poll-q1"][value="1"]');
    choose('input[name="poll-q3"][value="4"]');
    choose('input[name="poll-q4"][value="2"]');
    expect(form.querySelector<HTMLElement>("fieldset .problem")!.hidden).toBe(true);
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(answers).toEqual([
      { offer: "poll", question: "q2", text: "Because." },
      { offer: "poll", question: "q1", choices: [1] },
      { offer: "poll", question: "q3", rating: 4 },
      { offer: "poll", question: "q4", choices: [2] },
    ]);
    expect(offers.shelf.querySelector("form")).toBeNull();
    expect(offers.shelf.textContent).toContain("Thank you");
    expect(sessionStorage.getItem("matinee.survey.s.poll")).toBeNull();
  });

  it("leave a survey that somebody answers where it is when its time is over", () => {
    const offers = open();
    offers.show(state({ open: [POLL], soFar: [POLL] }));
    const form = offers.shelf.querySelector("form")!;
    form.querySelector<HTMLInputElement>('input[name="poll-q1"]')!.click();
    offers.show(state({ open: [], soFar: [POLL] }));
    expect(offers.shelf.querySelector("form")).toBe(form);
    offers.shelf.querySelector<HTMLButtonElement>(".later")!.click();
    expect(offers.shelf.querySelector("form")).toBeNull();
    offers.unfoldBegun();
    expect(offers.list.querySelector("form")).not.toBeNull();
  });

  it("hand the keyboard on when what had it leaves the shelf", () => {
    let stray = 0;
    const offers = open(() => (stray += 1));
    offers.show(state({ open: [cta(0, 100)] }));
    offers.shelf.querySelector("button")!.focus();
    offers.show(state({ open: [] }));
    expect(stray).toBe(1);
  });

  it("keep the answers when they could not be sent", async () => {
    const offers = open();
    offers.show(state({ open: [POLL] }));
    const form = offers.shelf.querySelector("form")!;
    const input = form.querySelector<HTMLInputElement>('input[name="poll-q1"]')!;
    input.checked = true;
    input.dispatchEvent(new Event("change"));
    fail = new Refused(0, "unreachable", {});
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(form.textContent).toContain("Not everything was sent");
    expect(sessionStorage.getItem("matinee.survey.s.poll")).toContain("q1");
    fail = new Refused(409, "room.answered", {});
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await settled();
    expect(offers.shelf.textContent).toContain("Thank you");
  });
});

it("text on a colour is black or white, whichever is easier to read", () => {
  expect([textOn("#D55E00"), textOn("#0072B2"), textOn("#F0E442")]).toEqual(["#000000", "#ffffff", "#000000"]);
});
