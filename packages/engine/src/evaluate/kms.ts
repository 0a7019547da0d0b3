import type { Layer } from '@denyscope/model';
import type { Expressions, Node } from '../expression/expressions.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { callerOf } from './caller.ts';
import {
  combinePolicies,
  type Combined,
  type Constraint,
  type LayerReport,
  type PolicySet,
} from './combine.ts';
import type { KeyState, RequestContext } from './context.ts';
import { directKmsContext, kmsContext } from './open-context.ts';
import { keyGrants } from './key-grants.ts';
import type { Ask } from './layer.ts';
import { rcpsFor } from './reach.ts';
import type { BucketEncryption, CallerFacts, KeyFacts, KeyQuestion, S3Question } from './question.ts';

/** What S3 asks of KMS for an action on an object under SSE-KMS: semantics.md D.3. */
const KMS_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['s3:getobject', ['kms:Decrypt']],
  ['s3:getobjectversion', ['kms:Decrypt']],
  ['s3:getobjectattributes', ['kms:Decrypt']],
  ['s3:getobjectversionattributes', ['kms:Decrypt']],
  ['s3:listmultipartuploadparts', ['kms:Decrypt']],
  ['s3:putobject', ['kms:GenerateDataKey']],
]);

/** The KMS actions that the S3 action leads to where the object is under SSE-KMS. */
export function kmsActionsFor(action: string): readonly string[] {
  return KMS_ACTIONS.get(action.toLowerCase()) ?? [];
}

/** What the KMS call adds, and the contexts in which it was judged. */
export interface KmsPart extends Combined {
  readonly contexts: readonly RequestContext[];
}

const NOTHING: KmsPart = { constraints: [], reports: [], grants: [], contexts: [] };

/** The call that S3 makes to KMS for the caller: a second request with its own context (design.md section 2). */
export function kmsLeg(question: S3Question, s3: Ask): KmsPart {
  const { encryption } = question.bucket;
  const actions = kmsActionsFor(question.action);
  if (actions.length === 0) return NOTHING;
  if (encryption.kind === 'absent') return NOTHING;
  if (encryption.kind === 'unreadable') {
    return unreadableLeg(`${question.bucket.arn}#encryption`, encryption.reason, s3);
  }
  return keyLeg(question, encryption.value, actions, s3);
}

function keyLeg(
  question: S3Question,
  encryption: BucketEncryption,
  actions: readonly string[],
  s3: Ask,
): KmsPart {
  switch (encryption.kind) {
    case 'sse-s3':
      return NOTHING;
    case 'unknown-key':
      return unreadableLeg(encryption.name, encryption.reason, s3);
    case 'kms': {
      const arnState = encryptionContextState(question, encryption.bucketKey);
      return joined(actions.map((action) => askKey({ question, key: encryption.key, action, arnState }, s3)));
    }
  }
}

/** AWS (S-BKEY): the encryption context holds the object's ARN, or the bucket's where Bucket Keys are on. */
function encryptionContextState({ bucket, objects }: S3Question, bucketKey: boolean): KeyState {
  if (bucketKey || objects.kind === 'bucket') return { kind: 'known', values: [bucket.arn] };
  if (objects.kind === 'key') return { kind: 'known', values: [`${bucket.arn}/${objects.key}`] };
  return { kind: 'prefixed', prefix: `${bucket.arn}/`, key: 'key' };
}

interface KeyAsk {
  readonly question: S3Question;
  readonly key: KeyFacts;
  readonly action: string;
  readonly arnState: KeyState;
}

function askKey({ question, key, action, arnState }: KeyAsk, s3: Ask): KmsPart {
  const context = kmsContext(question, { key, action, arnState });
  const ask: Ask = { ...s3, leg: 'kms', action, resource: { kind: 'arn', arn: key.arn }, context };
  const combined = combinePolicies(keyPolicies(question.caller, key, ask), ask);
  const state = stateConstraint(key, ask, faultOf(question, key));
  return {
    constraints: [...combined.constraints, ...state.constraints],
    reports: [...combined.reports, ...state.reports],
    grants: combined.grants,
    contexts: [context],
  };
}

/** Evaluates a call that the caller makes to KMS itself. */
export function evaluateKey(question: KeyQuestion, x: Expressions): Evaluation {
  const { caller, action, key, via } = question;
  const context = directKmsContext(question);
  const ask: Ask = {
    leg: 'kms',
    caller: callerOf(caller),
    action,
    resource: { kind: 'arn', arn: key.arn },
    context,
    x,
  };
  const policies = { ...keyPolicies(caller, key, ask), endpoint: via.endpoint?.policies };
  const parts = combinePolicies(policies, ask);
  const state = CRYPTOGRAPHIC.test(action) ? stateConstraint(key, ask) : { constraints: [], reports: [] };
  return {
    x,
    parts: {
      constraints: [...parts.constraints, ...state.constraints],
      reports: [...parts.reports, ...state.reports],
      grants: parts.grants,
    },
    background: x.yes,
    assumptions: caller.session === undefined ? ['no session policy', 'no session tags'] : [],
    ...openKeysOf([context]),
  };
}

/** Operations that need an enabled key: semantics.md D.5. */
const CRYPTOGRAPHIC =
  /^kms:(decrypt|encrypt|generatedatakey|generatemac|reencrypt|sign|verify|derivesharedsecret)/i;

/** The policies that judge a call to the key. The endpoint's policy does not see S3's internal call (D.4). */
function keyPolicies(caller: CallerFacts, key: KeyFacts, ask: Ask): PolicySet {
  return {
    identity: caller.identity,
    boundary: caller.boundary,
    session: caller.session,
    scps: caller.scps,
    rcps: rcpsFor(caller, ask.action, key.rcps),
    endpoint: undefined,
    resource: [key.policy],
    grants: keyGrants(key, ask),
    resourceAccountId: key.account.accountId,
    resourceMustAllow: true,
    layers: { identity: 'kms-identity', resource: 'kms-key-policy' },
  };
}

/** AWS (D.1): S3 uses a key of the bucket's own Region only, and an object under a key needs a signed request. */
function faultOf({ caller, bucket }: S3Question, key: KeyFacts): string | undefined {
  if (caller.principal.kind === 'anonymous') return 'an object under a KMS key needs a signed request';
  if (key.region === undefined || bucket.region === undefined || key.region === bucket.region)
    return undefined;
  return `the key is in ${key.region}, the bucket in ${bucket.region}`;
}

/** AWS (D.5): cryptographic operations work only while the key is enabled. */
function stateConstraint(
  key: KeyFacts,
  { x }: Ask,
  fault?: string,
): Pick<Combined, 'constraints' | 'reports'> {
  if (fault !== undefined) return gate('kms-key-state', x.no, x.yes, fault);
  const holds =
    key.state.kind === 'seen'
      ? x.of(key.state.value === 'Enabled')
      : x.atom({
          kind: 'unreadable',
          leg: 'kms',
          document: `${key.arn}#state`,
          reason: reasonOf(key),
          may: 'matter',
        });
  const value = key.state.kind === 'seen' ? key.state.value : 'unknown';
  const until = key.deletionDate === undefined ? '' : `, deletion on ${key.deletionDate}`;
  return gate('kms-key-state', holds, x.yes, `the key is ${value}${until}`);
}

function reasonOf(key: KeyFacts): string {
  return key.state.kind === 'unreadable' ? key.state.reason : 'the key has no state';
}

function unreadableLeg(document: string, reason: string, { x }: Ask): KmsPart {
  const holds = x.atom({ kind: 'unreadable', leg: 'kms', document, reason, may: 'matter' });
  return {
    ...gate('kms-key-policy', holds, x.yes, `${document} could not be read`),
    grants: [],
    contexts: [],
  };
}

function gate(
  layer: Layer,
  holds: Node,
  yes: Node,
  note: string,
): { constraints: readonly Constraint[]; reports: readonly LayerReport[] } {
  return {
    constraints: [{ leg: 'kms', layer, explicit: false, statement: undefined, holds }],
    reports: [{ leg: 'kms', layer, applicable: true, allows: holds, spares: yes, statements: [], note }],
  };
}

function joined(parts: readonly KmsPart[]): KmsPart {
  return {
    constraints: parts.flatMap((part) => part.constraints),
    reports: parts.flatMap((part) => part.reports),
    grants: parts.flatMap((part) => part.grants),
    contexts: parts.flatMap((part) => part.contexts),
  };
}
