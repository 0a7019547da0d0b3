import { whoCan } from '@denyscope/matrix';
import { type AccessLevel, whoCanAnswerSchema } from '@denyscope/model';
import { z } from 'zod';
import { type App } from '../app.ts';
import { questionProblem } from '../problem.ts';
import { type Scans } from '../scans.ts';
import { pageLimit, scanQuery } from './query.ts';
import { GET, refuseOtherMethods, scanFor } from './route.ts';

const PAGE = 200;
const LARGEST_PAGE = 5_000;

const LEVELS = [
  'list',
  'read',
  'write',
  'delete',
  'tagging',
  'permissions',
] as const satisfies readonly AccessLevel[];

const schema = {
  params: z.object({ name: z.string().min(1) }),
  querystring: z.strictObject({
    access: z.enum(LEVELS, { error: `expected one of ${LEVELS.join(', ')}` }).optional(),
    action: z.string().min(1).optional(),
    limit: pageLimit(LARGEST_PAGE),
    cursor: z.string().min(1).optional(),
    ...scanQuery,
  }),
  response: { 200: whoCanAnswerSchema },
};

const URL = '/v1/buckets/:name/access';

/** `GET /v1/buckets/{name}/access`: who can reach the bucket. */
export function accessRoute(app: App, scans: Scans): void {
  app.get(URL, { schema }, async ({ params, query }) => {
    const { scan, asOf, limit = PAGE, ...rest } = query;
    const { compiled, ref } = await scanFor(scans, { scan, asOf });
    const answer = whoCan(compiled, { bucket: params.name, limit, ...rest }, ref);
    if (!answer.ok) throw questionProblem(answer.problem);
    return answer.answer;
  });
  refuseOtherMethods(app, URL, GET);
}
