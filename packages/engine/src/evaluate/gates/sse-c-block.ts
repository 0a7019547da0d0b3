import { presence } from '../open-value.ts';
import { flagNode, NO_PART, type Gate } from './gate.ts';

/** The header that names the caller's own key (SSE-C), as a condition key. */
export const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/** AWS (D.1, C.6): a bucket that blocks SSE-C refuses uploads with keys of the caller's own. */
export const sseCBlock: Gate = ({ bucket }, ask) => {
  const { context, x } = ask;
  if (ask.action.toLowerCase() !== 's3:putobject') return NO_PART;
  const blocked = flagNode(bucket.sseCBlocked, `${bucket.arn}#encryption`, ask);
  if (blocked === x.no) return NO_PART;
  const named = presence(context.stateOf(CUSTOMER_ALGORITHM), CUSTOMER_ALGORITHM, x);
  const holds = x.any([x.not(blocked), x.not(named)]);
  const note = holds === x.yes ? '' : 'the bucket blocks uploads with keys of the caller (SSE-C)';
  const form = {
    keys: [CUSTOMER_ALGORITHM],
    verdict: { leg: 's3', layer: 'sse-c-block', explicit: false, holds, applicable: true, note },
    assumption: 'the upload brings no key of its own (SSE-C)',
  } as const;
  return { ...NO_PART, forms: [form] };
};
