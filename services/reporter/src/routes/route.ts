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

/** Which scan a request asks: by its id, or by the moment up to which it was taken; else the last complete one. */
interface ScanChoice {
  readonly scan?: number | undefined;
  readonly asOf?: string | undefined;
}

/** The scan that a request asks. */
export async function scanFor(scans: Scans, { scan: id, asOf }: ScanChoice): Promise<LoadedScan> {
  if (asOf !== undefined) return scanAsOf(scans, asOf, id);
  const scan = id === undefined ? await scans.latest() : await scans.byId(id);
  if (scan !== undefined) return scan;
  if (id === undefined) throw notReady();
  throw new ApiProblem('not-found', `there is no complete scan ${id}`, { members: { field: 'scan' } });
}

async function scanAsOf(scans: Scans, asOf: string, id: number | undefined): Promise<LoadedScan> {
  if (id !== undefined) {
    throw new ApiProblem('bad-request', 'give `scan` or `asOf`, not both', { members: { field: 'asOf' } });
  }
  const scan = await scans.asOf(asOf);
  if (!('missing' in scan)) return scan;
  throw new ApiProblem('not-found', scan.missing, { members: { field: scan.field } });
}

/** Nothing was scanned yet, so that nothing can be asked. */
export function notReady(): ApiProblem {
  return new ApiProblem('not-ready', 'no scan is complete yet: import a snapshot first');
}
