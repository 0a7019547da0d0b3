import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { loadSnapshot, snapshotsEqual, writeSnapshot, type Snapshot } from '@denyscope/inventory';
import type { SnapshotHeader, SnapshotLine } from '@denyscope/model';
import type { Store } from '@denyscope/store';
import { demoWorld, generateWorld, PRESETS, type World } from '@denyscope/worlds';
import { faultOf, freshStore } from '../support/database.ts';

const GENERATED = 200;

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ store, drop } = await freshStore());
});

afterAll(() => drop());

/** The file of a world, in pieces that do not end where its lines end. */
async function* file({ header, lines }: World, gzip: boolean): AsyncGenerator<Uint8Array> {
  const text = Buffer.from([...writeSnapshot(header, lines)].join(''));
  const bytes = gzip ? gzipSync(text) : text;
  for (let at = 0; at < bytes.length; at += 4093) yield bytes.subarray(at, at + 4093);
}

async function* each(lines: readonly SnapshotLine[]): AsyncGenerator<SnapshotLine> {
  yield* lines;
}

async function throughTheStore(
  snapshot: Snapshot,
): Promise<{ header: SnapshotHeader; lines: SnapshotLine[] }> {
  const scan = await store.importSnapshot(snapshot.header, each(snapshot.lines));
  const { header, lines } = await store.readScan(scan.id);
  const kept: SnapshotLine[] = [];
  for await (const line of lines) kept.push(line);
  return { header, lines: kept };
}

describe('a snapshot that is imported and exported is equal to what it was', () => {
  test.each([false, true])('the demo organization, gzip: %s', async (gzip) => {
    const world = demoWorld();
    expect(snapshotsEqual(await throughTheStore(await loadSnapshot(file(world, gzip))), world)).toBe(true);
  });

  test(`${GENERATED} generated organizations, one after another over the same store`, async () => {
    for (let seed = 1; seed <= GENERATED; seed++) {
      const world = generateWorld({ ...PRESETS.tiny, seed });
      const kept = await throughTheStore(await loadSnapshot(file(world, seed % 2 === 0)));
      expect([seed, snapshotsEqual(kept, world)]).toEqual([seed, true]);
    }
  }, 120_000);
});

test('access points in several Regions and S3 policies of the organization come back as they were', async () => {
  const { header } = demoWorld();
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  const lines: readonly SnapshotLine[] = [
    {
      kind: 'multi-region-access-point',
      accountId: '111122223333',
      data: {
        Name: 'everywhere',
        Alias: 'mfzwi23gnjvgw.mrap',
        PublicAccessBlock: { RestrictPublicBuckets: true },
        Regions: [{ Bucket: 'data', Region: 'eu-west-1' }],
        Policy: policy,
      },
      unreadable: [{ field: 'PolicyStatus', reason: 'AccessDenied' }],
    },
    {
      kind: 'access-point',
      accountId: '111122223333',
      region: 'eu-west-1',
      data: { Name: 'desk', Bucket: 'data', PolicyStatus: { IsPublic: false }, Tags: [], Policy: policy },
    },
    {
      kind: 'organization-policy',
      data: {
        Id: 'p-1a2b3c4d',
        Type: 'S3_POLICY',
        Content: { s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } } },
        TargetIds: ['r-1a2b'],
      },
    },
  ];
  expect(snapshotsEqual(await throughTheStore({ header, lines, notes: [] }), { header, lines })).toBe(true);
});

test('an older scan is still what it was after two hundred others', async () => {
  const scans = await store.scans();
  const first = scans.at(-1)?.id ?? 0;
  const { header, lines } = await store.readScan(first);
  const kept: SnapshotLine[] = [];
  for await (const line of lines) kept.push(line);
  expect(snapshotsEqual({ header, lines: kept }, demoWorld())).toBe(true);
});

test('lines that stop with an error change nothing', async () => {
  const before = await store.scans();
  const { header, lines } = demoWorld();
  async function* broken(): AsyncGenerator<SnapshotLine> {
    yield* lines.slice(0, 50);
    throw new Error('line 51: /data/Name: expected string, received number');
  }
  await expect(store.importSnapshot(header, broken())).rejects.toThrow('line 51');
  expect(await store.scans()).toEqual(before);
  expect((await faultOf(store.readScan((before[0]?.id ?? 0) + 1))).code).toBe('no-such-scan');
});
