import { ConfigurationError } from './configuration.ts';
import { readScanConfiguration } from './scan-configuration.ts';

test('scans have defaults, but for what is nobody else to know', () => {
  expect(readScanConfiguration({ DENYSCOPE_EXTERNAL_ID: '' })).toEqual({
    roleName: 'DenyscopeScanner',
    externalId: undefined,
    regions: undefined,
    homeRegion: undefined,
    concurrency: undefined,
    callsInFlight: undefined,
    rateFactor: undefined,
    limitMs: undefined,
    cron: '0 2 * * *',
    timeZone: 'UTC',
    retention: { keepDays: 400, keepScans: 10 },
    port: undefined,
  });
});

test('the environment says how to scan', () => {
  const environment = {
    DENYSCOPE_ROLE_NAME: 'Audit',
    DENYSCOPE_EXTERNAL_ID: 'unguessable',
    DENYSCOPE_REGIONS: 'eu-west-1, us-east-1',
    AWS_REGION: 'eu-central-1',
    AWS_DEFAULT_REGION: 'us-east-2',
    DENYSCOPE_CONCURRENCY: '16',
    DENYSCOPE_CALLS_IN_FLIGHT: '100',
    DENYSCOPE_RATE_FACTOR: '0.25',
    DENYSCOPE_SCAN_LIMIT_MINUTES: '90',
    DENYSCOPE_CRON: '30 1 * * 1-5',
    DENYSCOPE_TIME_ZONE: 'Europe/Berlin',
    DENYSCOPE_KEEP_DAYS: '30',
    DENYSCOPE_KEEP_SCANS: '1',
    DENYSCOPE_PORT: '9000',
  };
  expect(readScanConfiguration(environment)).toEqual({
    roleName: 'Audit',
    externalId: 'unguessable',
    regions: ['eu-west-1', 'us-east-1'],
    homeRegion: 'eu-central-1',
    concurrency: 16,
    callsInFlight: 100,
    rateFactor: 0.25,
    limitMs: 90 * 60_000,
    cron: '30 1 * * 1-5',
    timeZone: 'Europe/Berlin',
    retention: { keepDays: 30, keepScans: 1 },
    port: 9000,
  });
});

test.each([
  ['DENYSCOPE_ROLE_NAME', 'a role'],
  ['DENYSCOPE_EXTERNAL_ID', 's'],
  ['DENYSCOPE_REGIONS', 'eu-west-1;us-east-1'],
  ['AWS_REGION', 'Frankfurt'],
  ['DENYSCOPE_CONCURRENCY', '0'],
  ['DENYSCOPE_CALLS_IN_FLIGHT', '1000'],
  ['DENYSCOPE_RATE_FACTOR', '0'],
  ['DENYSCOPE_RATE_FACTOR', '0.0'],
  ['DENYSCOPE_SCAN_LIMIT_MINUTES', '0'],
  ['DENYSCOPE_CRON', 'nightly'],
  ['DENYSCOPE_TIME_ZONE', 'Mars/Olympus'],
  ['DENYSCOPE_KEEP_DAYS', '0'],
  ['DENYSCOPE_KEEP_SCANS', 'all'],
  ['DENYSCOPE_PORT', '70000'],
])('%s=`%s` is refused', (variable, value) => {
  expect(() => readScanConfiguration({ [variable]: value })).toThrow(ConfigurationError);
});

test('the home Region is that of the AWS CLI where the SDK has none', () => {
  expect(readScanConfiguration({ AWS_DEFAULT_REGION: 'us-gov-west-1' }).homeRegion).toBe('us-gov-west-1');
});
