// @vitest-environment happy-dom
/** A survey among the offers as an attendee answers it, with a fake hosting. */
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../live/api";
import { flushPromises, makeOffersState, openOffers, POLL } from "./panel_fixtures";

beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
});

describe("surveys", () => {
  it("keep a draft over a reload, send each answer once and show thanks", async () => {
    const { offers: before } = openOffers();
    before.show(makeOffersState({ open: [POLL] }));
    const area = before.openArea.querySelector("textarea")!;
    area.value = "Because.";
    area.dispatchEvent(new Event("input"));
    document.body.replaceChildren();
    const { offers, hosting } = openOffers();
    offers.show(makeOffersState({ open: [POLL] }));
    const form = offers.openArea.querySelector("form")!;
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
    await flushPromises();
    expect(hosting.answers).toEqual([
      { offer: "poll", question: "q2", text: "Because." },
      { offer: "poll", question: "q1", choices: [1] },
      { offer: "poll", question: "q3", rating: 4 },
      { offer: "poll", question: "q4", choices: [2] },
    ]);
    expect(offers.openArea.querySelector("form")).toBeNull();
    expect(offers.openArea.textContent).toContain("Thank you");
    expect(sessionStorage.getItem("matinee.survey.s.poll")).toBeNull();
  });

  it("stay open after their end while the attendee is answering", () => {
    const { offers } = openOffers();
    offers.show(makeOffersState({ open: [POLL], soFar: [POLL] }));
    const form = offers.openArea.querySelector("form")!;
    form.querySelector<HTMLInputElement>('input[name="poll-q1"]')!.click();
    offers.show(makeOffersState({ open: [], soFar: [POLL] }));
    expect(offers.openArea.querySelector("form")).toBe(form);
    offers.openArea.querySelector<HTMLButtonElement>(".later")!.click();
    expect(offers.openArea.querySelector("form")).toBeNull();
    offers.expandStarted();
    expect(offers.list.querySelector("form")).not.toBeNull();
  });

  it("keep the draft when sending fails", async () => {
    const { offers, hosting } = openOffers();
    offers.show(makeOffersState({ open: [POLL] }));
    const form = offers.openArea.querySelector("form")!;
    const input = form.querySelector<HTMLInputElement>('input[name="poll-q1"]')!;
    input.checked = true;
    input.dispatchEvent(new Event("change"));
    hosting.failure = new ApiError(0, "unreachable", {});
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await flushPromises();
    expect(form.textContent).toContain("Some answers could not be sent");
    expect(sessionStorage.getItem("matinee.survey.s.poll")).toContain("q1");
    hosting.failure = new ApiError(409, "room.answered", {});
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    await flushPromises();
    expect(offers.openArea.textContent).toContain("Thank you");
  });
});
