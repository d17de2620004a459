// @vitest-environment happy-dom
/** Calls to action as an attendee uses them, with a fake hosting. */
import { beforeEach, describe, expect, it } from "vitest";
import { Refused } from "../live/api";
import { cta } from "../live/test_fixtures";
import { isLink } from "./offers";
import { flushPromises, makeOfferState, openOffers, POLL } from "./panel_fixtures";

beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
});

describe("offers", () => {
  it("count a press once and open the link each time", async () => {
    const { offers, hosting } = openOffers();
    offers.show(makeOfferState({ open: [cta(0, 100)], soFar: [cta(0, 100)] }));
    offers.shelf.querySelector("button")!.click();
    offers.list.querySelector("button")!.click();
    await flushPromises();
    expect([hosting.clicks, hosting.links]).toEqual([["buy"], ["https://example.org", "https://example.org"]]);
  });

  it("do not count again what was counted before a reload", () => {
    const { offers, hosting } = openOffers();
    offers.show(makeOfferState({ open: [cta(0, 100)], clicked: new Set(["buy"]) }));
    offers.shelf.querySelector("button")!.click();
    expect([hosting.clicks, hosting.links.length]).toEqual([[], 1]);
  });

  it("tell a press later when the hosting cannot be reached", async () => {
    const { offers, hosting } = openOffers();
    hosting.failure = new Refused(0, "unreachable", {});
    offers.show(makeOfferState({ open: [cta(0, 100)] }));
    offers.shelf.querySelector("button")!.click();
    await flushPromises();
    hosting.failure = null;
    hosting.timers[0]!();
    await flushPromises();
    expect([hosting.clicks, hosting.links.length]).toEqual([["buy", "buy"], 1]);
  });

  it("never run a script for a link", () => {
    const { offers, hosting } = openOffers();
    offers.show(makeOfferState({ open: [cta(0, 100, { link: "javascript:alert(1)" })] }));
    offers.shelf.querySelector("button")!.click();
    expect(hosting.links).toEqual([]);
    expect([isLink("https://a.example"), isLink("mailto:a@b.example"), isLink("data:text/html,x")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("leave what is open as it is when its end is corrected, so nobody's typing is lost", () => {
    const { offers } = openOffers();
    offers.show(makeOfferState({ open: [POLL] }));
    const form = offers.shelf.querySelector("form");
    offers.show(makeOfferState({ open: [{ ...POLL, until: 99, generation: 2 }] }));
    expect(offers.shelf.querySelector("form")).toBe(form);
  });

  it("hand the keyboard on when what had it leaves the shelf", () => {
    let stray = 0;
    const { offers } = openOffers(() => (stray += 1));
    offers.show(makeOfferState({ open: [cta(0, 100)] }));
    offers.shelf.querySelector("button")!.focus();
    offers.show(makeOfferState({ open: [] }));
    expect(stray).toBe(1);
  });
});
