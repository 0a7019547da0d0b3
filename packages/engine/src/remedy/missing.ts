import type { Layer } from '@denyscope/model';
import type { Call, Scene } from './scene.ts';

/** What a layer without an Allow, or a gate that refuses, wants. */
interface Wanting {
  readonly scene: Scene;
  /** The call that the layer judges. */
  readonly call: Call;
  /** What the layer's own row says. */
  readonly note: string;
}

type Say = (wanting: Wanting) => string;

/** The caller as a Principal element names it. */
function named({ principal }: Scene): string {
  // AWS (A.2): no session but this one would come in by its own ARN; the role's lets all of them in.
  return principal.kind === 'session'
    ? `arn:${principal.partition}:iam::${principal.accountId}:role/${principal.name}`
    : principal.text;
}

function pair({ call }: Wanting): string {
  return `${call.action} on ${call.resource}`;
}

function noted(note: string, text: string): string {
  return note === '' ? capitalized(text) : `${capitalized(note)}: ${text}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const organizationPolicy =
  (noun: string): Say =>
  (wanting) =>
    noted(
      wanting.note.replace(/^no Allow at/, `no ${noun} allows it at`),
      `allow ${wanting.call.action} in an ${noun} there`,
    );

const identity: Say = (wanting) => {
  const { scene, call } = wanting;
  // AWS writes the policies of these itself.
  if (scene.caller.startsWith('role/aws-service-role/')) {
    return `${scene.caller} is a service-linked role, whose policy nobody changes: use a role of your own for ${call.action}`;
  }
  if (scene.caller.startsWith('role/aws-reserved/sso.amazonaws.com/')) {
    return `The permission set behind ${scene.caller} does not allow ${call.action}: add an Allow for ${pair(wanting)} to it in IAM Identity Center`;
  }
  const here = `No identity-based policy of ${scene.caller} allows ${call.action}: add an Allow for ${pair(wanting)}`;
  if (scene.callerAccount !== call.owner)
    return `${here} in account ${scene.callerAccount ?? 'of the caller'}`;
  return call.noun === 'bucket' || call.noun === 'key'
    ? `${here}, or name the caller in the ${call.noun} policy`
    : here;
};

const bucketPolicy: Say = (wanting) => {
  const { scene } = wanting;
  if (scene.principal.kind === 'anonymous') {
    return `The bucket policy lets nobody in without signing: give callers credentials, or serve the objects through CloudFront, rather than make the bucket public`;
  }
  if (scene.principal.kind === 'service') {
    return `The bucket policy does not let ${scene.caller} in: add an Allow for ${pair(wanting)} with that Service principal and aws:SourceAccount`;
  }
  return `The bucket policy does not let ${scene.caller} of account ${scene.callerAccount ?? 'unknown'} in: add an Allow for ${pair(wanting)} with the principal ${named(scene)}`;
};

const keyPolicy: Say = ({ scene, call, note }) => {
  if (note.endsWith('could not be read')) return capitalized(`${note}: let the scanner read it`);
  const ask = `add a statement for ${call.action} with the principal ${named(scene)}`;
  const start = `No statement of the key policy admits ${scene.caller}: ${ask}`;
  if (scene.principal.kind === 'service') return start;
  return scene.callerAccount === call.owner
    ? `${start}, or delegate to IAM with the principal arn:aws:iam::${call.owner}:root`
    : `${start}, or with its account ${scene.callerAccount ?? 'unknown'}`;
};

const endpoint: Say = (wanting) => {
  const { scene, call } = wanting;
  const bucket = call.noun === 'bucket' ? call.resource.replace(/\/.*$/s, '') : undefined;
  const resource = bucket === undefined ? call.resource : `${bucket} and ${bucket}/*`;
  return `The policy of ${scene.via.endpoint?.id ?? 'the endpoint'} does not allow ${call.action} here: add ${resource} to an Allow`;
};

const KEY_STATES: readonly (readonly [state: RegExp, remedy: string])[] = [
  [
    /PendingDeletion|PendingReplicaDeletion/,
    'cancel the deletion (kms:CancelKeyDeletion), then enable the key',
  ],
  [/Disabled/, 'enable the key (kms:EnableKey)'],
  [/PendingImport/, 'import the key material'],
  [/Unavailable/, 'reconnect the key store'],
  [/signed/, 'sign the request'],
  [/TLS/, 'call over TLS'],
  [/the bucket in/, "use a key of the bucket's Region"],
  [/symmetric/, 'use a symmetric key'],
  [/could not be read/, 'let the scanner read it'],
];

const keyState: Say = ({ note }) => {
  for (const part of note.split('; ')) {
    const remedy = KEY_STATES.find(([state]) => state.test(part))?.[1];
    if (remedy !== undefined) return noted(part, remedy);
  }
  return noted(note, 'encrypt the object with a key that can be used');
};

const publicBlock: Say = ({ note }) =>
  noted(
    note,
    'name accounts or the organization where the policy says everyone, rather than turn the flag off',
  );

const accessPointSays: Say = (wanting) => {
  const { note, scene } = wanting;
  if (/from .*only$/.test(note)) return noted(note, 'call from there, or use another access point');
  if (/anonymous/.test(note)) return noted(note, 'sign the request');
  if (note !== '' && !/silent/.test(note)) return noted(note, 'call otherwise');
  return `The access point policy does not let ${scene.caller} in: add an Allow for ${pair(wanting)} with the principal ${named(scene)}`;
};

/** One row a layer: what to do where it has no Allow, or refuses as a gate does. */
const TABLE: Readonly<Record<Layer, Say>> = {
  'account-state': ({ note }) => noted(note, 'nothing in a policy helps; ask whoever runs the organization'),
  scp: organizationPolicy('SCP'),
  rcp: organizationPolicy('RCP'),
  identity,
  boundary: (wanting) =>
    `The permissions boundary of ${wanting.scene.caller} does not allow ${wanting.call.action}: add ${pair(wanting)} to it`,
  session: (wanting) =>
    `No session policy allows ${wanting.call.action}: assume the role with one that allows ${pair(wanting)}`,
  'bucket-policy': bucketPolicy,
  'access-point': accessPointSays,
  acl: ({ note }) => noted(note, 'grant by the bucket policy rather than by an ACL'),
  ownership: ({ note }) => noted(note, 'send no ACL with the upload, and let policies grant'),
  'block-public-access': publicBlock,
  'vpc-endpoint': endpoint,
  'requester-pays': ({ scene, note }) =>
    scene.principal.kind === 'anonymous'
      ? noted(note, 'sign the request, and send x-amz-request-payer: requester')
      : noted(note, 'send x-amz-request-payer: requester with each request'),
  'object-lock': ({ note }) =>
    noted(note, 'wait for the end of the retention, or have whoever may bypass or lift it do so'),
  'bucket-abac': ({ note }) => noted(note, 'use TagResource and UntagResource (s3:TagResource)'),
  'sse-c-block': ({ note }) => noted(note, 'upload with SSE-S3 or SSE-KMS'),
  'kms-key-policy': keyPolicy,
  'kms-identity': identity,
  'kms-grant': ({ call, scene }) => `Create a grant for ${call.action} to ${named(scene)}`,
  'kms-key-state': keyState,
  'role-trust': (wanting) =>
    wanting.note === ''
      ? `The trust policy does not let ${wanting.scene.caller} in: add an Allow for ${wanting.call.action} with the principal ${named(wanting.scene)}`
      : noted(wanting.note, 'sign the request'),
};

/** What to do where the layer does not allow. */
export function missingSummary(layer: Layer, wanting: Wanting): string {
  return TABLE[layer](wanting);
}
