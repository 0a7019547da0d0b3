// A jest reporter that leaves the counts of one run as a line of the file that scripts/steps.mjs reads.
const { appendFileSync } = require('node:fs');

module.exports = class TallyReporter {
  onRunComplete(_contexts, results) {
    const file = process.env['DENYSCOPE_TALLIES'];
    if (!file) return;
    const tally = {
      passed: results.numPassedTests,
      // A file that could not be run at all has no failed test, and is a failure all the same.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    appendFileSync(file, JSON.stringify(tally) + '\n');
  }
};
