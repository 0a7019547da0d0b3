import { coveragePage } from '@denyscope/inventory';
import { coverageAnswerSchema } from '@denyscope/model';
import { z } from 'zod';
import { type App } from '../app.ts';
import { questionProblem } from '../problem.ts';
import { type Scans } from '../scans.ts';
import { accountId, pageLimit, scanQuery } from './query.ts';
import { GET, refuseOtherMethods, scanFor } from './route.ts';

const PAGE = 200;
const LARGEST_PAGE = 1_000;

const schema = {
  querystring: z.strictObject({
    account: accountId.optional(),
    limit: pageLimit(LARGEST_PAGE),
    cursor: z.string().min(1).optional(),
    ...scanQuery,
  }),
  response: { 200: coverageAnswerSchema },
};

const URL = '/v1/coverage';

/** `GET /v1/coverage`: what the scan could read of each account; with `account=`, every read of one. */
export function coverageRoute(app: App, scans: Scans): void {
  app.get(URL, { schema }, async ({ query }) => {
    const { scan, asOf, limit = PAGE, ...rest } = query;
    const { ledger, ref } = await scanFor(scans, { scan, asOf });
    const page = coveragePage(ledger, { limit, ...rest }, ref);
    if (!page.ok) throw questionProblem(page.problem);
    return page.answer;
  });
  refuseOtherMethods(app, URL, GET);
}
