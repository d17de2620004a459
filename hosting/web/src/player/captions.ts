/** Captions: parsing WebVTT files and finding the lines to show at a time. The stage draws them itself. */

/** A caption with its start and end in milliseconds of the media. */
export interface Caption {
  start: number;
  end: number;
  lines: string[];
}

const TIMING = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})/;

/** Parse a WebVTT file into captions ordered by start; markup for styles and voices is removed. */
export function parseVtt(text: string): Caption[] {
  const captions: Caption[] = [];
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n{2,}/)) {
    const lines = block.split("\n");
    const timingLine = lines.findIndex((line) => TIMING.test(line));
    if (timingLine < 0) continue;
    const [, from, to] = TIMING.exec(lines[timingLine]!)!;
    const textLines = lines
      .slice(timingLine + 1)
      .map(stripMarkup)
      .filter(Boolean);
    if (textLines.length) captions.push({ start: parseTime(from!), end: parseTime(to!), lines: textLines });
  }
  return captions.sort((one, other) => one.start - other.start);
}

/** Return the lines to show at a time of the media. */
export function findCaptionLines(captions: readonly Caption[], ms: number): string[] {
  return captions.filter(({ start, end }) => start <= ms && ms < end).flatMap(({ lines }) => lines);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", nbsp: "\u00a0", lrm: "\u200e", rlm: "\u200f" };

function stripMarkup(line: string): string {
  return line
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => ENTITIES[name]!)
    .trim();
}

function parseTime(text: string): number {
  return Math.round(text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);
}
