/** Captions as WebVTT: reading a file and finding what is to be read at a time. We draw them ourselves. */

export interface Caption {
  start: number;
  end: number;
  lines: string[];
}

const TIMING = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})/;

/** The captions of a WebVTT file, ordered by start. Marks for styles and voices are left out, the words kept. */
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

/** What is to be read at a media time. */
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
