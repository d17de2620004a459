import { expect, it } from "vitest";
import { chooseTextColour } from "./dom";

it("text on a colour is black or white, whichever is easier to read", () => {
  expect([chooseTextColour("#D55E00"), chooseTextColour("#0072B2"), chooseTextColour("#F0E442")]).toEqual([
    "#000000",
    "#ffffff",
    "#000000",
  ]);
});
