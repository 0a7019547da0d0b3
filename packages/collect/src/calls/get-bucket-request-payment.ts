import { GetBucketRequestPaymentCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: who pays for requests (semantics.md C.9, H.1). */
export const getBucketRequestPayment = bucketRead({
  operation: 'GetBucketRequestPayment',
  fields: ['Payer'],
  absences: [],
  ask: async (clients, Bucket) =>
    fieldOf(
      await clients.s3().send(new GetBucketRequestPaymentCommand({ Bucket }), clients.sending),
      'Payer',
    ),
});
