/**
 * S3's own layers, one file each. A new one is a file beside these and a row here; what policies say is combined
 * elsewhere (combine.ts), and the call to KMS is a leg of its own (kms.ts).
 */
import type { Layer } from '@denyscope/model';
import { accessPoint } from './access-point.ts';
import { acl } from './acl.ts';
import { blockPublicAccess } from './block-public-access.ts';
import type { Gate } from './gate.ts';
import { requesterPays } from './requester-pays.ts';

interface Row {
  readonly layer: Layer;
  readonly judge: Gate;
}

/** What grants beside the bucket policy: asked first, since the policies' needs count its grants. */
export const GRANTING: readonly Row[] = [{ layer: 'acl', judge: acl }];

/** What refuses beside the policies. */
export const REFUSING: readonly Row[] = [
  { layer: 'access-point', judge: accessPoint },
  { layer: 'block-public-access', judge: blockPublicAccess },
  { layer: 'requester-pays', judge: requesterPays },
];
