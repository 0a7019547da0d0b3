import { askList } from './ask.ts';
import { getAccountAuthorizationDetails } from './calls/get-account-authorization-details.ts';
import { listOpenIdConnectProviders } from './calls/list-open-id-connect-providers.ts';
import { listSamlProviders } from './calls/list-saml-providers.ts';
import { emitDraft } from './draft.ts';
import type { Job } from './job.ts';
import { isJsonObject } from './plain.ts';

/** The shapes of GetAccountAuthorizationDetails, each with its kind of line. */
const KINDS = [
  ['UserDetail', 'iam-user'],
  ['GroupDetail', 'iam-group'],
  ['RoleDetail', 'iam-role'],
  ['Policy', 'iam-policy'],
] as const;

/** The users, groups, roles and managed policies of an account, a line each (semantics.md H.1). */
export async function collectPrincipals(job: Job): Promise<void> {
  const { accountId, homeRegion: region } = job;
  for (const item of await askList(job, getAccountAuthorizationDetails, { region })) {
    for (const [shape, kind] of KINDS) {
      const data = item[shape];
      if (isJsonObject(data)) emitDraft(job, { kind, accountId, data }, getAccountAuthorizationDetails);
    }
  }
}

/** Who signs people in to the account's roles from outside, a line each (semantics.md A.2, H.1). */
export async function collectIdentityProviders(job: Job): Promise<void> {
  const { accountId, homeRegion: region } = job;
  await Promise.all(
    [listSamlProviders, listOpenIdConnectProviders].map(async (read) => {
      for (const data of await askList(job, read, { region })) {
        emitDraft(job, { kind: 'identity-provider', accountId, data }, read);
      }
    }),
  );
}
