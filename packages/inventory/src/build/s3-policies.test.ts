import { estateOf, given } from '../given.fixture.ts';

const MEMBER = '111122223333';
const MANAGEMENT = '999900001111';

const line = (kind: string, data: object, more: object = {}) => ({ kind, data, ...more });
const organization = (types: readonly string[] = ['S3_POLICY']) =>
  line('organization', { Id: 'o-1', MasterAccountId: MANAGEMENT, EnabledPolicyTypes: types });
const base = [
  line('root', { Id: 'r-1' }),
  line('organizational-unit', { Id: 'ou-a', ParentId: 'r-1' }),
  line('account', { Id: MEMBER, ParentId: 'ou-a' }),
  line('account', { Id: MANAGEMENT, ParentId: 'r-1' }),
];

const block = (setting: object) => ({ s3_attributes: { public_access_block_configuration: setting } });
const ALL = block({ '@@assign': 'all' });
const NONE = block({ '@@assign': 'none' });
const FINAL = { '@@operators_allowed_for_child_policies': ['@@none'] };

let number = 0;
const s3Policy = (content: unknown, targets: readonly string[], more: object = {}) =>
  line(
    'organization-policy',
    {
      Id: `p-${++number}`,
      Type: 'S3_POLICY',
      Content: typeof content === 'string' ? content : JSON.stringify(content),
      TargetIds: targets,
    },
    more,
  );

const blockOf = (lines: readonly object[], account = MEMBER) => {
  const fact = estateOf([...base, ...lines]).organizationPublicAccessBlocks.get(account);
  return fact?.kind === 'seen' ? fact.value : fact?.kind === 'unreadable' ? fact.reason : fact?.kind;
};

describe('the Block Public Access of an organization (semantics.md C.7)', () => {
  // prettier-ignore
  test.each<readonly [string, readonly object[], boolean | string]>([
    ['is on for accounts below the node', [s3Policy(ALL, ['r-1'])], true],
    ['… and for the account itself', [s3Policy(ALL, [MEMBER])], true],
    ['… and not for others', [s3Policy(ALL, ['ou-b'])], 'absent'],
    ['switches nothing on where it assigns none', [s3Policy(NONE, ['r-1'])], false],
    ['is what the last policy assigns', [s3Policy(ALL, ['r-1']), s3Policy(NONE, [MEMBER])], false],
    ['… whichever that is', [s3Policy(NONE, ['r-1']), s3Policy(ALL, ['ou-a'])], true],
    ['stays where the policy above forbids to change it', [s3Policy(block({ '@@assign': 'all', ...FINAL }), ['r-1']), s3Policy(NONE, ['ou-a'])], true],
    ['… at any level of the document', [s3Policy({ ...ALL, ...FINAL }, ['r-1']), s3Policy(NONE, ['ou-a'])], true],
    ['… by listing other operators only', [s3Policy(block({ '@@assign': 'all', '@@operators_allowed_for_child_policies': ['@@append'] }), ['r-1']), s3Policy(NONE, ['ou-a'])], true],
    ['… and not where it allows to assign', [s3Policy(block({ '@@assign': 'all', '@@operators_allowed_for_child_policies': ['@@assign'] }), ['r-1']), s3Policy(NONE, ['ou-a'])], false],
    ['is unset where no policy is attached', [], 'absent'],
    ['is unset where the policy speaks of other things', [s3Policy({ s3_attributes: {} }, ['r-1'])], 'absent'],
    ['is unknown where two policies at one node disagree', [s3Policy(ALL, ['r-1']), s3Policy(NONE, ['r-1'])], 'ConflictingPolicies'],
    ['… and not where they agree', [s3Policy(ALL, ['r-1']), s3Policy(ALL, ['r-1'])], true],
    ['is unknown where the content is no JSON', [s3Policy('{', ['r-1'])], 'MalformedPolicy'],
    ['… or assigns something else', [s3Policy(block({ '@@assign': 'some' }), ['r-1'])], 'MalformedPolicy'],
    ['is unknown where the content could not be read', [s3Policy(ALL, ['r-1'], { unreadable: [{ field: 'Content', reason: 'AccessDenied' }] })], 'AccessDenied'],
    ['… but not below a policy that forbids to change it', [s3Policy({ ...ALL, ...FINAL }, ['r-1']), s3Policy(ALL, ['ou-a'], { unreadable: [{ field: 'Content', reason: 'AccessDenied' }] })], true],
    ['is unknown where the targets could not be read', [s3Policy(ALL, [], { unreadable: [{ field: 'TargetIds', reason: 'AccessDenied' }] })], 'AccessDenied'],
  ])('%s', (_, lines, expected) => {
    expect(blockOf([organization(), s3Policy({}, ['ou-elsewhere']), ...lines])).toBe(expected);
  });

  test('reaches the management account, which SCPs and RCPs do not', () => {
    expect(blockOf([organization(), s3Policy(ALL, ['r-1'])], MANAGEMENT)).toBe(true);
  });

  test('is off where the policy type is not enabled', () => {
    expect(blockOf([organization(['SERVICE_CONTROL_POLICY']), s3Policy(ALL, ['r-1'])])).toBe('absent');
  });

  test('is unknown where nobody asked for the policies of an enabled type', () => {
    expect(blockOf([organization()])).toBe('NotCollected');
  });

  test('is unknown for an account whose place in the tree is', () => {
    const lost = line('account', { Id: '222233334444' });
    const lines = [organization(), lost, s3Policy(ALL, ['r-1'])];
    expect(blockOf(lines, '222233334444')).toBe('MissingParent');
  });

  test('does not concern an account outside the organization', () => {
    const outside = given('bucket', { Name: 'far' }, { accountId: '555566667777' });
    expect(blockOf([organization(), outside, s3Policy(ALL, ['r-1'])], '555566667777')).toBe('absent');
  });
});
