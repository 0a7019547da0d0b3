import { type App } from '../app.ts';
import { ApiProblem } from '../problem.ts';
import { type LoadedScan, type Scans } from '../scans.ts';

/** The methods of a route that is read with GET. */
export const GET = ['GET', 'HEAD'] as const;
export const POST = ['POST'] as const;

/** Answers 405 to every method that an address does not have. */
export function refuseOtherMethods(app: App, url: string, methods: readonly string[]): void {
  const allow = methods.join(', ');
  const refuse = async (): Promise<never> => {
    throw new ApiProblem('method-not-allowed', `expected ${allow}`, { headers: { allow } });
  };
  app.route({
    method: app.supportedMethods.filter((method) => !methods.includes(method)),
    url,
    config: { public: true },
    // Before a body is read, which may be of any kind.
    preParsing: refuse,
    handler: refuse,
  });
}

/** The scan that a request names, or the last one. */
export async function scanFor(scans: Scans, id: number | undefined): Promise<LoadedScan> {
  const scan = id === undefined ? await scans.latest() : await scans.byId(id);
  if (scan !== undefined) return scan;
  if (id === undefined) throw new ApiProblem('not-ready', 'no scan is complete yet: import a snapshot first');
  throw new ApiProblem('not-found', `there is no complete scan ${id}`, { members: { field: 'scan' } });
}
