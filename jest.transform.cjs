// Compiles our TypeScript. Inside node_modules only files that really are ES modules are compiled: jest in
// CommonJS mode cannot require those on Node 20 (fastify's inject() needs one).
const { createTransformer } = require('@swc/jest');

const options = (syntax) => ({
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: { target: 'es2022', parser: { syntax } },
});
const typescript = createTransformer(options('typescript'));
const javascript = createTransformer(options('ecmascript'));
const ES_MODULE =
  /^\s*(?:import\s*[\w{*'"]|export\s+(?:default|const|let|var|function|class|async|\{|\*)|export\s*[{*])/m;

module.exports = {
  process(source, file, jestOptions) {
    if (!file.includes('/node_modules/')) return typescript.process(source, file, jestOptions);
    if (ES_MODULE.test(source)) return javascript.process(source, file, jestOptions);
    return { code: source };
  },
  getCacheKey(source, file, jestOptions) {
    const kind = file.includes('/node_modules/') ? 'dependency' : 'source';
    return kind + typescript.getCacheKey(source, file, jestOptions);
  },
};
