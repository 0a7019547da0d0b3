import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { given, HEADER, streamOf } from '../given.fixture.ts';
import { snapshotLineId } from '@denyscope/model';
import {
  buildEstate,
  loadSnapshot,
  parseSnapshot,
  SnapshotError,
  snapshotsEqual,
  writeSnapshot,
} from '../index.ts';
import { identityOf } from './identity.ts';

const accounts = ['111122223333', '444455556666'] as const;
const document = fc.oneof(fc.string(), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })));
const unreadable = fc.option(
  fc.array(fc.record({ field: fc.constantFrom('Policy', 'Grants', 'RolePolicyList'), reason: fc.string() })),
  { nil: undefined },
);
const name = fc.stringMatching(/^[a-z]{3,6}$/);
const iam = (accountId: string, type: string, id: string) => `arn:aws:iam::${accountId}:${type}/${id}`;

const line = fc
  .record({
    accountId: fc.constantFrom(...accounts),
    unreadable,
    name,
    document,
    extra: fc.jsonValue({ maxDepth: 3 }),
  })
  .chain(({ name: id, document: text, extra, ...envelope }) =>
    fc.constantFrom(
      given('bucket', { Name: id, Policy: text, TagSet: [{ Key: 'a', Value: id }] }, envelope),
      given(
        'iam-role',
        {
          RoleName: id,
          Arn: iam(envelope.accountId, 'role', id),
          RolePolicyList: [{ PolicyName: id, PolicyDocument: text }],
          AttachedManagedPolicies: [{ PolicyArn: iam('aws', 'policy', 'Shared') }],
        },
        envelope,
      ),
      given(
        'iam-policy',
        {
          Arn: iam('aws', 'policy', 'Shared'),
          PolicyVersionList: [{ Document: text, IsDefaultVersion: true }],
        },
        envelope,
      ),
      given('account', { Id: envelope.accountId, ParentId: `ou-${id}`, Name: id }, { accountId: undefined }),
      given(
        'organizational-unit',
        { Id: `ou-${id}`, ParentId: `ou-${id.slice(1)}` },
        { accountId: undefined },
      ),
      given('organization-policy', {
        Id: `p-${id}`,
        Type: 'SERVICE_CONTROL_POLICY',
        Content: text,
        TargetIds: ['r-1'],
      }),
      given('organization', { Id: `o-${id}`, EnabledPolicyTypes: ['SERVICE_CONTROL_POLICY'] }),
      given('coverage', { step: `s3:${id}`, reason: 'AccessDenied' }, envelope),
      given('table-bucket', { Name: id, extra }, envelope),
    ),
  );

/** What the reader takes for the same resource, for the lines that are drawn here. */
function resourceOf(value: object): string {
  const { lines } = parseSnapshot([HEADER, value]);
  return lines.map((drawn) => identityOf(drawn, snapshotLineId(drawn))).join('');
}

/** Lines of which no two are the same resource: what the reader would refuse is left out. */
const snapshot = fc
  .uniqueArray(line, {
    maxLength: 25,
    selector: resourceOf,
  })
  .map((lines) => [HEADER, ...lines].map((value) => JSON.stringify(value)).join('\n'));

const load = async (text: string | Uint8Array) => loadSnapshot(streamOf(text));

/** Text cut into chunks at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

test('what is written is read again as an equal snapshot, and written again as the same text', async () => {
  await fc.assert(
    fc.asyncProperty(snapshot, async (text) => {
      const first = await load(text);
      const written = Array.from(writeSnapshot(first.header, first.lines)).join('');
      const second = await load(gzipSync(written));
      expect(snapshotsEqual(first, second)).toBe(true);
      expect(Array.from(writeSnapshot(second.header, second.lines)).join('')).toBe(written);
    }),
  );
});

test('the estate is the same whatever the order of the lines, down to the order of its maps', async () => {
  const shuffled = snapshot.chain((text) => {
    const [header = '', ...lines] = text.split('\n');
    const other = fc.shuffledSubarray(lines, { minLength: lines.length });
    return fc.tuple(
      fc.constant(text),
      other.map((order) => [header, ...order].join('\n')),
    );
  });
  await fc.assert(
    fc.asyncProperty(shuffled, async ([text, other]) => {
      const [one, two] = await Promise.all([load(text), load(other)]);
      const [estate, again] = [buildEstate(one.header, one.lines), buildEstate(two.header, two.lines)];
      expect(again).toEqual(estate);
      expect([...again.principals.keys()]).toEqual([...estate.principals.keys()]);
      expect([...again.accounts.keys()]).toEqual([...estate.accounts.keys()]);
      expect([...again.canonicalUsers]).toEqual([...estate.canonicalUsers]);
    }),
  );
});

test('where the chunks end does not matter, plain or gzip', async () => {
  const places = fc.array(fc.nat(), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(snapshot, places, fc.boolean(), async (text, ends, isPacked) => {
      const bytes = isPacked ? gzipSync(text) : Buffer.from(text);
      expect(await loadSnapshot(streamOf(...cut(bytes, ends)))).toEqual(await load(text));
    }),
  );
});

test('bytes of any kind are read or refused with a SnapshotError, and nothing else happens', async () => {
  const header = Buffer.from(`${JSON.stringify(HEADER)}\n`);
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => Buffer.from(text)),
    fc.tuple(snapshot, fc.nat(), fc.nat({ max: 255 })).map(([text, place, byte]) => {
      const damaged = Buffer.from(text);
      damaged[place % damaged.length] = byte;
      return damaged;
    }),
  );
  const prefix = fc.constantFrom(Buffer.alloc(0), header, Buffer.of(0x1f, 0x8b), Buffer.of(0x1f, 0x8b, 8));
  await fc.assert(
    fc.asyncProperty(prefix, noise, fc.boolean(), async (start, rest, isPacked) => {
      const bytes = Buffer.concat([start, rest]);
      const outcome: unknown = await load(isPacked ? gzipSync(bytes) : bytes).catch(
        (error: unknown) => error,
      );
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SnapshotError);
    }),
    { numRuns: 500 },
  );
});

test('whatever the reader lets through becomes an estate', async () => {
  await fc.assert(
    fc.asyncProperty(snapshot, async (text) => {
      const { header, lines } = await load(text);
      expect(() => buildEstate(header, lines)).not.toThrow();
    }),
  );
});
