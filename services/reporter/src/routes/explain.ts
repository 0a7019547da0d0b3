import { explain } from '@denyscope/matrix';
import { explainAnswerSchema, explainRequestSchema } from '@denyscope/model';
import { z } from 'zod';
import { type App } from '../app.ts';
import { questionProblem } from '../problem.ts';
import { type Scans } from '../scans.ts';
import { scanQuery } from './query.ts';
import { POST, refuseOtherMethods, scanFor } from './route.ts';

const schema = {
  querystring: z.strictObject(scanQuery),
  body: explainRequestSchema,
  response: { 200: explainAnswerSchema },
};

const URL = '/v1/explain';

/** `POST /v1/explain`: what one request would get, and why. */
export function explainRoute(app: App, scans: Scans): void {
  app.post(URL, { schema }, async ({ body, query }) => {
    const { compiled, ref } = await scanFor(scans, query);
    const answer = explain(compiled, body, ref);
    if (!answer.ok) throw questionProblem(answer.problem);
    return answer.answer;
  });
  refuseOtherMethods(app, URL, POST);
}
