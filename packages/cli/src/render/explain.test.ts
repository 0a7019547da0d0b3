import { type ExplainAnswer, type Remedy, type StatementRef } from '@denyscope/model';
import { keptTerminal } from '../terminal.fixture.ts';
import { renderExplain, sentence } from './explain.ts';
import { statementsText } from './statement.ts';
import { styleOf } from './style.ts';

const plain = styleOf(keptTerminal());
const scan = { id: '3', finishedAt: '2026-11-22T05:26:03.145Z' };
const denial: StatementRef = {
  document: 'p-1',
  layer: 'scp',
  effect: 'Deny',
  sid: null,
  path: '/Statement/0',
  attachedTo: 'ou-1',
};

function remedy(summary: string, minutes: number, risk: Remedy['risk']): Remedy {
  return { summary, layer: 'scp', risk, minutes: [minutes, minutes === 1 ? 10 : 60], verified: false };
}

const explained: ExplainAnswer = {
  principal: 'anonymous',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/*',
  scan,
  verdict: 'denied',
  condition: false,
  conditionText: 'never',
  witness: null,
  assumptions: ['no session policy', 'object owned by the bucket owner'],
  missing: [],
  layers: [
    { leg: 's3', layer: 'scp', outcome: 'explicitly-denied', statements: [denial], note: '' },
    { leg: 's3', layer: 'identity', outcome: 'implicitly-denied', statements: [], note: 'silent: …' },
    { leg: 's3', layer: 'boundary', outcome: 'not-applicable', statements: [], note: '' },
    {
      leg: 's3',
      layer: 'bucket-policy',
      outcome: 'implicitly-denied',
      statements: [{ ...denial, document: 'inline own', path: '/Statement/2', layer: 'bucket-policy' }],
      note: 'silent: …',
    },
    {
      leg: 'kms',
      layer: 'kms-key-policy',
      outcome: 'implicitly-denied',
      statements: [],
      note: 'the key policy is elsewhere',
    },
    { leg: 'kms', layer: 'kms-grant', outcome: 'not-applicable', statements: [], note: 'no key' },
  ],
  blockers: [
    {
      leg: 'kms',
      layer: 'scp',
      explicit: true,
      statement: denial,
      liftingGives: 'denied',
      remedy: remedy('Except the role in the SCP', 15, 'high'),
    },
    {
      leg: 'kms',
      layer: 'kms-key-policy',
      explicit: false,
      statement: null,
      liftingGives: 'denied',
      remedy: remedy('Tag the key', 1, 'low'),
    },
  ],
  grantedBy: [],
  keys: [],
};

describe('the answer of explain', () => {
  test('is a verdict, a sentence, the layers, what refuses, and what to change', () => {
    expect(`\n${renderExplain(explained, plain)}`).toBe(`
denied  s3:GetObject on arn:aws:s3:::b/*
for anonymous
scan 3 of 2026-11-22 05:26 UTC

The layer scp (of the KMS call) denies it by statement 0 of p-1 at ou-1, and one more thing is in the way.

Layer by layer
┌──────┬────────────────┬────────────────┬─────────────────────────────┐
│ call │ layer          │ outcome        │ by                          │
├──────┼────────────────┼────────────────┼─────────────────────────────┤
│ s3   │ scp            │ denies         │ statement 0 of p-1 at ou-1  │
│ s3   │ identity       │ silent         │                             │
│ s3   │ bucket-policy  │ may deny       │ statement 2 of inline own   │
│ kms  │ kms-key-policy │ does not allow │ the key policy is elsewhere │
└──────┴────────────────┴────────────────┴─────────────────────────────┘
no part in it: boundary, kms-grant (no key)

What refuses it
┌───────────────────────┬────────────────┬────────────────────────────┬────────────────────────┐
│ layer                 │ how            │ statement                  │ lifting it alone gives │
├───────────────────────┼────────────────┼────────────────────────────┼────────────────────────┤
│ scp (of the KMS call) │ denies         │ statement 0 of p-1 at ou-1 │ denied                 │
│ kms-key-policy        │ does not allow │                            │ denied                 │
└───────────────────────┴────────────────┴────────────────────────────┴────────────────────────┘

What to change, the cheapest first
  1. Tag the key (1 to 10 minutes, low risk)
  2. Except the role in the SCP (15 to 60 minutes, high risk)

Assumed
  - no session policy
  - object owned by the bucket owner`);
  });

  test.each([40, 80, 100, 160])('fits a terminal of %i columns', (width) => {
    const summary = `${'a long word or two '.repeat(12)}arn:aws:s3:::a-bucket/*`;
    const [blocker] = explained.blockers;
    const blockers = blocker ? [{ ...blocker, remedy: remedy(summary, 1, 'low') }] : [];
    const text = renderExplain({ ...explained, blockers }, { ...plain, width });
    const lines = text.split('\n').filter((line) => !/^for |^scan |^denied /.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.max(width, 73));
    expect(text).toMatch(/^ {2}1\. a long word/m);
    expect(text).toMatch(/^ {5}\S/m);
  });

  test('without a call to KMS there is no column for calls', () => {
    const text = renderExplain({ ...explained, layers: explained.layers.slice(0, 1) }, plain);
    expect(text).toContain('│ layer │ outcome │ by');
  });

  test.each<readonly [Partial<ExplainAnswer>, string]>([
    [{ verdict: 'allowed', blockers: [] }, 'Every layer that is asked lets it pass.'],
    [
      { verdict: 'conditional', conditionText: 'over TLS' },
      'It depends on the request. It passes: over TLS.',
    ],
    [
      {
        verdict: 'unknown',
        missing: [{ document: 'p-2', reason: 'x' }],
        bounds: { worst: 'denied', best: 'allowed' },
      },
      'It rests on what could not be read, p-2: at worst denied, at best allowed.',
    ],
    [
      {
        verdict: 'unknown',
        missing: [
          { document: 'p-2', reason: 'x' },
          { document: 'p-3', reason: 'x' },
        ],
      },
      'It rests on 2 documents that could not be read.',
    ],
    [
      {
        blockers: [
          { leg: 's3', layer: 'identity', explicit: false, statement: null, liftingGives: 'denied' },
          ...explained.blockers,
        ],
      },
      'The layer identity does not allow it, and 2 more things are in the way.',
    ],
    [{ blockers: [] }, 'No request of this kind is let through.'],
  ])('in one sentence: %j', (change, expected) => {
    expect(sentence({ ...explained, ...change })).toBe(expected);
  });

  test('shows a request that would be let through, where one is known', () => {
    const witness = { 'aws:SecureTransport': ['true'], key: ['a'], 'session-name': ['jo'] };
    const text = renderExplain({ ...explained, verdict: 'conditional', witness }, plain);
    expect(text).toContain(
      'It passes, for example, with\n  aws:SecureTransport = true\n  object key = a\n  session name = jo\n',
    );
    expect(text).toContain('What may refuse it\n');
  });

  test('names what could not be read', () => {
    const text = renderExplain({ ...explained, missing: [{ document: 'd', reason: 'AccessDenied' }] }, plain);
    expect(text).toContain('What could not be read\n  - d: AccessDenied\n');
  });
});

describe('statements in few words', () => {
  const at = (document: string, over: Partial<StatementRef> = {}): StatementRef => ({
    ...denial,
    document,
    layer: 'identity',
    ...over,
  });
  const IAM = 'arn:aws:iam::111122223333';

  test.each<readonly [string, readonly StatementRef[], string]>([
    ['inline', [at(`${IAM}:role/a#inline/read`)], 'statement 0 of inline policy read'],
    ['managed', [at('arn:aws:iam::aws:policy/job/ReadOnly')], 'statement 0 of ReadOnly'],
    ['by a group', [at('p', { attachedTo: `${IAM}:group/ops` })], 'statement 0 of p at group/ops'],
    ['a key policy', [at('arn:aws:kms:eu-west-1:1:key/k#policy', { sid: 'Root' })], 'Root of key policy'],
    ['a grant', [at('arn:aws:kms:eu-west-1:1:key/k#grant/g-1', { path: '' })], 'grant g-1'],
    ['an endpoint policy', [at('vpce-1#policy')], 'statement 0 of policy of vpce-1'],
    ['a trust policy', [at(`${IAM}:role/a#trust`)], 'statement 0 of trust policy'],
    ['of a single statement', [at('p-1', { path: '/Statement' })], 'p-1'],
    ['twice', [denial, denial], 'statement 0 of p-1 at ou-1'],
    ['in two places', [denial, { ...denial, attachedTo: 'r-1' }], 'statement 0 of p-1 at ou-1, r-1'],
    [
      'in many places',
      ['a', 'b', 'c', 'd'].map((attachedTo) => ({ ...denial, attachedTo })),
      'statement 0 of p-1 at 4 places',
    ],
    [
      'many',
      ['a', 'b', 'c', 'd', 'e'].map((name) => at(name)),
      'statement 0 of a\nstatement 0 of b\nstatement 0 of c\nand 2 more',
    ],
  ])('%s', (_, refs, expected) => {
    expect(statementsText(refs)).toBe(expected);
  });
});
