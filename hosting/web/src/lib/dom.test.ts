import { expect, it } from "vitest";
import { textOn } from "./dom";

it("text on a colour is black or white, whichever is easier to read", () => {
  expect([textOn("#D55E00"), textOn("#0072B2"), textOn("#F0E442")]).toEqual(["#000000", "#ffffff", "#000000"]);
});
