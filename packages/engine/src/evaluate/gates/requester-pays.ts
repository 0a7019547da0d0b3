import type { Node } from '../../expression/expressions.ts';
import { known, type KeyState } from '../context.ts';
import { gateOf, hiddenFact, valueNode, type Gate } from './gate.ts';

/** A request header, not a condition key: no policy can test it. */
const PAYER_HEADER = 'x-amz-request-payer';
const OPEN_HEADER: KeyState = { kind: 'open', leg: 's3', alwaysPresent: false };

/** AWS (C.9): whoever is not of the owner's account must say that it pays, which an anonymous caller cannot. */
export const requesterPays: Gate = ({ caller, bucket, context }, ask) => {
  const { x } = ask;
  const { payer } = bucket;
  const isOwner = caller.account?.accountId === bucket.account.accountId;
  const header = Object.entries(context).find(([key]) => key.toLowerCase() === PAYER_HEADER);
  const said: KeyState = header ? known(...(header[1] ?? [])) : OPEN_HEADER;
  const accepts: Node =
    caller.principal.kind === 'anonymous' ? x.no : valueNode(PAYER_HEADER, 'requester', said, x);
  const isRequester =
    payer.kind === 'unreadable'
      ? hiddenFact(`${bucket.arn}#request-payment`, payer.reason, ask)
      : x.of(payer.kind === 'seen' && payer.value === 'Requester');
  const applicable = !isOwner && isRequester !== x.no;
  return gateOf(
    {
      leg: 's3',
      layer: 'requester-pays',
      explicit: false,
      holds: isOwner ? x.yes : x.any([x.not(isRequester), accepts]),
      applicable,
      note: applicable ? 'the requester pays, and must say so with each request' : '',
    },
    x,
  );
};
