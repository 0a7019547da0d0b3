import {
  ALIAS,
  FAR_ROLE,
  KEY,
  OTHER,
  OWNER,
  ROLE,
  answerOf,
  bucket,
  encrypted,
  key,
  problemOf,
  role,
  shared,
} from './small-world.fixture.ts';

describe('a bucket default that leaves its key to the requester (semantics.md D.1)', () => {
  const FAR = role(OTHER, 's3:*', 'kms:*');
  const put = { principal: FAR_ROLE, action: 's3:PutObject' } as const;
  const byAlias = bucket({ ...shared, ...encrypted(ALIAS) });
  const gap = (step: string, over: object = {}) => ({
    kind: 'coverage',
    accountId: OTHER,
    region: 'eu-west-1',
    data: { step, reason: 'AccessDenied' },
    ...over,
  });

  test("is the writer's own key", () => {
    expect(answerOf([FAR, byAlias, key(OTHER)], put).verdict).toBe('allowed');
    expect(answerOf([FAR, byAlias, key(OTHER, { Aliases: [{ AliasName: 'alias/x' }] })], put)).toMatchObject({
      verdict: 'denied',
      blockers: [{ leg: 'kms', layer: 'kms-key-state' }],
    });
  });

  test.each<readonly [string, readonly object[]]>([
    ['keys', [gap('kms:ListKeys')]],
    ['aliases', [gap('kms:ListAliases')]],
    ['anything', [gap('sts:AssumeRole', { region: undefined })]],
    ['the Region', [gap('scan:Region')]],
    ['which Regions are enabled', [gap('ec2:DescribeRegions', { region: undefined })]],
    [
      'the aliases of a key',
      [{ ...key(OTHER, { Aliases: undefined }), unreadable: [{ field: 'Aliases', reason: 'X' }] }],
    ],
  ])('is unknown where the scan could not read %s of that account', (_, lines) => {
    const { verdict, missing } = answerOf([FAR, byAlias, ...lines], put);
    expect(verdict).toBe('unknown');
    expect(missing.map(({ document }) => document)).toContain(`arn:aws:kms:eu-west-1:${OTHER}:${ALIAS}`);
  });

  test('is the missing key of that account where keys of other Regions could not be listed', () => {
    const { verdict, layers } = answerOf([FAR, byAlias, gap('kms:ListKeys', { region: 'us-east-1' })], put);
    expect(verdict).toBe('denied');
    expect(layers.find(({ layer }) => layer === 'kms-key-state')?.note).toContain(
      `account ${OTHER} has no key \`${ALIAS}\` in eu-west-1`,
    );
  });

  test("is the object owner's key for what it wrote", () => {
    const byId = bucket(encrypted('k'));
    const lines = [role(OWNER, 's3:*', 'kms:*'), byId, key(), key(OTHER)];
    const object = { owner: OTHER, grants: [] };
    expect(answerOf(lines, { object }).blockers).toMatchObject([
      { layer: 'ownership' },
      { leg: 'kms', layer: 'kms-key-policy' },
    ]);
    expect(answerOf([...lines, role(OTHER, 's3:*', 'kms:*')], { principal: FAR_ROLE, object }).verdict).toBe(
      'allowed',
    );
  });

  test('is aws/s3 of whoever wrote the object', () => {
    const lines = [role(OTHER, 's3:*'), bucket({ ...shared, ...encrypted() })];
    const blocked = answerOf(lines, { principal: FAR_ROLE }).blockers.map(({ layer }) => layer);
    expect(blocked).toEqual(['kms-identity', 'kms-key-policy']);
    const { verdict, assumptions } = answerOf(lines, { principal: FAR_ROLE, object: { owner: OTHER } });
    expect(verdict).toBe('allowed');
    expect(assumptions).toContain('object encrypted with the bucket default');
  });
});

describe('a key that the scan did not see', () => {
  const elsewhere = `arn:aws:kms:eu-west-1:777788889999:key/z`;

  test('makes the verdict unknown, with its name', () => {
    const { verdict, missing } = answerOf([role(OWNER, 's3:*', 'kms:*'), bucket(encrypted(elsewhere))]);
    expect(verdict).toBe('unknown');
    expect(missing.map(({ document }) => document)).toContain(`${elsewhere}#policy`);
  });

  test('is unknown where the scan left its Region out, and the gap is named', () => {
    const excluded = (region: string) => ({
      kind: 'coverage',
      accountId: OWNER,
      region,
      data: { step: 'scan:Region', reason: 'Excluded' },
    });
    const lines = (keyName: string, region = 'eu-west-1') => [
      role(OWNER, 's3:*', 'kms:*'),
      bucket(encrypted(keyName)),
      excluded(region),
    ];
    for (const name of [KEY, 'k', ALIAS]) {
      const { verdict, missing } = answerOf(lines(name));
      expect([name, verdict]).toEqual([name, 'unknown']);
      expect(missing.map(({ reason }) => reason)).toContainEqual(
        expect.stringMatching(/: scan:Region Excluded$/),
      );
    }
    // The Region that was left out is another one: the key was looked for, and is not there.
    expect(answerOf(lines(ALIAS, 'us-east-1')).verdict).toBe('denied');
  });

  test('leaves a denial a denial', () => {
    expect(answerOf([role(OWNER, 's3:*'), bucket(encrypted(elsewhere))])).toMatchObject({
      verdict: 'denied',
      blockers: [{ layer: 'kms-identity' }],
    });
  });
});

describe('other resources than buckets', () => {
  test('a key by its alias, and what is not there', () => {
    const lines = [role(OWNER, 'kms:*'), key()];
    const resource = `arn:aws:kms:eu-west-1:${OWNER}:${ALIAS}`;
    expect(answerOf(lines, { action: 'kms:Decrypt', resource }).verdict).toBe('allowed');
    expect(problemOf(lines, { action: 'kms:Decrypt', resource: `${resource}-x` })).toBe(
      `resource: key alias \`${resource}-x\` is not in this scan`,
    );
    expect(problemOf(lines, { action: 'kms:Decrypt', resource: `${KEY}-x` })).toBe(
      `resource: key \`${KEY}-x\` is not in this scan`,
    );
  });

  test('a role that is assumed', () => {
    const lines = [role(OWNER), role(OTHER, 'sts:*')];
    const assume = { principal: FAR_ROLE, action: 'sts:AssumeRole', resource: ROLE };
    expect(answerOf(lines, assume)).toMatchObject({
      verdict: 'allowed',
      grantedBy: [{ layer: 'identity' }, { document: `${ROLE}#trust`, layer: 'role-trust' }],
    });
    expect(problemOf(lines, { ...assume, resource: `${ROLE}-x` })).toBe(
      `resource: role \`${ROLE}-x\` is not in this scan`,
    );
  });
});
