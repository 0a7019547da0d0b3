import { accountGate } from '../account-state.ts';
import type { Gate } from './gate.ts';

/** AWS (H.6): the caller's account, the bucket's and the access point's must be in use. */
export const accountState: Gate = ({ caller, bucket, via }, ask) =>
  accountGate([caller.account, bucket.account, via.accessPoint?.account], ask);
