const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testEnvironment: 'node',
  // 'import' and 'require' are left out on purpose: jest adds the right one itself.
  testEnvironmentOptions: { customExportConditions: ['@denyscope/source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/(packages|services|test)/[^/]+/dist'],
  transform: { '\\.[cm]?[jt]sx?$': '<rootDir>/jest.transform.cjs' },
  transformIgnorePatterns: ['\\.json$'],
  ...more,
});

const withServers = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  reporters: ['default', '<rootDir>/scripts/tally-reporter.cjs'],
  projects: [
    project('unit', [
      'packages/*/src/**/*.test.ts',
      'services/*/src/**/*.test.ts',
      'test/{worlds,architecture,conformance,differential}/**/*.test.ts',
    ]),
    project('integration', ['test/integration/**/*.test.ts'], withServers),
    project('e2e', ['test/e2e/**/*.test.ts'], withServers),
    project('faults', ['test/faults/**/*.test.ts'], withServers),
  ],
};
