import { flagNode, gateOf, NO_PART, type Gate } from './gate.ts';

/**
 * AWS (C.11): once attribute-based access control is on for a bucket, its tags are set by TagResource and
 * UntagResource; PutBucketTagging, which DeleteBucketTagging is authorised as, stops working.
 */
export const bucketAbac: Gate = ({ bucket }, ask) => {
  const { x } = ask;
  if (ask.action.toLowerCase() !== 's3:putbuckettagging') return NO_PART;
  const isOn = flagNode(bucket.abacEnabled, `${bucket.arn}#abac`, ask);
  const note = isOn === x.no ? '' : 'ABAC is on for the bucket, so its tags are set by s3:TagResource';
  return gateOf(
    { leg: 's3', layer: 'bucket-abac', explicit: false, holds: x.not(isOn), applicable: isOn !== x.no, note },
    x,
  );
};
