import { expect, it } from "vitest";
import { ViewerClock } from "./viewer_clock";

it("moves only while it plays, and stops at the end", () => {
  let local = 0;
  const clock = new ViewerClock(10_000, () => local);
  local = 500;
  expect(clock.now()).toBe(0);
  clock.play();
  local = 1_500;
  expect(clock.now()).toBe(1_000);
  clock.pause();
  local = 9_000;
  expect(clock.now()).toBe(1_000);
  clock.play();
  local = 90_000;
  expect(clock.now()).toBe(10_000);
  clock.play();
  expect(clock.now()).toBe(0);
});

it("waits while the player waits for data, and follows it", () => {
  let local = 0;
  const clock = new ViewerClock(10_000, () => local);
  clock.play();
  local = 1_000;
  clock.followPlayer(0, true);
  local = 5_000;
  expect(clock.now()).toBe(1_000);
  clock.followPlayer(0, false);
  clock.followPlayer(-80, false);
  expect(clock.now()).toBe(920);
});

it("seeks only within the recording", () => {
  const clock = new ViewerClock(10_000, () => 0);
  clock.seek(99_999);
  expect(clock.now()).toBe(10_000);
  clock.seek(-5);
  expect(clock.now()).toBe(0);
});
