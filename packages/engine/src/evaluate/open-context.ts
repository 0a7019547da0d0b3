import type { Leg } from '@denyscope/model';
import { actionCarriesKey, isMultiValuedKey } from '../catalogue/index.ts';
import { ABSENT, known, type KeyPlace, type KeyState, type RequestContext } from './context.ts';
import { callerStates } from './caller-states.ts';
import { ALWAYS, resourceStates, tagState, type KeyStates } from './key-states.ts';
import type {
  AccessPointFacts,
  AccessPointQuestion,
  AccountFacts,
  CallerFacts,
  KeyFacts,
  KeyQuestion,
  S3Question,
} from './question.ts';
import {
  forwardStates,
  absentNetwork,
  accessPointStates,
  accessPointTag,
  bucketTag,
  networkStates,
  timeStates,
} from './request-states.ts';

type Prefixes = readonly (readonly [prefix: string, stateOf: (name: string) => KeyState])[];

interface Layout {
  readonly leg: Leg;
  readonly caller: CallerFacts;
  readonly time: string;
  readonly action: string;
  /** Beside those of the caller and of the time, which every request has. */
  readonly states: KeyStates;
  readonly prefixes: Prefixes;
  readonly context: Readonly<Record<string, readonly string[] | null>>;
}

/** A context whose unlisted keys are open where the action carries them, and absent where it does not. */
export function openContext(layout: Layout): RequestContext {
  const { leg, caller, time, action, context } = layout;
  const states = [...callerStates(caller), ...timeStates(time), ...layout.states];
  const principalTag = (name: string): KeyState =>
    tagState(caller.tags, name, `${caller.principal.text}#tags`);
  const prefixes: Prefixes = [['aws:principaltag/', principalTag], ...layout.prefixes];
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

/** The context of the call to S3, as policies about the bucket see it. */
export function s3Context(question: S3Question): RequestContext {
  return carriedContext(question, question.bucket.account);
}

/** The context of the same call as policies about the access point see it: the resource is the point's owner's. */
export function accessPointContext(question: S3Question, point: AccessPointFacts): RequestContext {
  return carriedContext(question, point.account);
}

function carriedContext(question: S3Question, account: AccountFacts): RequestContext {
  const { bucket, via } = question;
  // AWS (C.11): what the request reaches is the bucket, whose tags these are; the access point's have their own key.
  const tag = (name: string): KeyState => bucketTag(bucket, name);
  return resourceContext(question, {
    account,
    region: bucket.region,
    point: via.accessPoint,
    resourceTag: tag,
    bucketTag: tag,
  });
}

/** The context of a call about an access point itself. */
export function managementContext(question: AccessPointQuestion): RequestContext {
  const { point, region } = question;
  return resourceContext(question, {
    account: point.account,
    region,
    point,
    resourceTag: (name) => accessPointTag(point, name),
    bucketTag: () => ABSENT,
  });
}

/** The resource that policies are asked about. */
interface AskedResource {
  readonly account: AccountFacts;
  readonly region: string | undefined;
  /** The access point that the request names. */
  readonly point: AccessPointFacts | undefined;
  readonly resourceTag: (name: string) => KeyState;
  readonly bucketTag: (name: string) => KeyState;
}

type Call = Pick<S3Question, 'caller' | 'action' | 'via' | 'context' | 'time'>;

function resourceContext({ caller, action, via, context, time }: Call, asked: AskedResource): RequestContext {
  const { account, region, point } = asked;
  return openContext({
    leg: 's3',
    caller,
    time,
    action,
    context,
    states: [
      ...networkStates(via),
      ...resourceStates(account),
      ['s3:resourceaccount', known(account.accountId)],
      // AWS (C.12): S3's requested Region is the bucket's in normal use.
      ['aws:requestedregion', region === undefined ? ALWAYS : known(region)],
      ['aws:securetransport', ALWAYS],
      ...forwardStates(via, caller.account !== undefined),
      ...accessPointStates(point),
    ],
    prefixes: [
      ['aws:resourcetag/', asked.resourceTag],
      ['s3:buckettag/', asked.bucketTag],
      ['s3:accesspointtag/', (name) => accessPointTag(point, name)],
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
  return openContext({
    leg: 'kms',
    caller,
    time,
    action,
    context: contextOfLeg(context),
    states: [
      ...absentNetwork(),
      ...keyStates(key),
      ['aws:viaawsservice', known('true')],
      ['aws:securetransport', known('true')],
      ['kms:viaservice', region === undefined ? ALWAYS : known(`s3.${region}.amazonaws.com`)],
      ['kms:encryptioncontextkeys', known('aws:s3:arn')],
      ['kms:encryptioncontext:aws:s3:arn', arnState],
      ['kms:requestalias', ABSENT],
    ],
    prefixes: keyPrefixes(key),
  });
}

/** The context of a call that the caller makes to KMS directly. */
export function directKmsContext(question: KeyQuestion): RequestContext {
  const { caller, action, key, alias, via, context, time } = question;
  return openContext({
    leg: 'kms',
    caller,
    time,
    action,
    context,
    states: [
      ...networkStates(via),
      ...keyStates(key),
      ['aws:securetransport', known('true')],
      ...forwardStates(via, true),
      // AWS (D.4): absent on direct calls.
      ['kms:viaservice', ABSENT],
      ...(alias === undefined ? [] : [['kms:requestalias', known(alias)] as const]),
    ],
    prefixes: keyPrefixes(key),
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
  ];
}

function keyPrefixes(key: KeyFacts): Prefixes {
  return [['aws:resourcetag/', (name) => tagState(key.tags, name, `${key.arn}#tags`)]];
}

/** How a key of the call to KMS is told from the same key of the call to S3. */
const OF_KMS = 'kms ';

/** Keys of KMS's own, but those that S3 and the inventory decide. */
function isLeftOpenByS3(key: string): boolean {
  return (
    key.startsWith('kms:') &&
    !/^kms:(viaservice|calleraccount|encryptioncontextkeys|encryptioncontext:aws:s3:arn|requestalias|resourcealiases|grantisforawsresource)$/.test(
      key,
    )
  );
}

/** What the asker says of the call to KMS: what S3 hands on, keys of KMS's own, and those that are named as its. */
function contextOfLeg(context: S3Question['context']): S3Question['context'] {
  const entries = Object.entries(context).map(([name, values]) => [name.toLowerCase(), values] as const);
  const shared = entries.filter(([name]) => isSessionKey(name) || isLeftOpenByS3(name));
  const own = entries.flatMap(([name, values]) =>
    name.startsWith(OF_KMS) ? [[name.slice(OF_KMS.length), values] as const] : [],
  );
  return Object.fromEntries([...shared, ...own]);
}

/** Keys of the caller and its session, which S3 hands on to KMS. */
function isSessionKey(key: string): boolean {
  return /^aws:(principal|userid|username|multifactor|tokenissuetime|sourceidentity|sourcearn|sourceaccount|sourceorg|sourceowner|federatedprovider|currenttime|epochtime)/.test(
    key,
  );
}
