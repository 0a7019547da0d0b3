import { bucketOfHost, regionOfHost } from './s3.ts';

test.each([
  ['my-bucket.s3.eu-west-1.amazonaws.com', 'my-bucket', 'eu-west-1'],
  ['my.dotted.bucket.s3.eu-west-1.amazonaws.com:8080', 'my.dotted.bucket', 'eu-west-1'],
  ['my-bucket.s3-eu-west-1.amazonaws.com', 'my-bucket', 'eu-west-1'],
  ['my-bucket.s3.dualstack.us-gov-west-1.amazonaws.com', 'my-bucket', 'us-gov-west-1'],
  ['my-bucket.s3.amazonaws.com', 'my-bucket', undefined],
  ['my-bucket.localhost:4599', 'my-bucket', undefined],
  ['s3.eu-west-1.amazonaws.com', undefined, 'eu-west-1'],
  ['127.0.0.1:4599', undefined, undefined],
  ['localhost:4599', undefined, undefined],
  ['', undefined, undefined],
])('the host `%s` names the bucket %s and the Region %s', (host, bucket, region) => {
  expect(bucketOfHost(host)).toBe(bucket);
  expect(regionOfHost(host)).toBe(region);
});
