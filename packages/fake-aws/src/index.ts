/**
 * A snapshot comes in. An HTTP server comes out that answers for its organization in the wire protocols of the real
 * AWS services, so that the real SDK clients read it through `AWS_ENDPOINT_URL`, faults and all.
 */
export type { Fault, FaultTarget } from './fault.ts';
export type { RecordedCall } from './gateway.ts';
export { SCANNER_ACCESS_KEY_ID, startFakeAws, type FakeAws, type FakeAwsOptions } from './server.ts';
export type { ServedSnapshot } from './world.ts';
