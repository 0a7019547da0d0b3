// Runs npm scripts one after another, all of them even when one fails, and ends with what failed and the tests'
// tally alone on the last line. A failed step that ran no test counts as one failure, so that the line never
// hides it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'denyscope-steps-'));
const tallies = join(folder, 'tallies.jsonl');
writeFileSync(tallies, '');

const readTallies = () =>
  readFileSync(tallies, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

function runStep(name) {
  const failedBefore = readTallies().reduce((sum, tally) => sum + tally.failed, 0);
  const started = Date.now();
  process.stdout.write(`\n── ${name}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, DENYSCOPE_TALLIES: tallies },
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const ok = status === 0;
  process.stdout.write(`── ${name}: ${ok ? 'ok' : 'FAILED'} in ${seconds} s\n`);
  const failedTests = readTallies().reduce((sum, tally) => sum + tally.failed, 0) - failedBefore;
  return { name, ok, uncounted: ok || failedTests > 0 ? 0 : 1 };
}

const results = process.argv.slice(2).map(runStep);
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const tally of readTallies()) {
  for (const key of Object.keys(sum)) sum[key] += tally[key];
}
for (const { uncounted } of results) sum.failed += uncounted;
rmSync(folder, { recursive: true, force: true });

const failed = results.filter((step) => !step.ok).map((step) => step.name);
process.stdout.write(failed.length === 0 ? '\nevery step passed\n' : `\nfailed: ${failed.join(', ')}\n`);
const line = `${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`;
if (process.env['DENYSCOPE_SUMMARY']) writeFileSync(process.env['DENYSCOPE_SUMMARY'], line);
process.stdout.write(line);
process.exitCode = failed.length === 0 ? 0 : 1;
