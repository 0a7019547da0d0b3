/**
 * The calls of a scan without store and queue: reads the organization, then every account, as much at a time as a
 * worker, and throws the lines away. `bare-child.ts LOAD`, as JSON; its environment says where AWS is.
 */
import {
  callLimit,
  collectAccount,
  collectOrganization,
  localDraw,
  rateBudget,
  sessionPolicy,
  sharedHttpHandler,
} from '@denyscope/collect';
import { type SnapshotLine } from '@denyscope/model';
import { z } from 'zod';

const Load = z.object({ concurrency: z.number(), inFlight: z.number() });
const { concurrency, inFlight } = Load.parse(JSON.parse(process.argv[2] ?? ''));
const role = { roleName: 'DenyscopeScanner', sessionPolicy: sessionPolicy() };
/** As a worker calls AWS, but for its rates, which no other process shares. */
const collecting = {
  handler: sharedHttpHandler({ maxSockets: inFlight }),
  inFlight: callLimit(inFlight),
  budget: rateBudget({ draw: localDraw() }),
};

async function readAccounts(waiting: SnapshotLine[]): Promise<void> {
  for (let account = waiting.shift(); account !== undefined; account = waiting.shift()) {
    const { accountId = '' } = account;
    for await (const _line of collectAccount({ ...collecting, role, accountId, account }));
  }
}

process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
process.send?.({ at: 'ready' });
process.once('message', () => {
  void read();
});

async function read(): Promise<void> {
  const accounts: SnapshotLine[] = [];
  for await (const line of collectOrganization(collecting))
    if (line.kind === 'account' && line.data['State'] === 'ACTIVE') accounts.push(line);
  process.send?.({ at: 'listed', accounts: accounts.length });
  await Promise.all(Array.from({ length: concurrency }, () => readAccounts(accounts)));
  process.send?.({ at: 'done' });
}
