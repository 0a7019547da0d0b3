/**
 * Mutation testing of the engine's core, where a flipped operator is a wrong verdict: `npm run mutation`. It takes half
 * an hour, and is no part of `npm test`.
 */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // Most tests are done in milliseconds: what takes seconds goes round in a circle.
  timeoutMS: 2000,
  timeoutFactor: 1.2,
  // What runs once, as a module is loaded, is a table: its rows are data.
  ignoreStatic: true,
  // Words for people, and names of kinds, which the compiler holds.
  mutator: { excludedMutations: ['StringLiteral'] },
  mutate: ['packages/engine/src/evaluate/{caller,combine,condition,kms,layer}.ts'],
  thresholds: { high: 90, low: 80, break: 80 },
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'test-artifacts/mutation.json' },
  // TypeScript 7 has no API with which Stryker could rewrite tsconfig files; jest here needs none.
  tsconfigFile: 'none',
  tempDirName: 'test-artifacts/stryker',
};
