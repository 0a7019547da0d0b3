/** Where a page of changes begins: between which scans, and behind which resource. */
export interface Place {
  readonly before: number;
  readonly after: number;
  /** The store's key of the resource; undefined for the first page. */
  readonly past: string | undefined;
}

/** The cursor of a page that is not the first. */
export function cursorOf({ before, after, past }: Place): string {
  return Buffer.from(`${before} ${after} ${past ?? ''}`).toString('base64url');
}

const CURSOR = /^(\d{1,15}) (\d{1,15}) ([0-9a-f]{64})$/;

/** The place that a cursor tells; undefined where it is none. */
export function placeIn(cursor: string): Place | undefined {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, before, after, past] = CURSOR.exec(text) ?? [];
  return past === undefined ? undefined : { before: Number(before), after: Number(after), past };
}
