import type { Node } from '../expression/expressions.ts';
import { accountGate, regionFault } from './account-state.ts';
import { combinePolicies, policiesOf } from './combine.ts';
import type { Combined, PolicySet } from './combined.ts';
import { known, withoutKey, type KeyState, type RequestContext } from './context.ts';
import { gateOf, hiddenFact, NO_PART, valueNode, type GatePart } from './gates/gate.ts';
import { CUSTOMER_ALGORITHM } from './gates/sse-c-block.ts';
import { kmsContext } from './open-context.ts';
import { grantsReport, keyGrants } from './key-grants.ts';
import { kmsActionsFor, writesObject } from './kms-actions.ts';
import type { Ask } from './layer.ts';
import { presence } from './open-value.ts';
import { rcpsFor } from './reach.ts';
import type { BucketEncryption, CallerFacts, KeyFacts, S3Question } from './question.ts';

/** What the KMS call adds, and the contexts in which it was judged. */
export interface KmsPart extends GatePart {
  readonly contexts: readonly RequestContext[];
}

const NOTHING: KmsPart = { ...NO_PART, contexts: [] };

/** The call that S3 makes to KMS for the caller: a second request with its own context (design.md section 2). */
export function kmsLeg(question: S3Question, s3: Ask): KmsPart {
  const actions = kmsActionsFor(question.action, question.operation);
  if (actions.length === 0) return NOTHING;
  // AWS (D.1): under SSE-C the caller brings the key, and KMS has no part.
  if (presence(s3.context.stateOf(CUSTOMER_ALGORITHM), CUSTOMER_ALGORITHM, s3.x) === s3.x.yes) return NOTHING;
  const { encryption, assumptions } = encryptionOf(question);
  if (encryption.kind === 'absent') return { ...NOTHING, assumptions };
  if (encryption.kind === 'unreadable') {
    const document = `${question.bucket.arn}#encryption`;
    return { ...unreadableLeg(document, encryption.reason, s3), assumptions };
  }
  const part = keyLeg({ question, encryption: encryption.value, actions }, s3);
  return { ...part, assumptions: [...assumptions, ...(part.assumptions ?? [])] };
}

interface AskedEncryption {
  readonly encryption: S3Question['bucket']['encryption'];
  readonly assumptions: readonly string[];
}

/** AWS (D.1): encryption is the object's; what nobody says of it is taken to be the bucket's default. */
function encryptionOf({ action, bucket, object, encryptionOfWrites, context }: S3Question): AskedEncryption {
  const said = object?.encryption;
  if (said) return { encryption: { kind: 'seen', value: said }, assumptions: [] };
  const isNamed = Object.entries(context).some(
    ([key, values]) => values !== null && key.toLowerCase() === 's3:x-amz-server-side-encryption',
  );
  const assumptions = isNamed && writesObject(action) ? [] : ['object encrypted with the bucket default'];
  if (encryptionOfWrites && writesObject(action)) {
    return { encryption: { kind: 'seen', value: encryptionOfWrites }, assumptions };
  }
  const byDefault = object?.defaultEncryption;
  return { encryption: byDefault ? { kind: 'seen', value: byDefault } : bucket.encryption, assumptions };
}

interface Leg {
  readonly question: S3Question;
  readonly encryption: BucketEncryption;
  readonly actions: readonly string[];
}

function keyLeg({ question, encryption, actions }: Leg, s3: Ask): KmsPart {
  if (encryption.kind === 'sse-s3') return NOTHING;
  const kms: Ask = { ...s3, leg: 'kms' };
  const unsigned = transportPart(question, kms);
  switch (encryption.kind) {
    case 'unknown-key':
      return joined([unsigned, unreadableLeg(encryption.name, encryption.reason, s3)]);
    case 'no-key':
      return joined([unsigned, { ...stateGate(s3.x.no, encryption.note, kms), contexts: [] }]);
    case 'kms': {
      const { key, bucketKey } = encryption;
      const arnState = encryptionContextState(question, bucketKey);
      const calls = actions.map((action) => askKey({ question, key, action, arnState }, kms));
      const state = { ...stateGate(...keyFault(key, question.bucket.region, kms), kms), contexts: [] };
      const accounts = { ...accountsPart(question, key, kms), contexts: [] };
      const assumed =
        bucketKey && !writesObject(question.action)
          ? ["object written with an S3 Bucket Key, as the bucket's default has it now"]
          : [];
      return { ...joined([unsigned, accounts, ...calls, state]), assumptions: assumed };
    }
  }
}

/** AWS (D.4): the caller's account and the key's must be in use, and the caller's must have enabled the Region. */
function accountsPart({ caller }: S3Question, key: KeyFacts, kms: Ask): GatePart {
  return accountGate([key.account], kms, regionFault(caller.account, key.account, key.region));
}

/** AWS (S-BKEY): the encryption context holds the object's ARN, or the bucket's where Bucket Keys are on. */
function encryptionContextState({ bucket, objects }: S3Question, bucketKey: boolean): KeyState {
  if (bucketKey || objects.kind === 'bucket') return known(bucket.arn);
  if (objects.kind === 'key') return known(`${bucket.arn}/${objects.key}`);
  return { kind: 'prefixed', prefix: `${bucket.arn}/`, key: 'key' };
}

interface KeyAsk {
  readonly question: S3Question;
  readonly key: KeyFacts;
  readonly action: string;
  readonly arnState: KeyState;
}

function askKey({ question, key, action, arnState }: KeyAsk, kms: Ask): KmsPart {
  const context = kmsContext(question, { key, action, arnState });
  const ask: Ask = { ...kms, action, resource: { kind: 'arn', arn: key.arn }, context };
  return { ...judgeKey(question.caller, key, ask), contexts: [context] };
}

/** What the key's policy, its grants and the caller's policies say of one call to the key. */
export function judgeKey(
  caller: CallerFacts,
  key: KeyFacts,
  ask: Ask,
  endpoint?: PolicySet['endpoint'],
): Combined {
  const grants = keyGrants(key, ask);
  const combined = combinePolicies(
    {
      ...policiesOf(caller),
      rcps: rcpsFor(caller, ask.action, key.rcps),
      endpoint,
      resource: [key.policy],
      grants,
      resourceAccountId: key.account.accountId,
      resourceMustAllow: true,
      // AWS (D.4): kms:ResourceAliases exists for IAM policies only.
      resourceContext: withoutKey(ask.context, 'kms:resourcealiases'),
      layers: { identity: 'kms-identity', resource: 'kms-key-policy' },
    },
    ask,
  );
  return { ...combined, reports: [...combined.reports, grantsReport(grants, ask)] };
}

const TRANSPORT = 'aws:securetransport';

/** AWS (D.1): an object under a KMS key needs a signed request over TLS. */
function transportPart({ caller }: S3Question, ask: Ask): KmsPart {
  const { context, x } = ask;
  if (caller.principal.kind === 'anonymous') {
    return { ...stateGate(x.no, 'an object under a KMS key needs a signed request', ask), contexts: [] };
  }
  const state = context.stateOf(TRANSPORT);
  const isOpen = state.kind === 'open';
  const holds = isOpen
    ? x.atom({ kind: 'test', leg: 's3', key: TRANSPORT, test: 'bool', value: 'true', glob: undefined })
    : valueNode(TRANSPORT, 'true', state, x);
  if (holds === x.yes) return NOTHING;
  const form = {
    keys: [TRANSPORT],
    verdict: stateVerdict(holds, 'an object under a KMS key needs TLS'),
    assumption: 'over TLS',
  };
  return { ...NOTHING, forms: [form] };
}

/** AWS (D.1, D.5): what the key must be for S3 to use it. */
function keyFault(key: KeyFacts, region: string | undefined, ask: Ask): readonly [holds: Node, note: string] {
  const { x } = ask;
  if (key.region !== undefined && region !== undefined && key.region !== region) {
    return [x.no, `the key is in ${key.region}, the bucket in ${region}`];
  }
  if (key.spec !== undefined && key.spec !== 'SYMMETRIC_DEFAULT') {
    return [x.no, `the key is ${key.spec}: S3 uses symmetric keys only`];
  }
  return enabledFault(key, ask);
}

/** AWS (D.5): cryptographic operations work only while the key is enabled. */
export function enabledFault(key: KeyFacts, ask: Ask): readonly [holds: Node, note: string] {
  const { state, deletionDate } = key;
  const until = deletionDate === undefined ? '' : `, deletion on ${deletionDate}`;
  if (state.kind === 'seen')
    return [ask.x.of(state.value === 'Enabled'), `the key is ${state.value}${until}`];
  const reason = state.kind === 'unreadable' ? state.reason : 'the key has no state';
  return [hiddenFact(`${key.arn}#state`, reason, ask), 'the state of the key could not be read'];
}

function stateVerdict(holds: Node, note: string) {
  return { leg: 'kms', layer: 'kms-key-state', explicit: false, holds, applicable: true, note } as const;
}

/** The layer of all that the key itself must be. */
export function stateGate(holds: Node, note: string, { x }: Ask): GatePart {
  return gateOf(stateVerdict(holds, note), x);
}

function unreadableLeg(document: string, reason: string, { x }: Ask): KmsPart {
  const holds = hiddenFact(document, reason, { leg: 'kms', x });
  const note = `${document} could not be read`;
  const verdict = { leg: 'kms', layer: 'kms-key-policy', explicit: false, applicable: true } as const;
  return { ...gateOf({ ...verdict, holds, note }, x), contexts: [] };
}

function joined(parts: readonly KmsPart[]): KmsPart {
  return {
    constraints: parts.flatMap((part) => part.constraints),
    reports: parts.flatMap((part) => part.reports),
    grants: parts.flatMap((part) => part.grants),
    forms: parts.flatMap((part) => part.forms ?? []),
    contexts: parts.flatMap((part) => part.contexts),
  };
}
