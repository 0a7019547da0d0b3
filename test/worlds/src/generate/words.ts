/** Names that people give to things. */

export const TEAMS: readonly string[] =
  'analytics billing catalog checkout claims content data delivery finance fraud growth identity inventory legal logistics marketing media mobile orders partners payments platform pricing research risk search security support video web'.split(
    ' ',
  );

export const PURPOSES: readonly string[] =
  'archive artifacts assets audit backups cache captures curated datasets dumps events exports features imports invoices logs media metrics models raw reports results scratch snapshots staging state uploads warehouse'.split(
    ' ',
  );

export const ROLE_NAMES: readonly string[] =
  'admin app-server api-backend batch-worker build-agent ci-deployer crawler dashboard-reader data-loader etl-runner exporter glue-job image-resizer indexer lambda-handler log-shipper ml-trainer notebook operator reader replicator report-writer scheduler support transcoder uploader'.split(
    ' ',
  );

export const USER_NAMES: readonly string[] =
  'ada alan barbara claude dennis dorothy edsger frances grace hedy john katherine ken linus margaret niklaus radia rosalind tim vera'.split(
    ' ',
  );

/** Tag keys and the values that people give them. */
export const TAG_VALUES = {
  team: ['analytics', 'platform', 'web'],
  project: ['atlas', 'borealis', 'cobalt'],
  'data-classification': ['public', 'internal', 'confidential'],
  environment: ['prod', 'dev'],
} as const;
