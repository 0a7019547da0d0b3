import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sandbox.ts';

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const compose = text('docker-compose.yml');
const dockerfile = text('deploy/Dockerfile');
const prometheus = text('deploy/prometheus/prometheus.yml');

/** The blocks of a top-level section, by name: what stands two spaces in, and what is below. */
function blocksOf(section: string): ReadonlyMap<string, string> {
  const body = new RegExp(`^${section}:\\n((?:(?: .*)?\\n)+)`, 'm').exec(`${compose}\n`)?.[1] ?? '';
  const parts = body.split(/^ {2}(?=[a-z])/m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

const services = blocksOf('services');
const OURS = ['reporter', 'scheduler', 'worker'];

/** What packages/ops reads, and what the AWS SDK and PostgreSQL's image read. */
const KNOWN = new Set(
  ['configuration', 'scan-configuration'].flatMap((file) =>
    [...text(`packages/ops/src/${file}.ts`).matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name),
  ),
);

describe('docker-compose.yml', () => {
  test('runs the services, what they need, and Prometheus', () => {
    expect([...services.keys()]).toEqual(['postgres', 'redis', ...OURS, 'prometheus']);
  });

  test.each(OURS)(
    '%s is a process of the one image, with its health check and without privileges',
    (name) => {
      expect(services.get(name)).toContain('<<: *process');
      expect(services.get(name)).toContain('<<: *servers');
    },
  );

  test.each(['postgres', 'redis', 'prometheus'])('%s has a health check', (name) => {
    expect(services.get(name)).toContain('healthcheck:');
  });

  test('starts programs that are there', () => {
    const programs = [...compose.matchAll(/'(services\/[a-z]+)\/dist\/main\.js'/g)].map(([, path]) => path);
    expect(programs).toEqual(['services/scheduler', 'services/worker']);
    for (const path of programs) expect(existsSync(join(ROOT, `${path ?? ''}/src/main.ts`))).toBe(true);
  });

  test('holds no secret, and listens on this machine only', () => {
    const secrets = [...compose.matchAll(/^ *\w*(?:PASSWORD|TOKEN|SECRET|KEY|EXTERNAL_ID)\w*: (.+)$/gm)];
    expect(secrets.length).toBeGreaterThan(3);
    expect(secrets.filter(([, value]) => !/^\$\{\w+:[-?].*\}$/.test(value ?? ''))).toEqual([]);
    const ports = [...compose.matchAll(/^ +- '([\d.]+):\d+:\d+'$/gm)].map(([, host]) => host);
    expect(new Set(ports)).toEqual(new Set(['127.0.0.1']));
  });
});

test.each([
  ['docker-compose.yml', compose],
  ['deploy/Dockerfile', dockerfile],
  ['deploy/README.md', text('deploy/README.md')],
])('%s names the variables that are read', (_, content) => {
  const named = content.match(/\b(?:DENYSCOPE_[A-Z_]+|DATABASE_URL|REDIS_URL)\b/g) ?? [];
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => !KNOWN.has(name))).toEqual([]);
});

test('the image runs as nobody special, and asks the port that it listens on', () => {
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  const port = /DENYSCOPE_PORT=(\d+)/.exec(dockerfile)?.[1];
  expect(dockerfile).toContain(`EXPOSE ${port ?? ''}`);
  expect(services.get('reporter')).toContain(`:${port ?? ''}'`);
});

test('Prometheus asks the services, on the port of the image', () => {
  const port = /DENYSCOPE_PORT=(\d+)/.exec(dockerfile)?.[1] ?? '';
  for (const name of ['reporter', 'scheduler']) expect(prometheus).toContain(`'${name}:${port}'`);
  expect(prometheus).toMatch(new RegExp(`names: \\[worker\\][\\s\\S]*port: ${port}`));
  expect(prometheus).not.toContain('credentials:');
});
