/**
 * S3's own layers, one file each. A new one is a file beside these and a row here; what policies say is combined
 * elsewhere (combine.ts), and the call to KMS is a leg of its own (kms.ts).
 */
import type { Layer } from '@denyscope/model';
import { accessPoint } from './access-point.ts';
import { accountState } from './account-state.ts';
import { acl } from './acl.ts';
import { blockPublicAccess } from './block-public-access.ts';
import { bucketAbac } from './bucket-abac.ts';
import type { Gate } from './gate.ts';
import { objectLock } from './object-lock.ts';
import { ownership } from './ownership.ts';
import { requesterPays } from './requester-pays.ts';
import { sseCBlock } from './sse-c-block.ts';

interface Row {
  readonly layer: Layer;
  readonly judge: Gate;
}

/** What grants beside the bucket policy: asked first, since the policies' needs count its grants. */
export const GRANTING: readonly Row[] = [{ layer: 'acl', judge: acl }];

/** What refuses beside the policies. */
export const REFUSING: readonly Row[] = [
  { layer: 'account-state', judge: accountState },
  { layer: 'access-point', judge: accessPoint },
  { layer: 'ownership', judge: ownership },
  { layer: 'block-public-access', judge: blockPublicAccess },
  { layer: 'requester-pays', judge: requesterPays },
  { layer: 'object-lock', judge: objectLock },
  { layer: 'sse-c-block', judge: sseCBlock },
  { layer: 'bucket-abac', judge: bucketAbac },
];
