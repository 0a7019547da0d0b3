import { changesOf } from '@denyscope/inventory';
import {
  SCAN_POINT_FORMS,
  SNAPSHOT_KINDS,
  changesAnswerSchema,
  parseScanPoint,
  type Change,
  type ChangesAnswer,
  type ComparedScan,
  type ScanPoint,
} from '@denyscope/model';
import { StoreError, scansToCompare, type ScanRecord, type Store } from '@denyscope/store';
import { z } from 'zod';
import { type App } from '../app.ts';
import { ApiProblem } from '../problem.ts';
import { cursorOf, placeIn, type Place } from './changes-cursor.ts';
import { accountId, pageLimit } from './query.ts';
import { GET, notReady, refuseOtherMethods } from './route.ts';

const PAGE = 100;
const LARGEST_PAGE = 1_000;

const scanPoint = z
  .string()
  .transform((text) => parseScanPoint(text))
  .refine((point) => point !== undefined, `expected ${SCAN_POINT_FORMS}`)
  .optional();

const schema = {
  querystring: z.strictObject({
    since: scanPoint,
    until: scanPoint,
    bucket: z.string().min(1).optional(),
    account: accountId.optional(),
    kind: z
      .string()
      .refine(
        (kind) => Object.hasOwn(SNAPSHOT_KINDS, kind),
        'expected a kind of snapshot line, such as bucket',
      )
      .optional(),
    limit: pageLimit(LARGEST_PAGE),
    cursor: z.string().min(1).optional(),
  }),
  response: { 200: changesAnswerSchema },
};

type Query = z.infer<typeof schema.querystring>;
/** What changes are looked for in. */
type Comparer = Pick<Store, 'latestScan' | 'scan' | 'scanAsOf' | 'firstScan' | 'scanBefore' | 'readChanges'>;

const URL = '/v1/changes';

/**
 * `GET /v1/changes`: what differs between two scans, a page at a time. A cursor goes on with the scans of its first page,
 * whatever `since` and `until` would name by now.
 */
export function changesRoute(app: App, store: Comparer): void {
  app.get(URL, { schema }, async ({ query }) => {
    const { bucket, kind, cursor } = query;
    if (bucket !== undefined && kind !== undefined)
      throw badRequest('give `bucket` or `kind`, not both', 'kind');
    const place = cursor === undefined ? await firstPlace(store, query) : placeIn(cursor);
    if (place === undefined) throw foreignCursor();
    return pageAt(store, place, query);
  });
  refuseOtherMethods(app, URL, GET);
}

function badRequest(detail: string, field: string): ApiProblem {
  return new ApiProblem('bad-request', detail, { members: { field } });
}

function foreignCursor(): ApiProblem {
  return badRequest(
    'expected `next` of an earlier answer, whose scans and resources are still kept',
    'cursor',
  );
}

async function firstPlace(
  store: Comparer,
  points: { since?: ScanPoint | undefined; until?: ScanPoint | undefined },
): Promise<Place> {
  const scans = await scansToCompare(store, points);
  if (!('missing' in scans)) return { before: scans.before.id, after: scans.after.id, past: undefined };
  if (scans.field === 'scan') throw notReady();
  throw new ApiProblem('not-found', scans.missing, { members: { field: scans.field } });
}

async function pageAt(store: Comparer, place: Place, query: Query): Promise<ChangesAnswer> {
  const { limit = PAGE, bucket, account, kind } = query;
  const { before, after, past } = place;
  const filter = { bucket, accountId: account, kind, past };
  const stored = await store.readChanges({ before, after }, filter).catch(asProblem(past));
  const changes: Change[] = [];
  let last = past;
  let next: string | null = null;
  for await (const { change, pair } of changesOf(stored)) {
    if (changes.length === limit) {
      next = cursorOf({ before, after, past: last });
      break;
    }
    changes.push(change);
    last = pair.key;
  }
  return { from: comparedOf(stored.before.record), to: comparedOf(stored.after.record), changes, next };
}

/** Scans of a cursor may have been let go of since. */
function asProblem(past: string | undefined): (error: unknown) => never {
  return (error) => {
    const isGone = error instanceof StoreError && ['no-such-scan', 'no-such-resource'].includes(error.code);
    throw past !== undefined && isGone ? foreignCursor() : error;
  };
}

function comparedOf({ id, takenAt, finishedAt, startedAt }: ScanRecord): ComparedScan {
  return { id: String(id), takenAt, finishedAt: finishedAt ?? startedAt };
}
