import { canonicalJson, checkSnapshotHeader, checkSnapshotLine, type SnapshotLine } from '@denyscope/model';
import * as fc from 'fast-check';
import { AWS_MANAGED_POLICIES, awsPolicyArn } from '../managed/catalogue.ts';
import { danglingReferences, lineKey } from '../references.ts';
import { generateLines, generateWorld } from './generate.ts';
import { PRESETS } from './options.ts';
import { planWorld } from './plan.ts';

const faultsOf = (lines: readonly SnapshotLine[]) =>
  lines.map(checkSnapshotLine).filter((result) => 'fault' in result);
const count = (lines: readonly SnapshotLine[], kind: string) =>
  lines.filter((line) => line.kind === kind).length;
const tiny = (seed: number) => ({ ...PRESETS.tiny, seed });

test('the same seed gives the same world, another seed another', () => {
  const text = (seed: number) => canonicalJson(generateWorld({ ...PRESETS.small, seed }).lines);
  expect(text(7)).toBe(text(7));
  expect(text(7)).not.toBe(text(8));
});

test('a world does not change unless somebody means it to', () => {
  const lines = generateWorld(tiny(1)).lines.map((line) => lineKey(line));
  expect(lines.filter((key) => key.startsWith('bucket '))).toMatchInlineSnapshot(`
   [
     "bucket 352740331881 eu-west-1 video-logs-352740331881-0",
     "bucket 352740331881 eu-west-1 video-dumps-352740331881-1",
     "bucket 740394653818 eu-west-1 identity-media-740394653818-0",
     "bucket 740394653818 us-east-1 identity-features-740394653818-1",
     "bucket 228048975755 us-east-1 web-uploads-228048975755-0",
     "bucket 228048975755 us-east-1 web-curated-228048975755-1",
   ]
  `);
});

test('the first line says when the snapshot was taken and what was asked for', () => {
  expect(checkSnapshotHeader(generateWorld(tiny(1)).header)).toHaveProperty('header.collected.bucket');
});

test('every tiny world is valid, and no two of its lines are the same resource', () => {
  fc.assert(
    fc.property(fc.nat({ max: 0xffffffff }), (seed) => {
      const world = generateWorld(tiny(seed));
      expect(faultsOf(world.lines)).toEqual([]);
      expect(new Set(world.lines.map(lineKey)).size).toBe(world.lines.length);
    }),
    { numRuns: 100 },
  );
});

test('in a clean world, everything that is referred to exists, but for what is of suspended accounts', () => {
  fc.assert(
    fc.property(fc.nat({ max: 0xffffffff }), (seed) => {
      const options = { ...tiny(seed), oddity: 0, accounts: 8 };
      const gone = planWorld(options).accounts.filter((account) => account.kind === 'suspended');
      const dangling = danglingReferences(generateWorld(options).lines);
      expect(dangling.filter((one) => !gone.some((account) => one.includes(account.id)))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('ids have the forms that AWS gives them', () => {
  const text = JSON.stringify(generateWorld({ ...PRESETS.small, seed: 3 }));
  const forms = [
    [/"RoleId":"([^"]*)"/g, /^AROA[A-Z0-9]{17}$/],
    [/"UserId":"([^"]*)"/g, /^AIDA[A-Z0-9]{17}$/],
    [/"VpcEndpointId":"([^"]*)"/g, /^vpce-[0-9a-f]{17}$/],
    [/"VpcId":"([^"]*)"/g, /^vpc-[0-9a-f]{17}$/],
    [/"KeyId":"(?!arn)([^"]*)"/g, /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/],
    [/"accountId":"([^"]*)"/g, /^\d{12}$/],
    [/"Id":"(o-[^"]*)"/g, /^o-[a-z0-9]{10}$/],
    [/"Id":"(r-[^"]*)"/g, /^r-[a-z0-9]{4}$/],
    [/"Id":"(ou-[^"]*)"/g, /^ou-[a-z0-9]{4}-[a-z0-9]{8}$/],
    [/"Id":"p-([a-z0-9]*)"/g, /^[a-z0-9]{8}$/],
  ] as const;
  for (const [where, form] of forms) {
    const ids = [...text.matchAll(where)].map(([, id]) => id ?? '');
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !form.test(id))).toEqual([]);
  }
});

test('presets have the sizes that they promise', () => {
  const { lines } = generateWorld({ ...PRESETS.small, oddity: 0 });
  expect(count(lines, 'account')).toBe(12);
  const scanned = count(lines, 'account-public-access-block');
  expect(count(lines, 'bucket')).toBe(scanned * 5);
  expect(PRESETS.large).toMatchObject({ accounts: 1000, principalsPerAccount: 200, bucketsPerAccount: 50 });
});

test('units nest as deep as asked, and no deeper than AWS lets them', () => {
  const { units, rootId } = planWorld({ ...PRESETS.large, accounts: 60 });
  const depthOf = (id: string): number => {
    const parent = units.find((unit) => unit.id === id)?.parentId;
    return parent === undefined || parent === rootId ? 1 : 1 + depthOf(parent);
  };
  expect(Math.max(...units.map((unit) => depthOf(unit.id)))).toBe(5);
});

test('a large world streams: its first account is there long before the last', () => {
  expect(generateLines(PRESETS.large).next().value?.kind).toBe('organization');
});

test('managed policies have the sizes that AWS’s have', () => {
  const sizeOf = (name: string) =>
    JSON.stringify(AWS_MANAGED_POLICIES.get(awsPolicyArn(name))?.document).length;
  expect(sizeOf('ReadOnlyAccess')).toBeGreaterThan(40_000);
  expect(sizeOf('SecurityAudit')).toBeGreaterThan(20_000);
  expect(sizeOf('AdministratorAccess')).toBeLessThan(200);
});

test('a world of everything: each kind of line that a scan can hold appears', () => {
  const options = { ...PRESETS.small, accounts: 40, oddity: 0.2, seed: 11 };
  const kinds = new Set(generateWorld(options).lines.map((line) => line.kind));
  expect([...kinds].toSorted()).toMatchInlineSnapshot(`
   [
     "access-point",
     "account",
     "account-public-access-block",
     "bucket",
     "coverage",
     "delegated-administrator",
     "iam-group",
     "iam-policy",
     "iam-role",
     "iam-user",
     "identity-provider",
     "kms-key",
     "multi-region-access-point",
     "organization",
     "organization-policy",
     "organizational-unit",
     "root",
     "route-table",
     "table-bucket",
     "trail",
     "vpc",
     "vpc-endpoint",
   ]
  `);
});
