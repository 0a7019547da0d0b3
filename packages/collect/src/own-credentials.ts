import { STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from './clients.ts';

/**
 * The scanner's own credentials by the SDK's default chain (environment, profile, container, instance, web identity),
 * looked up once for all that share them: otherwise each account would ask the chain anew, and throttle it. They are
 * fetched again shortly before they end.
 */
export function ownCredentialChain(homeRegion?: string): Credentials {
  return new STSClient({ ...(homeRegion !== undefined && { region: homeRegion }) }).config.credentials;
}
