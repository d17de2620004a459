/** Captions as WebVTT: reading a file and finding what is to be read at a time. We draw them ourselves. */

export interface Caption {
  start: number;
  end: number;
  lines: string[];
}

const TIMING = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})/;

/** The captions of a WebVTT file, ordered by start. Marks for styles and voices are left out, the words kept. */
export function readVtt(text: string): Caption[] {
  const found: Caption[] = [];
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n{2,}/)) {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => TIMING.test(line));
    if (at < 0) continue;
    const [, from, to] = TIMING.exec(lines[at]!)!;
    const words = lines
      .slice(at + 1)
      .map(plain)
      .filter(Boolean);
    if (words.length) found.push({ start: timeOf(from!), end: timeOf(to!), lines: words });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** What is to be read at a media time. */
export function captionAt(captions: readonly Caption[], ms: number): string[] {
  return captions.filter(({ start, end }) => start <= ms && ms < end).flatMap(({ lines }) => lines);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", nbsp: "\u00a0", lrm: "\u200e", rlm: "\u200f" };

function plain(line: string): string {
  return line
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => ENTITIES[name]!)
    .trim();
}

function timeOf(text: string): number {
  return Math.round(text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);
}
