import { buildEstate } from '@denyscope/inventory';
import { compileEstate, explain, whoCan } from '@denyscope/matrix';
import { explainAnswerSchema, whoCanAnswerSchema, type WhoCanAnswer } from '@denyscope/model';
import { DEMO_STORIES, demoWorld } from '@denyscope/worlds';

const world = demoWorld();
const compiled = compileEstate(buildEstate(world.header, world.lines));
const scan = { id: '1', finishedAt: world.header.takenAt };

describe('each story of the demo organization is told by the engine', () => {
  test.each(DEMO_STORIES.map((story) => [story.id, story] as const))('%s', (_, story) => {
    const asked = explain(compiled, story.question, scan);
    if (!asked.ok) throw new Error(asked.problem.message);
    const { answer } = asked;
    expect(explainAnswerSchema.safeParse(answer).error).toBeUndefined();
    expect(answer.verdict).toBe(story.expected);
    expect(answer.blockers.map((blocker) => blocker.layer)).toEqual(
      expect.arrayContaining([...story.blockers]),
    );
  });
});

function read(bucket: string): WhoCanAnswer {
  const asked = whoCan(compiled, { bucket }, scan);
  if (!asked.ok) throw new Error(asked.problem.message);
  return asked.answer;
}

/** The access is there through access points alone. */
function isThroughPoint({ conditionText }: WhoCanAnswer['principals'][number]): boolean {
  return /^\(?through access point /.test(conditionText);
}

function verdictOf(bucket: string, principal: string, via?: string): string {
  const resource = `arn:aws:s3:::${bucket}/*`;
  const request = { principal, action: 's3:GetObject', resource, ...(via === undefined ? {} : { via }) };
  const asked = explain(compiled, request, scan);
  if (!asked.ok) throw new Error(asked.problem.message);
  return asked.answer.verdict;
}

describe('who-can', () => {
  test('answers for every bucket and every principal what explain answers for the pair', () => {
    for (const bucket of compiled.estate.buckets.keys()) {
      const answer = read(bucket);
      expect(whoCanAnswerSchema.safeParse(answer).error).toBeUndefined();
      const rows = new Map(answer.principals.map((row) => [`${row.principal} ${row.action}`, row]));
      for (const principal of compiled.estate.principals.keys()) {
        const row = rows.get(`${principal} s3:GetObject`);
        const verdict = row === undefined || isThroughPoint(row) ? 'denied' : row.verdict;
        expect([bucket, principal, verdict]).toEqual([bucket, principal, verdictOf(bucket, principal)]);
      }
    }
  });

  test('has a row for access that there is through an access point alone, with its ARN as the condition', () => {
    const bucket = 'example-analytics-lake-access-points';
    const through = read(bucket).principals.filter(isThroughPoint);
    const points = compiled.estate.accessPoints.get(bucket)?.map(({ arn }) => arn) ?? [];
    expect(through.length).toBeGreaterThan(0);
    for (const { principal, verdict, conditionText } of through) {
      const open = points.filter((point) => verdictOf(bucket, principal, point) !== 'denied');
      expect([principal, verdictOf(bucket, principal)]).toEqual([principal, 'denied']);
      expect(['conditional', 'unknown']).toContain(verdict);
      expect(points.filter((point) => conditionText.includes(point))).toEqual(open);
    }
  });

  test('has a row for the account that could not be scanned, which is never rounded to allowed', () => {
    const { bucket } = DEMO_STORIES.find((story) => story.id === 'unscanned-account') ?? { bucket: '' };
    const rows = read(bucket ?? '').principals.filter(
      (row) => row.kind === 'unresolved' || row.kind === 'account',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.verdict))).toEqual(new Set(['unknown']));
  });

  test('says what could not be read', () => {
    const answer = read('example-dev-unreadable-policy');
    expect(answer.coverage.complete).toBe(false);
    expect(answer.coverage.gaps).toContainEqual(expect.objectContaining({ step: 's3:GetBucketPolicy' }));
  });

  test('pages add up to the whole, in order and without a double', () => {
    const bucket = [...compiled.estate.buckets.keys()].find((name) => read(name).total > 5) ?? '';
    const whole = read(bucket);
    const rows: WhoCanAnswer['principals'] = [];
    let cursor: string | null = null;
    do {
      const page = whoCan(compiled, { bucket, limit: 2, ...(cursor === null ? {} : { cursor }) }, scan);
      if (!page.ok) throw new Error(page.problem.message);
      rows.push(...page.answer.principals);
      cursor = page.answer.next;
    } while (cursor !== null);
    expect(rows).toEqual(whole.principals);
  });

  test.each([
    [{ bucket: 'no-such-bucket' }, 'bucket'],
    [{ bucket: 'example-dev-unreadable-policy', action: 'GetObject' }, 'action'],
    [{ bucket: 'example-dev-unreadable-policy', action: 's3:HeadObject' }, 'action'],
    [{ bucket: 'example-dev-unreadable-policy', cursor: 'nonsense' }, 'cursor'],
  ])('names what is wrong with the question %j', (query, field) => {
    const asked = whoCan(compiled, query, scan);
    expect(asked).toMatchObject({ ok: false, problem: { field } });
  });
});

describe('explain names what is wrong with the question', () => {
  const ok = {
    principal: 'anonymous',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::example-dev-unreadable-policy/x',
  };

  test.each([
    [{ ...ok, principal: 'alice' }, 'principal'],
    [{ ...ok, action: 'GetObject' }, 'action'],
    [{ ...ok, resource: 'example-dev-unreadable-policy' }, 'resource'],
    [{ ...ok, resource: 'arn:aws:s3:::example-dev-unreadable-policy' }, 'resource'],
    [{ ...ok, action: 's3:ListBucket' }, 'resource'],
    [{ ...ok, via: 'vpce-0000' }, 'via'],
    [{ ...ok, via: 'somewhere' }, 'via'],
  ])('%j', (request, field) => {
    expect(explain(compiled, request, scan)).toMatchObject({ ok: false, problem: { field } });
  });
});
