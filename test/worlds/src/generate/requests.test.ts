import { explainRequestSchema, parsePrincipal } from '@denyscope/model';
import { generateWorld } from './generate.ts';
import { PRESETS } from './options.ts';
import { interestingRequests } from './requests.ts';

const world = generateWorld({ ...PRESETS.small, seed: 5 });
const requests = interestingRequests(world, 9, 500);

test('requests are the same for the same world and seed', () => {
  expect(interestingRequests(world, 9, 500)).toEqual(requests);
  expect(interestingRequests(world, 10, 500)).not.toEqual(requests);
});

test('every request is a valid explain request by a principal that can be parsed', () => {
  expect(requests.filter((request) => !explainRequestSchema.safeParse(request).success)).toEqual([]);
  expect(requests.filter((request) => parsePrincipal(request.principal) === undefined)).toEqual([]);
});

test('requests come from everywhere: the internet, endpoints, access points, services and nobody', () => {
  const seen = requests.map(({ via, principal }) =>
    typeof via === 'string' ? (via.split(/[-:]/)[0] ?? '') : principal.replace(/.*(amazonaws.com)$/, '$1'),
  );
  expect(new Set(seen)).toEqual(new Set([...seen, 'internet', 'vpce', 'arn', 'anonymous', 'amazonaws.com']));
});

test('an empty world still gives requests', () => {
  expect(interestingRequests({ ...world, lines: [] }, 1, 3)).toHaveLength(3);
});
