import type { Layer } from '@denyscope/model';

/** What people call the documents of a layer, and what it takes to change one. */
export interface LayerPlace {
  readonly noun: string;
  readonly risk: 'low' | 'medium' | 'high';
  readonly minutes: readonly [least: number, most: number];
}

function place(noun: string, risk: LayerPlace['risk'], least: number, most: number): LayerPlace {
  return { noun, risk, minutes: [least, most] };
}

/** One row a layer. The risk is that of a mistake: a change above an account reaches everything below it. */
export const PLACES: Readonly<Record<Layer, LayerPlace>> = {
  'account-state': place('account', 'high', 30, 240),
  scp: place('SCP', 'high', 15, 60),
  rcp: place('RCP', 'high', 15, 60),
  identity: place('identity-based policy', 'low', 2, 10),
  boundary: place('permissions boundary', 'medium', 5, 20),
  session: place('session policy', 'low', 2, 10),
  'bucket-policy': place('bucket policy', 'medium', 5, 15),
  'access-point': place('access point policy', 'medium', 5, 15),
  acl: place('ACL', 'medium', 5, 15),
  ownership: place('Object Ownership', 'medium', 5, 30),
  'block-public-access': place('Block Public Access', 'high', 10, 60),
  'vpc-endpoint': place('endpoint policy', 'medium', 5, 20),
  'requester-pays': place('Requester Pays', 'low', 1, 5),
  'object-lock': place('Object Lock', 'high', 5, 30),
  'sse-c-block': place('SSE-C blocking', 'low', 2, 10),
  'bucket-abac': place('bucket ABAC', 'low', 2, 10),
  'kms-key-policy': place('key policy', 'medium', 5, 15),
  'kms-identity': place('identity-based policy', 'low', 2, 10),
  'kms-grant': place('grant', 'low', 2, 10),
  'kms-key-state': place('key', 'medium', 2, 15),
  'role-trust': place('trust policy', 'medium', 5, 15),
};

/** To call otherwise, or to tag something, changes no policy. */
export const BY_THE_WAY: Omit<LayerPlace, 'noun'> = { risk: 'low', minutes: [1, 10] };
