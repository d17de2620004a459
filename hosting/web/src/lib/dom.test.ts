import { expect, it } from "vitest";
import { chooseTextColour } from "./dom";

it("chooses black or white text, whichever has the higher contrast", () => {
  expect([chooseTextColour("#D55E00"), chooseTextColour("#0072B2"), chooseTextColour("#F0E442")]).toEqual([
    "#000000",
    "#ffffff",
    "#000000",
  ]);
});
