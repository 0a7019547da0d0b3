import { parseMoment } from './moment.ts';

/** How people name a scan: by its id, by a moment (its last millisecond), or by a time before another scan. */
export type ScanPoint =
  | { readonly kind: 'scan'; readonly id: number }
  | { readonly kind: 'moment'; readonly moment: string }
  | { readonly kind: 'ago'; readonly milliseconds: number };

/** What `parseScanPoint` reads, for messages. */
export const SCAN_POINT_FORMS =
  'the id of a scan, a day (2026-05-03), a time (2026-05-03T10:00:00Z), or how long before (7d, 12h)';

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR };

/** Reads `3`, `2026-05-03`, `2026-05-03T10:00:00Z`, `12h`, `7d` or `2w`. */
export function parseScanPoint(text: string): ScanPoint | undefined {
  if (/^[1-9]\d{0,14}$/.test(text)) return { kind: 'scan', id: Number(text) };
  const [, count, unit] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) {
    return { kind: 'ago', milliseconds: Number(count) * (UNITS[unit] ?? HOUR) };
  }
  const moment = parseMoment(text);
  return moment === undefined ? undefined : { kind: 'moment', moment };
}
