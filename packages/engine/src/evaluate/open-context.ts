import type { Leg } from '@denyscope/model';
import { actionCarriesKey, isMultiValuedKey } from '../catalogue/index.ts';
import { ABSENT, known, type KeyPlace, type KeyState, type RequestContext } from './context.ts';
import { callerStates } from './caller-states.ts';
import { ALWAYS, MAYBE, resourceStates, tagState, type KeyStates } from './key-states.ts';
import type { CallerFacts, KeyFacts, KeyQuestion, S3Question } from './question.ts';
import {
  forwardStates,
  absentNetwork,
  accessPointStates,
  bucketTag,
  networkStates,
  timeStates,
} from './request-states.ts';

type Prefixes = readonly (readonly [prefix: string, stateOf: (name: string) => KeyState])[];

interface Layout {
  readonly leg: Leg;
  readonly action: string;
  readonly states: KeyStates;
  readonly prefixes: Prefixes;
  readonly context: Readonly<Record<string, readonly string[] | null>>;
}

/** A context whose unlisted keys are open where the action carries them, and absent where it does not. */
function openContext({ leg, action, states, prefixes, context }: Layout): RequestContext {
  const fixed = new Map([...states, ...Object.entries(context).map(closedEntry)]);
  return {
    leg,
    closed: false,
    alwaysPresent: [...fixed].flatMap(([key, state]) => openPlaces(key, state)),
    isMultiValued: isMultiValuedKey,
    stateOf: (name) => {
      const key = name.toLowerCase();
      const state = fixed.get(key);
      if (state) return state;
      const prefix = prefixes.find(([text]) => key.startsWith(text));
      if (prefix) return prefix[1](key.slice(prefix[0].length));
      return actionCarriesKey(action, key) ? { kind: 'open', leg, alwaysPresent: false } : ABSENT;
    },
  };
}

/** The name of a role's session, behind a key that begins with what is known, is open in its own right. */
function openPlaces(key: string, state: KeyState): readonly KeyPlace[] {
  if (state.kind === 'prefixed') return [{ leg: 's3', key: state.key }];
  return state.kind === 'open' && state.alwaysPresent ? [{ leg: state.leg, key }] : [];
}

function closedEntry([key, values]: readonly [string, readonly string[] | null]): readonly [
  string,
  KeyState,
] {
  return [key.toLowerCase(), values === null ? ABSENT : known(...values)];
}

/** The context of the call to S3. */
export function s3Context(question: S3Question): RequestContext {
  const { caller, action, bucket, via, context, time } = question;
  return openContext({
    leg: 's3',
    action,
    context,
    states: [
      ...callerStates(caller),
      ...timeStates(time),
      ...networkStates(via),
      ...resourceStates(bucket.account),
      ['s3:resourceaccount', known(bucket.account.accountId)],
      // AWS (C.12): S3's requested Region is the bucket's in normal use.
      ['aws:requestedregion', bucket.region === undefined ? ALWAYS : known(bucket.region)],
      ['aws:securetransport', ALWAYS],
      ...forwardStates(via, caller.account !== undefined),
      ...accessPointStates(via),
    ],
    prefixes: [
      ['aws:principaltag/', (name) => tagState(caller.tags, name, `${caller.principal.text}#tags`)],
      ['aws:resourcetag/', (name) => bucketTag(bucket, name)],
      ['s3:buckettag/', (name) => bucketTag(bucket, name)],
      ['s3:accesspointtag/', () => (via.accessPoint ? MAYBE : ABSENT)],
    ],
  });
}

/** One call that S3 makes to KMS. */
export interface KeyCall {
  readonly key: KeyFacts;
  readonly action: string;
  /** The ARN in the call's encryption context. */
  readonly arnState: KeyState;
}

/** The context of the call that S3 makes to KMS for the caller: semantics.md D.2, D.4. */
export function kmsContext(question: S3Question, { key, action, arnState }: KeyCall): RequestContext {
  const { caller, context, time, bucket } = question;
  const region = key.region ?? bucket.region;
  const shared = Object.fromEntries(
    Object.entries(context).filter(([name]) => isSessionKey(name.toLowerCase())),
  );
  return openContext({
    leg: 'kms',
    action,
    context: shared,
    states: [
      ...callerStates(caller),
      ...timeStates(time),
      ...absentNetwork(),
      ...keyStates(key),
      ['aws:viaawsservice', known('true')],
      ['aws:securetransport', known('true')],
      ['kms:viaservice', region === undefined ? ALWAYS : known(`s3.${region}.amazonaws.com`)],
      ['kms:encryptioncontextkeys', known('aws:s3:arn')],
      ['kms:encryptioncontext:aws:s3:arn', arnState],
      ['kms:requestalias', ABSENT],
    ],
    prefixes: keyPrefixes(caller, key),
  });
}

/** The context of a call that the caller makes to KMS directly. */
export function directKmsContext(question: KeyQuestion): RequestContext {
  const { caller, action, key, via, context, time } = question;
  return openContext({
    leg: 'kms',
    action,
    context,
    states: [
      ...callerStates(caller),
      ...timeStates(time),
      ...networkStates(via),
      ...keyStates(key),
      ['aws:securetransport', known('true')],
      ...forwardStates(via, true),
      // AWS (D.4): absent on direct calls.
      ['kms:viaservice', ABSENT],
    ],
    prefixes: keyPrefixes(caller, key),
  });
}

function keyStates(key: KeyFacts): KeyStates {
  const aliases: KeyState =
    key.aliases.kind === 'unreadable'
      ? { kind: 'unreadable', document: `${key.arn}#aliases`, reason: key.aliases.reason }
      : known(...(key.aliases.kind === 'seen' ? key.aliases.value : []));
  return [
    ...resourceStates(key.account),
    ['aws:requestedregion', key.region === undefined ? ALWAYS : known(key.region)],
    ['kms:resourcealiases', aliases],
    ['kms:grantisforawsresource', ABSENT],
  ];
}

function keyPrefixes(caller: CallerFacts, key: KeyFacts): Prefixes {
  return [
    ['aws:principaltag/', (name) => tagState(caller.tags, name, `${caller.principal.text}#tags`)],
    ['aws:resourcetag/', (name) => tagState(key.tags, name, `${key.arn}#tags`)],
  ];
}

/** Keys of the caller and its session, which S3 hands on to KMS. */
function isSessionKey(key: string): boolean {
  return /^aws:(principal|userid|username|multifactor|tokenissuetime|sourceidentity|federatedprovider|currenttime|epochtime)/.test(
    key,
  );
}
