import { AWS_MANAGED_POLICIES, awsPolicyArn, type ManagedPolicies } from '../managed/catalogue.ts';

/** What decides a world, wholly: equal options give equal worlds. */
export interface WorldOptions {
  readonly seed: number;
  /** When the snapshot was taken, ISO 8601. */
  readonly takenAt: string;
  readonly accounts: number;
  readonly bucketsPerAccount: number;
  readonly principalsPerAccount: number;
  readonly regions: readonly [string, ...string[]];
  /** How deep organizational units nest: 0 for none, at most 5. */
  readonly ouDepth: number;
  /**
   * How often something is odd, from 0 (a clean scan) to 1: fields that could not be read, accounts that could not
   * be scanned, documents given as objects, unknown kinds and fields.
   */
  readonly oddity: number;
  /** Managed policies to attach, by ARN: stand-ins of AWS's sizes unless given. */
  readonly managedPolicies: ManagedPolicies;
}

const SMALL_POLICIES = [
  'AdministratorAccess',
  'PowerUserAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
];

/** Managed policies that are quick to compile, for worlds that are drawn by the hundred. */
const QUICK_POLICIES: ManagedPolicies = new Map(
  [...AWS_MANAGED_POLICIES].filter(([arn]) => SMALL_POLICIES.some((name) => arn === awsPolicyArn(name))),
);

const TAKEN_AT = '2026-11-21T02:00:00Z';

const small: WorldOptions = {
  seed: 1,
  takenAt: TAKEN_AT,
  accounts: 12,
  bucketsPerAccount: 5,
  principalsPerAccount: 10,
  regions: ['eu-west-1', 'us-east-1', 'eu-central-1'],
  ouDepth: 3,
  oddity: 0.03,
  managedPolicies: AWS_MANAGED_POLICIES,
};

/** Sizes that have names: `tiny` for property tests, `large` for benchmarks (stream it). */
export const PRESETS = {
  tiny: {
    ...small,
    accounts: 3,
    bucketsPerAccount: 2,
    principalsPerAccount: 4,
    regions: ['eu-west-1', 'us-east-1'],
    ouDepth: 2,
    oddity: 0.1,
    managedPolicies: QUICK_POLICIES,
  },
  small,
  medium: { ...small, accounts: 100, bucketsPerAccount: 20, principalsPerAccount: 60, ouDepth: 4 },
  large: {
    ...small,
    accounts: 1000,
    bucketsPerAccount: 50,
    principalsPerAccount: 200,
    ouDepth: 5,
    oddity: 0.01,
  },
} as const satisfies Readonly<Record<string, WorldOptions>>;

export type PresetName = keyof typeof PRESETS;

/** Is this text the name of a preset? */
export function isPresetName(text: string): text is PresetName {
  return Object.hasOwn(PRESETS, text);
}
