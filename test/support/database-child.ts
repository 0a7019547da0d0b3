/**
 * A process that opens the store of the data directory that it is given, does what its standard input says, and reports
 * each thing as one line. An interrupt makes it look whether the store still answers, and close.
 */
import { createInterface } from 'node:readline';
import { StoreError, type Store, openStore } from '@denyscope/store';

const report = (line: string): boolean => process.stdout.write(`${line}\n`);

async function close(store: Store): Promise<void> {
  await store.close();
  report('closed');
  process.stdin.destroy();
}

async function main(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir, onNotice: (notice) => report(`notice: ${notice}`) });
  process.on('SIGINT', () => {
    void store.ping().then(() => close(store));
  });
  report('open');
  for await (const command of createInterface({ input: process.stdin })) {
    if (command === 'ping') {
      await store.ping();
      report('pong');
    }
    if (command === 'close') await close(store);
  }
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  report(error instanceof StoreError ? `${error.code}: ${error.message}` : String(error));
  process.exitCode = 1;
});
