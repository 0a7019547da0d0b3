import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { redact } from '@denyscope/ops';
import { type QueuePages } from '@denyscope/queue';
import { type App } from '../app.ts';
import { ApiProblem } from '../problem.ts';
import { GET } from './route.ts';

const PREFIX = '/queues';

/** Its own scripts, styles and pictures, nothing inline, and nothing of anybody else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

/** `GET /queues`: the jobs of scans, for a person who looks at them in a browser. Nothing can be changed there. */
export async function queueRoutes(app: App, { queues }: QueuePages): Promise<void> {
  const board = new FastifyAdapter();
  board.setBasePath(PREFIX);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })),
    serverAdapter: board,
    options: { uiConfig: { boardTitle: 'Denyscope: jobs', hideDocsLink: true } },
  });
  // Its errors go the way of all others.
  board.setErrorHandler((error) => {
    throw error;
  });
  await app.register(
    async (pages) => {
      pages.addHook('onRoute', (route) => {
        route.config = { ...route.config, browser: true };
        route.logLevel = 'warn';
      });
      pages.addHook('preParsing', async ({ method }) => refuseToChange(method));
      pages.addHook('onSend', async (_request, reply, payload) => {
        void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
        return typeof payload === 'string' ? redact(withoutStrangers(payload)) : payload;
      });
      await pages.register(board.registerPlugin());
    },
    { prefix: PREFIX },
  );
}

/** What the policy would refuse: the font of a stranger, and how the page looks until its scripts run. */
function withoutStrangers(text: string): string {
  if (!text.startsWith('<!DOCTYPE html>')) return text;
  return text.replace(/<link href="https:[^>]*>|<style>.*?<\/style>| style="[^"]*"/gs, '');
}

/** The page itself changes nothing in its read-only mode; this holds whatever it does. */
function refuseToChange(method: string): void {
  if (GET.some((each) => each === method)) return;
  const allow = GET.join(', ');
  throw new ApiProblem('method-not-allowed', `expected ${allow}: nothing can be changed here`, {
    headers: { allow },
  });
}
