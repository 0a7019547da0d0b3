import { ABSENT, known, type KeyState } from './context.ts';
import { ALWAYS, MAYBE, placeState, tagState, type KeyStates } from './key-states.ts';
import type { BucketFacts, Vantage } from './question.ts';

/** Time is open by nature, and closed here to the scan's: a verdict is of a moment. */
export function timeStates(time: string): KeyStates {
  return [
    ['aws:currenttime', known(time)],
    ['aws:epochtime', known(String(Math.floor(Date.parse(time) / 1000)))],
  ];
}

const VPC_KEYS = [
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:vpcsourceip',
] as const;

/** Neither an address nor an endpoint: a call that a service makes. */
export function absentNetwork(): KeyStates {
  return [...VPC_KEYS, 'aws:sourceip'].map((key) => [key, ABSENT]);
}

/** AWS (C.12, E): a VPC endpoint brings its keys together and takes the public address away. */
export function networkStates(via: Vantage): KeyStates {
  if (via.endpoint) {
    const { id, vpcId, account } = via.endpoint;
    return [
      ['aws:sourceip', ABSENT],
      ['aws:sourcevpce', known(id)],
      ['aws:sourcevpc', vpcId === undefined ? ALWAYS : known(vpcId)],
      ['aws:vpcsourceip', via.sourceIp === undefined ? ALWAYS : known(via.sourceIp)],
      ['aws:vpceaccount', known(account.accountId)],
      ['aws:vpceorgid', placeState(account, (place) => place.id)],
      ['aws:vpceorgpaths', placeState(account, (place) => place.path)],
    ];
  }
  const address: KeyState =
    via.sourceIp === undefined ? (via.internet ? ALWAYS : MAYBE) : known(via.sourceIp);
  if (via.internet || via.sourceIp !== undefined) {
    return [['aws:sourceip', address], ...VPC_KEYS.map((key) => [key, ABSENT] as const)];
  }
  return [['aws:sourceip', MAYBE]];
}

/** AWS (C.8): these keys come with a request through an access point only. */
/**
 * AWS (B.6): a service that forwards the caller's credentials says so, and which services the call went through; of a
 * service that is not named, nothing is known.
 */
export function forwardStates({ service }: Vantage, isSigned: boolean): KeyStates {
  if (service === undefined) return [['aws:viaawsservice', isSigned ? ALWAYS : known('false')]];
  const through = ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast'] as const;
  return [['aws:viaawsservice', known('true')], ...through.map((key) => [key, known(service)] as const)];
}

export function accessPointStates(via: Vantage): KeyStates {
  const point = via.accessPoint;
  const origin = point?.networkOrigin;
  return [
    ['s3:dataaccesspointarn', point ? known(point.arn) : ABSENT],
    ['s3:dataaccesspointaccount', point ? known(point.account.accountId) : ABSENT],
    ['s3:accesspointnetworkorigin', point ? (origin === undefined ? ALWAYS : known(origin)) : ABSENT],
  ];
}

/** AWS (C.11): a bucket's tags are in the context only where attribute-based access control is on for it. */
export function bucketTag(bucket: BucketFacts, name: string): KeyState {
  const { abacEnabled } = bucket;
  if (abacEnabled.kind === 'unreadable') {
    return { kind: 'unreadable', document: `${bucket.arn}#abac`, reason: abacEnabled.reason };
  }
  return abacEnabled.kind === 'seen' && abacEnabled.value
    ? tagState(bucket.tags, name, `${bucket.arn}#tags`)
    : ABSENT;
}
