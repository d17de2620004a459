import { describe, expect, it } from "vitest";
import type { Frame, Row } from "./protocol";
import { apply, begin, withOpened, type RoomState } from "./room_state";
import { cta, frame, SNAPSHOT, stage } from "./test_fixtures";

function said(message: string, more: object = {}): Row {
  return { type: "said", message, person: "you", name: "Marie", text: "Hello", position_ms: 0, waits: false, ...more };
}

function all(state: RoomState, ...frames: Frame[]): RoomState {
  return frames.reduce((now, next) => {
    const applied = apply(now, next);
    if (applied.kind !== "applied") throw new Error(applied.kind);
    return applied.state;
  }, state);
}

describe("frames", () => {
  const state = begin(SNAPSHOT, "me");

  it("are applied in the order of their audience, each once", () => {
    const next = all(state, frame(6, 4, said("a")));
    expect(next.messages.map(({ message }) => message)).toEqual(["a"]);
    expect(apply(next, frame(6, 4, said("a"))).kind).toBe("seen");
    expect(state.messages).toEqual([]);
  });

  it("that do not follow what was seen tell of a gap; another epoch of a restored server", () => {
    expect(apply(state, frame(9, 8, said("a"))).kind).toBe("gap");
    expect(apply(state, frame(5, 4, said("a"), { epoch: "other" })).kind).toBe("epoch");
  });

  it("of one's own and of all are counted apart", () => {
    const own = frame(5, 0, said("a", { person: "me", waits: true }), { audience: "me" });
    const next = all(state, own, frame(6, 4, said("b")));
    expect(next.seen).toEqual({ public: 6, me: 5 });
    expect(next.messages.map(({ mine, waits }) => [mine, waits])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it("that approve one's message change it in its place", () => {
    const own = frame(5, 0, said("a", { person: "me", waits: true }), { audience: "me", at: 1_500 });
    const next = all(state, own, frame(6, 4, said("a", { person: "me" }), { at: 1_900 }));
    expect(next.messages).toHaveLength(1);
    expect(next.messages[0]).toMatchObject({ waits: false, mine: true, at: 1_500 });
  });

  it("that take a message back remove it for others and leave it waiting for its author", () => {
    const others = all(state, frame(6, 4, said("a")), frame(7, 6, { type: "decided", message: "a", approved: false }));
    expect(others.messages).toEqual([]);
    const mine = all(
      state,
      frame(6, 4, said("a", { person: "me" })),
      frame(7, 6, { type: "decided", message: "a", approved: false }),
    );
    expect(mine.messages[0]).toMatchObject({ waits: true });
  });

  it("that replace cues drop those of the older generation", () => {
    const playing = begin({ ...SNAPSHOT, cues: [stage(0), cta(0, 900)] }, "me");
    const held = stage(100, { generation: 2, phase: "held" });
    expect(all(playing, frame(5, 4, { type: "cued", cues: [held], replaces: true })).cues).toEqual([held]);
  });

  it("switch the chat, and remember clicks and answers of one's own", () => {
    const next = all(
      state,
      frame(5, 4, { type: "chat_set", mode: "none" }),
      frame(6, 0, { type: "clicked", person: "me", offer: "buy" }, { audience: "me" }),
      frame(7, 6, { type: "answered", person: "me", offer: "poll", question: "q" }, { audience: "me" }),
    );
    expect(next.chat).toBe("none");
    expect([...next.clicked]).toEqual(["buy"]);
    expect(next.answered).toHaveLength(1);
  });

  it("of a kind that this page does not know pass by", () => {
    expect(all(state, frame(5, 4, { type: "later" } as unknown as Row)).seen["public"]).toBe(5);
  });
});

describe("offers so far", () => {
  it("gain what opens, once", () => {
    const state = begin({ ...SNAPSHOT, offers: [cta(0, 100)] }, "me");
    expect(withOpened(state, [cta(0, 200)])).toBe(state);
    expect(withOpened(state, [cta(0, 100, { offer: "other" })]).offers).toHaveLength(2);
  });
});
