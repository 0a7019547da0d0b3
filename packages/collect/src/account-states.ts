import { accountState } from '@denyscope/model';
import { ask } from './ask.ts';
import { listAccounts } from './calls/list-accounts.ts';
import type { OrganizationOptions } from './collect-organization.ts';
import { textOf } from './draft.ts';
import { inJob } from './job.ts';

/**
 * The accounts that Organizations lists now, each with its state: `ACTIVE`, `SUSPENDED` and so on. Undefined where they
 * cannot be listed, or where there is no organization. Throws only where it is cancelled.
 */
export async function accountStates(
  options: OrganizationOptions,
): Promise<ReadonlyMap<string, string> | undefined> {
  const entrance = options.through ?? {};
  return inJob({ ...options, ...entrance }, async (job) => {
    const answer = await ask(job, listAccounts, { region: job.homeRegion });
    if (answer.kind !== 'seen') return undefined;
    return new Map(
      answer.items.map((account) => [textOf(account, 'Id') ?? '', accountState(account) ?? 'ACTIVE']),
    );
  });
}
