// @vitest-environment happy-dom
/** Calls to action as an attendee uses them, with a fake hosting. */
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../live/api";
import { makeCtaCue } from "../live/test_fixtures";
import { isSafeLink } from "./offers";
import { flushPromises, makeOffersState, openOffers, POLL } from "./panel_fixtures";

beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
});

describe("offers", () => {
  it("report the first click and open the link at each", async () => {
    const { offers, hosting } = openOffers();
    offers.show(makeOffersState({ open: [makeCtaCue(0, 100)], soFar: [makeCtaCue(0, 100)] }));
    offers.openArea.querySelector("button")!.click();
    offers.list.querySelector("button")!.click();
    await flushPromises();
    expect([hosting.clicks, hosting.links]).toEqual([["buy"], ["https://example.org", "https://example.org"]]);
  });

  it("do not report a click again after a reload", () => {
    const { offers, hosting } = openOffers();
    offers.show(makeOffersState({ open: [makeCtaCue(0, 100)], clicked: new Set(["buy"]) }));
    offers.openArea.querySelector("button")!.click();
    expect([hosting.clicks, hosting.links.length]).toEqual([[], 1]);
  });

  it("retry the report of a click while the hosting is unreachable", async () => {
    const { offers, hosting } = openOffers();
    hosting.failure = new ApiError(0, "unreachable", {});
    offers.show(makeOffersState({ open: [makeCtaCue(0, 100)] }));
    offers.openArea.querySelector("button")!.click();
    await flushPromises();
    hosting.failure = null;
    hosting.timers[0]!();
    await flushPromises();
    expect([hosting.clicks, hosting.links.length]).toEqual([["buy", "buy"], 1]);
  });

  it("never open a link that would run a script", () => {
    const { offers, hosting } = openOffers();
    offers.show(makeOffersState({ open: [makeCtaCue(0, 100, { link: "javascript:alert(1)" })] }));
    offers.openArea.querySelector("button")!.click();
    expect(hosting.links).toEqual([]);
    expect([isSafeLink("https://a.example"), isSafeLink("mailto:a@b.example"), isSafeLink("data:text/html,x")]).toEqual(
      [true, true, false],
    );
  });

  it("keep an open form when only its end changes, so that no input is lost", () => {
    const { offers } = openOffers();
    offers.show(makeOffersState({ open: [POLL] }));
    const form = offers.openArea.querySelector("form");
    offers.show(makeOffersState({ open: [{ ...POLL, until: 99, generation: 2 }] }));
    expect(offers.openArea.querySelector("form")).toBe(form);
  });

  it("report when an offer that had the focus disappears", () => {
    let lostCount = 0;
    const { offers } = openOffers(() => (lostCount += 1));
    offers.show(makeOffersState({ open: [makeCtaCue(0, 100)] }));
    offers.openArea.querySelector("button")!.focus();
    offers.show(makeOffersState({ open: [] }));
    expect(lostCount).toBe(1);
  });
});
