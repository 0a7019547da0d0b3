import { type Blocker, type ExplainAnswer, type LayerOutcome, type StatementRef } from '@denyscope/model';
import { hintOf, refusedCaller } from './lockouts-hint.ts';
import { findingOf } from './lockouts-verdict.ts';

const statement = (layer: StatementRef['layer'], sid = 'No'): StatementRef => ({
  document: `${layer}-document`,
  layer,
  effect: 'Deny',
  sid,
  path: '/Statement/0',
  attachedTo: 'somewhere',
});
const denies = (layer: Blocker['layer'], sid?: string): Blocker => ({
  leg: 's3',
  layer,
  explicit: true,
  statement: statement(layer, sid),
  liftingGives: 'allowed',
});
const lacks = (layer: Blocker['layer']): Blocker => ({
  ...denies(layer),
  explicit: false,
  statement: null,
});
const outcome = ({ layer, explicit, leg }: Blocker): LayerOutcome => ({
  leg,
  layer,
  outcome: explicit ? 'explicitly-denied' : 'implicitly-denied',
  statements: [],
  note: '',
});
const answer = (over: Partial<ExplainAnswer>): ExplainAnswer => ({
  principal: 'p',
  action: 's3:GetBucketPolicy',
  resource: 'arn:aws:s3:::b',
  scan: { id: '1', finishedAt: '' },
  verdict: 'denied',
  condition: false,
  conditionText: '',
  witness: null,
  assumptions: [],
  missing: [],
  layers: (over.blockers ?? []).map(outcome),
  blockers: [],
  grantedBy: [],
  keys: [],
  ...over,
});
const hidden = (...documents: readonly string[]) =>
  documents.map((document) => ({ document, reason: 'AccessDenied' }));

const SCP = denies('scp');
const words = (context: string) => hintOf(`User: arn:x is not authorized to perform: s3:A ${context}`);

describe('without a word of AWS', () => {
  test('of several that refuse every request an explicit one is told', () => {
    const found = findingOf(answer({ blockers: [lacks('identity'), SCP, denies('rcp')] }), undefined);
    expect(found).toEqual({ lockout: { statement: SCP.statement }, layer: 'scp', isContradicted: false });
  });

  test('a missing Allow is told by its layer', () => {
    expect(findingOf(answer({ blockers: [lacks('boundary')] }), undefined).lockout).toEqual({
      missingAllow: 'boundary',
    });
  });

  test('two that only refuse together are not told apart', () => {
    const together = answer({ blockers: [denies('scp'), denies('rcp')], layers: [] });
    expect(findingOf(together, undefined)).toEqual({ isContradicted: false });
  });

  test('the one statement that may refuse did refuse, and of two nobody knows', () => {
    const one = answer({ verdict: 'conditional', blockers: [denies('bucket-policy')], layers: [] });
    expect(findingOf(one, undefined).lockout).toEqual({ statement: statement('bucket-policy') });
    const two = { ...one, blockers: [...one.blockers, denies('bucket-policy', 'Other')] };
    expect(findingOf(two, undefined)).toEqual({ isContradicted: false });
  });

  test('one document that nobody could read is a suspect, unless something else may have refused', () => {
    const one = answer({ verdict: 'unknown', missing: hidden('arn:aws:s3:::b#policy') });
    expect(findingOf(one, undefined).lockout).toEqual({ suspect: 'arn:aws:s3:::b#policy' });
    expect(findingOf({ ...one, blockers: [SCP] }, undefined).lockout).toBeUndefined();
    const two = { ...one, missing: hidden('arn:aws:s3:::b#policy', 'role#boundary') };
    expect(findingOf(two, undefined).lockout).toBeUndefined();
  });

  test('a read that every policy allows is nobody’s fault', () => {
    expect(findingOf(answer({ verdict: 'allowed' }), undefined)).toEqual({ isContradicted: false });
  });
});

describe('a word of AWS', () => {
  test('chooses among several', () => {
    const both = answer({ verdict: 'denied', blockers: [SCP, denies('bucket-policy')] });
    const hint = words('with an explicit deny in a resource-based policy');
    expect(findingOf(both, hint).lockout).toEqual({ statement: statement('bucket-policy') });
    const twoHidden = answer({ verdict: 'unknown', missing: hidden('arn:aws:s3:::b#policy', 'r#boundary') });
    expect(findingOf(twoHidden, hint).lockout).toEqual({ suspect: 'arn:aws:s3:::b#policy' });
  });

  test.each([
    ['another layer', 'with an explicit deny in a permissions boundary'],
    ['a missing Allow', 'because no service control policy allows the s3:A action'],
    ['another policy', 'with an explicit deny in a service control policy: arn:aws:x::1:policy/o-1/p-2'],
  ])('that names %s contradicts the policies that were read, and nothing is told', (_, context) => {
    expect(findingOf(answer({ blockers: [SCP] }), words(context))).toEqual({ isContradicted: true });
  });

  test.each([
    ['organization scps', 'with an explicit deny in a service control policy'],
    ['organization rcps', 'with an explicit deny in a resource control policy'],
    ['role#trust', 'because no role trust policy allows the sts:AssumeRole action'],
    ['role#boundary', 'because no permissions boundary allows the s3:A action'],
    ['role#inline/*', 'because no identity-based policy allows the s3:A action'],
    ['vpce-1#policy', 'because no VPC endpoint policy allows the s3:A action'],
    ['arn:aws:kms:r:1:key/k#policy', 'because no resource-based policy allows the kms:A action'],
    ['arn:aws:s3:r:1:accesspoint/a#policy', 'with an explicit deny in a resource-based policy'],
  ])('fits the document %s', (document, context) => {
    const unknown = answer({ verdict: 'unknown', missing: hidden(document) });
    expect(findingOf(unknown, words(context)).lockout).toEqual({ suspect: document });
  });
});

describe('the message of a denial', () => {
  test('is read whatever its white space; KMS may mean either', () => {
    const kms = words(
      'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
    );
    expect(kms).toMatchObject({ name: 'resource-based policy', explicit: undefined });
    expect(words('with an explicit\n deny in a session policy')).toMatchObject({ explicit: true });
    expect(hintOf('Access Denied')).toBeUndefined();
  });

  test('names who was refused', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/scanner/s';
    expect(refusedCaller(`User: ${arn} is not authorized to perform: sts:AssumeRole`)).toBe(arn);
    expect(refusedCaller('no')).toBeUndefined();
  });
});
