import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();

/** What `parseMoment` reads, for messages. */
export const MOMENT_FORMS = 'a day such as 2026-05-03, or a time such as 2026-05-03T10:00:00Z';

/**
 * The last millisecond of a moment, ISO 8601 in UTC: a day (`2026-05-03`) is over at its end in UTC, a time
 * (`2026-05-03T10:00:00Z`, or with an offset) is itself. Undefined where the text is neither.
 */
export function parseMoment(text: string): string | undefined {
  if (day.safeParse(text).success) return `${text}T23:59:59.999Z`;
  return instant.safeParse(text).success ? new Date(text).toISOString() : undefined;
}
