import { describe, expect, it } from "vitest";
import type { LogRow, StreamFrame } from "./protocol";
import { addOpenOffers, applyFrame, createRoomState, type RoomState } from "./room_state";
import { makeCtaCue, makeFrame, makeStageCue, SNAPSHOT } from "./test_fixtures";

function makeMessageRow(message: string, overrides: object = {}): LogRow {
  return {
    type: "said",
    message,
    person: "you",
    name: "Marie",
    text: "Hello",
    position_ms: 0,
    waits: false,
    ...overrides,
  };
}

function applyAll(state: RoomState, ...frames: StreamFrame[]): RoomState {
  return frames.reduce((now, next) => {
    const result = applyFrame(now, next);
    if (result.kind !== "applied") throw new Error(result.kind);
    return result.state;
  }, state);
}

describe("applying frames", () => {
  const state = createRoomState(SNAPSHOT, "me");

  it("applies each frame once, in the order of its audience", () => {
    const next = applyAll(state, makeFrame(6, 4, makeMessageRow("a")));
    expect(next.messages.map(({ message }) => message)).toEqual(["a"]);
    expect(applyFrame(next, makeFrame(6, 4, makeMessageRow("a"))).kind).toBe("duplicate");
    expect(state.messages).toEqual([]);
  });

  it("reports a gap before a later frame, and another epoch after the server was restored", () => {
    expect(applyFrame(state, makeFrame(9, 8, makeMessageRow("a"))).kind).toBe("gap");
    expect(applyFrame(state, makeFrame(5, 4, makeMessageRow("a"), { epoch: "other" })).kind).toBe("epoch");
  });

  it("counts frames for this person and for all attendees separately", () => {
    const own = makeFrame(5, 0, makeMessageRow("a", { person: "me", waits: true }), { audience: "me" });
    const next = applyAll(state, own, makeFrame(6, 4, makeMessageRow("b")));
    expect(next.lastSeqs).toEqual({ public: 6, me: 5 });
    expect(next.messages.map(({ isOwn, waits }) => [isOwn, waits])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it("updates an own message in its place when it is approved", () => {
    const own = makeFrame(5, 0, makeMessageRow("a", { person: "me", waits: true }), { audience: "me", at: 1_500 });
    const next = applyAll(state, own, makeFrame(6, 4, makeMessageRow("a", { person: "me" }), { at: 1_900 }));
    expect(next.messages).toHaveLength(1);
    expect(next.messages[0]).toMatchObject({ waits: false, isOwn: true, at: 1_500 });
  });

  it("removes a message whose approval is withdrawn, and shows it as waiting to its author", () => {
    const others = applyAll(
      state,
      makeFrame(6, 4, makeMessageRow("a")),
      makeFrame(7, 6, { type: "decided", message: "a", approved: false }),
    );
    expect(others.messages).toEqual([]);
    const mine = applyAll(
      state,
      makeFrame(6, 4, makeMessageRow("a", { person: "me" })),
      makeFrame(7, 6, { type: "decided", message: "a", approved: false }),
    );
    expect(mine.messages[0]).toMatchObject({ waits: true });
  });

  it("drops cues of an older generation when they are replaced", () => {
    const playing = createRoomState({ ...SNAPSHOT, cues: [makeStageCue(0), makeCtaCue(0, 900)] }, "me");
    const held = makeStageCue(100, { generation: 2, phase: "held" });
    expect(applyAll(playing, makeFrame(5, 4, { type: "cued", cues: [held], replaces: true })).cues).toEqual([held]);
  });

  it("changes the chat mode, and remembers own clicks and answers", () => {
    const next = applyAll(
      state,
      makeFrame(5, 4, { type: "chat_set", mode: "none" }),
      makeFrame(6, 0, { type: "clicked", person: "me", offer: "buy" }, { audience: "me" }),
      makeFrame(7, 6, { type: "answered", person: "me", offer: "poll", question: "q" }, { audience: "me" }),
    );
    expect(next.chatMode).toBe("none");
    expect([...next.clicked]).toEqual(["buy"]);
    expect(next.answered).toHaveLength(1);
  });

  it("ignores rows of an unknown type", () => {
    expect(applyAll(state, makeFrame(5, 4, { type: "later" } as unknown as LogRow)).lastSeqs.public).toBe(5);
  });
});

describe("the list of all offers", () => {
  it("gains each offer that opens once", () => {
    const state = createRoomState({ ...SNAPSHOT, offers: [makeCtaCue(0, 100)] }, "me");
    expect(addOpenOffers(state, [makeCtaCue(0, 200)])).toBe(state);
    expect(addOpenOffers(state, [makeCtaCue(0, 100, { offer: "other" })]).offers).toHaveLength(2);
  });
});
