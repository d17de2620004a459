import { expect, it } from "vitest";
import { findCaptionLines, parseVtt } from "./captions";

const FILE = `WEBVTT - a title

NOTE not to be read

STYLE
::cue { color: red }

1
00:01.000 --> 00:03.500 align:start
<v Marie>Tea &amp; <i>cake</i></v>
twice

01:00:00.000 --> 01:00:01.000
Late
`;

it("parses texts and times, and removes markup", () => {
  expect(parseVtt(FILE.replaceAll("\n", "\r\n"))).toEqual([
    { start: 1_000, end: 3_500, lines: ["Tea & cake", "twice"] },
    { start: 3_600_000, end: 3_601_000, lines: ["Late"] },
  ]);
});

it("finds a caption from its start until before its end", () => {
  const captions = parseVtt(FILE);
  expect(findCaptionLines(captions, 999)).toEqual([]);
  expect(findCaptionLines(captions, 1_000)).toEqual(["Tea & cake", "twice"]);
  expect(findCaptionLines(captions, 3_500)).toEqual([]);
});

it("finds no captions in a file that is not WebVTT", () => {
  expect(parseVtt("<html>")).toEqual([]);
});
