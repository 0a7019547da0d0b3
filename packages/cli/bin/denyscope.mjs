#!/usr/bin/env node
// Starts the command: from TypeScript source in a clone (no build needed), from dist/ where only that was shipped.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

// The AWS SDK would warn of Node 20 on every scan; what it asks for is in CONTRIBUTING.md.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const source = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const built = new URL('../dist/main.js', import.meta.url);

function loader() {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  } catch {
    return undefined;
  }
}

function runFromSource(tsx) {
  const args = ['--conditions=@denyscope/source', '--import', tsx, source, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;

  // Ctrl-C in a terminal reaches the child by itself, for both are in the foreground process group. Passing it on
  // as well would look like a second Ctrl-C, which means "stop at once".
  process.on('SIGINT', () => (onTerminal ? undefined : child.kill('SIGINT')));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));

  child.on('error', (error) => {
    process.stderr.write(`denyscope: cannot start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const tsx = existsSync(source) ? loader() : undefined;
if (tsx !== undefined) {
  runFromSource(tsx);
} else if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write('denyscope: neither src/main.ts with tsx nor dist/main.js is here: run `npm ci`\n');
  process.exitCode = 1;
}
