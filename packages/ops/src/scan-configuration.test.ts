import { ConfigurationError } from './configuration.ts';
import { readScanConfiguration } from './scan-configuration.ts';

test('scans have defaults, but for what is nobody else to know', () => {
  expect(readScanConfiguration({ DENYSCOPE_EXTERNAL_ID: '' })).toEqual({
    roleName: 'DenyscopeScanner',
    externalId: undefined,
    regions: undefined,
    concurrency: undefined,
    cron: '0 2 * * *',
    timeZone: 'UTC',
    port: undefined,
  });
});

test('the environment says how to scan', () => {
  const environment = {
    DENYSCOPE_ROLE_NAME: 'Audit',
    DENYSCOPE_EXTERNAL_ID: 'unguessable',
    DENYSCOPE_REGIONS: 'eu-west-1, us-east-1',
    DENYSCOPE_CONCURRENCY: '16',
    DENYSCOPE_CRON: '30 1 * * 1-5',
    DENYSCOPE_TIME_ZONE: 'Europe/Berlin',
    DENYSCOPE_PORT: '9000',
  };
  expect(readScanConfiguration(environment)).toEqual({
    roleName: 'Audit',
    externalId: 'unguessable',
    regions: ['eu-west-1', 'us-east-1'],
    concurrency: 16,
    cron: '30 1 * * 1-5',
    timeZone: 'Europe/Berlin',
    port: 9000,
  });
});

test.each([
  ['DENYSCOPE_ROLE_NAME', 'a role'],
  ['DENYSCOPE_EXTERNAL_ID', 's'],
  ['DENYSCOPE_REGIONS', 'eu-west-1;us-east-1'],
  ['DENYSCOPE_CONCURRENCY', '0'],
  ['DENYSCOPE_CRON', 'nightly'],
  ['DENYSCOPE_TIME_ZONE', 'Mars/Olympus'],
  ['DENYSCOPE_PORT', '70000'],
])('%s=`%s` is refused', (variable, value) => {
  expect(() => readScanConfiguration({ [variable]: value })).toThrow(ConfigurationError);
});
