import base from '../../jest.config.mjs';

const { displayName: _, ...unit } = base.projects[0];

/** Each file loads the whole engine anew for each mutant: these few say most about the core, the others little more. */
const TESTS = '{caller,combine,condition,decide,kms,open-condition,s3,unreadable}.test.ts';

export default {
  ...unit,
  rootDir: '../..',
  testMatch: [`<rootDir>/packages/engine/src/evaluate/${TESTS}`],
  // Workspace links lead out of Stryker's copy, to the unmutated sources.
  moduleNameMapper: { '^@denyscope/([a-z-]+)$': '<rootDir>/packages/$1/src/index.ts' },
};
