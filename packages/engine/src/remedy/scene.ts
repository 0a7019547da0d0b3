import type { Observed, Principal } from '@denyscope/model';
import { kmsActionsFor } from '../evaluate/kms-actions.ts';
import type { PolicySource } from '../evaluate/policy-source.ts';
import type {
  AccessPointQuestion,
  AccountQuestion,
  AccountFacts,
  BucketEncryption,
  CallerFacts,
  KeyFacts,
  KeyQuestion,
  NodePolicies,
  ObjectScope,
  RoleQuestion,
  S3Question,
  Vantage,
} from '../evaluate/question.ts';

/** What a remedy may name: who asked for what, where, and the documents that refused. */
export interface Scene {
  readonly caller: string;
  readonly principal: Principal;
  readonly callerAccount: string | undefined;
  readonly hasBoundary: boolean;
  readonly via: Vantage;
  /** The call itself. */
  readonly call: Call;
  /** The call that S3 makes to KMS; undefined where there is none. */
  readonly kms: Call | undefined;
  readonly key: KeyFacts | undefined;
  readonly sources: readonly PolicySource[];
}

/** One call, as a policy would name it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** What the resource is. */
  readonly noun: 'bucket' | 'key' | 'role' | 'access point' | 'account';
  readonly owner: string;
}

/** A question that can be answered with remedies. */
export type Explained = S3Question | AccessPointQuestion | AccountQuestion | KeyQuestion | RoleQuestion;

/** The scene of a question. */
export function sceneOf(question: Explained): Scene {
  const { caller, via } = question;
  const shared = {
    caller: callerName(caller),
    principal: caller.principal,
    callerAccount: caller.account?.accountId,
    hasBoundary: caller.boundary !== undefined,
    via,
  };
  const sources = callerSources(caller, via);
  if ('bucket' in question) return { ...shared, ...bucketScene(question, sources) };
  const [call, own] = targetOf(question);
  const key = 'key' in question ? question.key : undefined;
  const isKey = key !== undefined;
  return { ...shared, call, kms: isKey ? call : undefined, key, sources: [...sources, ...own] };
}

function targetOf(question: Exclude<Explained, S3Question>): readonly [Call, readonly PolicySource[]] {
  const { action } = question;
  if ('key' in question) return [keyCall(question.key, action), keySources(question.key)];
  if ('role' in question) {
    const { arn, account, trust, rcps } = question.role;
    return [callOf(action, arn, 'role', account), [trust, ...nodeSources(rcps)]];
  }
  if (!('point' in question)) {
    return [{ action, resource: '*', noun: 'account', owner: question.caller.account?.accountId ?? '' }, []];
  }
  const { arn, account, policy, rcps } = question.point;
  return [callOf(action, arn, 'access point', account), [policy, ...nodeSources(rcps)]];
}

function bucketScene(
  question: S3Question,
  sources: readonly PolicySource[],
): Pick<Scene, 'call' | 'kms' | 'key' | 'sources'> {
  const { action, bucket, objects, operation } = question;
  const key =
    keyOf(question.object?.encryption) ??
    keyOf(question.encryptionOfWrites) ??
    observedKey(bucket.encryption);
  const kmsActions = kmsActionsFor(action, operation).join(' and ');
  return {
    call: callOf(action, bucket.arn + pathOf(objects), 'bucket', bucket.account),
    kms: key && keyCall(key, kmsActions),
    key,
    sources: [...sources, bucket.policy, ...nodeSources(bucket.rcps), ...(key ? keySources(key) : [])],
  };
}

function callOf(action: string, resource: string, noun: Call['noun'], account: AccountFacts): Call {
  return { action, resource, noun, owner: account.accountId };
}

function keyCall(key: KeyFacts, action: string): Call {
  return callOf(action, key.arn, 'key', key.account);
}

function pathOf(objects: ObjectScope): string {
  switch (objects.kind) {
    case 'bucket':
      return '';
    case 'any-key':
      return '/*';
    case 'key':
      return `/${objects.key}`;
    case 'like':
      return `/${objects.pattern}`;
  }
}

function keyOf(encryption: BucketEncryption | undefined): KeyFacts | undefined {
  return encryption?.kind === 'kms' ? encryption.key : undefined;
}

function observedKey(encryption: Observed<BucketEncryption>): KeyFacts | undefined {
  return encryption.kind === 'seen' ? keyOf(encryption.value) : undefined;
}

function callerSources(caller: CallerFacts, via: Vantage): readonly PolicySource[] {
  return [
    ...caller.identity,
    ...(caller.boundary ?? []),
    ...(caller.session ?? []),
    ...nodeSources(caller.scps),
    ...(via.endpoint?.policies ?? []),
    ...(via.accessPoint ? [via.accessPoint.policy, ...nodeSources(via.accessPoint.rcps)] : []),
  ];
}

function keySources({ policy, rcps }: KeyFacts): readonly PolicySource[] {
  return [policy, ...nodeSources(rcps)];
}

function nodeSources(nodes: readonly NodePolicies[] | undefined): readonly PolicySource[] {
  return (nodes ?? []).flatMap(({ policies }) => policies);
}

/** The caller as it reads in a sentence. */
function callerName({ principal }: CallerFacts): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'anonymous callers';
    case 'service':
      return principal.text;
    case 'root':
      return `the root user of ${principal.accountId}`;
    case 'account':
      return `account ${principal.accountId}`;
    case 'role':
    case 'user':
    case 'session':
    case 'federated':
      return principal.text.split(':').slice(5).join(':');
  }
}
