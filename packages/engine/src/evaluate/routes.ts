import type { Expressions, Node } from '../expression/expressions.ts';
import type { Constraint, LayerReport } from './combined.ts';
import type { Evaluation } from './evaluation.ts';
import type { Route } from './question.ts';
import { uniqueRefs } from './refs.ts';
import { evaluateS3 } from './s3.ts';

/** The bucket that S3 routes the request to, which nobody can choose: a fact of the request, not a condition key. */
const ROUTED_TO = 'routed-to';

/** One way that the request may go, evaluated. */
interface Way {
  readonly bucketName: string;
  readonly evaluation: Evaluation;
}

/**
 * Evaluates a request through a multi-Region access point. AWS (C.8, S-MRAP): S3 routes it to any of the buckets, and
 * only that bucket's side counts. What holds on every way alike is one constraint; the rest holds where the request
 * takes that way.
 */
export function evaluateRoutes(routes: readonly Route[], x: Expressions): Evaluation {
  const ways = routes.map(({ bucketName, question }) => ({
    bucketName,
    evaluation: evaluateS3(question, x),
  }));
  const evaluations = ways.map(({ evaluation }) => evaluation);
  const anyWay = x.any(ways.map(({ bucketName }) => goesTo(bucketName, x)));
  return {
    x,
    parts: {
      constraints: joinedConstraints(ways, x),
      reports: joinedReports(ways, x),
      grants: evaluations.flatMap(({ parts }) => parts.grants),
    },
    background: x.all([anyWay, ...evaluations.map(({ background }) => background)]),
    assumptions: [...new Set(evaluations.flatMap(({ assumptions }) => assumptions))],
    alwaysPresent: [
      ...evaluations.flatMap(({ alwaysPresent }) => alwaysPresent),
      { leg: 's3', key: ROUTED_TO },
    ],
    isOpen: (leg, key) => evaluations.some(({ isOpen }) => isOpen(leg, key)),
  };
}

function goesTo(bucketName: string, x: Expressions): Node {
  const test = { kind: 'test', leg: 's3', key: ROUTED_TO, test: 'equals', value: bucketName } as const;
  return x.atom({ ...test, glob: undefined });
}

/** What is demanded on one way. */
interface Demand {
  readonly bucketName: string;
  readonly holds: Node;
}

/**
 * All demands, each on its own way. "Not by this way" is said as "by one of the others", which reads better and comes
 * to the same, since some way is taken.
 */
function onEachWay(demands: readonly Demand[], names: readonly string[], x: Expressions): Node {
  const [first] = demands;
  if (first && demands.length === names.length && demands.every(({ holds }) => holds === first.holds)) {
    return first.holds;
  }
  const elsewhere = (taken: readonly string[]): Node =>
    x.any(names.filter((name) => !taken.includes(name)).map((name) => goesTo(name, x)));
  const closed = demands.filter(({ holds }) => holds === x.no).map(({ bucketName }) => bucketName);
  const open = demands.filter(({ holds }) => holds !== x.no);
  return x.all([
    closed.length > 0 ? elsewhere(closed) : x.yes,
    ...open.map(({ bucketName, holds }) => x.any([elsewhere([bucketName]), holds])),
  ]);
}

/** The constraints of all ways; those of one name, at one place in the list of each way, are one. */
function joinedConstraints(ways: readonly Way[], x: Expressions): readonly Constraint[] {
  const names = ways.map(({ bucketName }) => bucketName);
  const groups = new Map<string, { readonly constraint: Constraint; readonly demands: Demand[] }>();
  for (const { bucketName, evaluation } of ways) {
    const counts = new Map<string, number>();
    for (const constraint of evaluation.parts.constraints) {
      const name = JSON.stringify([
        constraint.leg,
        constraint.layer,
        constraint.explicit,
        constraint.statement,
      ]);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const group = groups.get(`${name} ${count}`) ?? { constraint, demands: [] };
      group.demands.push({ bucketName, holds: constraint.holds });
      groups.set(`${name} ${count}`, group);
    }
  }
  return [...groups.values()].map(({ constraint, demands }) => ({
    ...constraint,
    holds: onEachWay(demands, names, x),
  }));
}

/** One row for each layer: what it says on each way, where the request takes it. */
function joinedReports(ways: readonly Way[], x: Expressions): readonly LayerReport[] {
  const names = ways.map(({ bucketName }) => bucketName);
  const rows = new Map<string, { readonly bucketName: string; readonly report: LayerReport }[]>();
  for (const { bucketName, evaluation } of ways) {
    for (const report of evaluation.parts.reports) {
      const name = `${report.leg} ${report.layer}`;
      rows.set(name, [...(rows.get(name) ?? []), { bucketName, report }]);
    }
  }
  return [...rows.values()].flatMap((row): readonly LayerReport[] => {
    const [first] = row;
    if (!first) return [];
    const along = (view: (report: LayerReport) => Node): Node =>
      onEachWay(
        row.map(({ bucketName, report }) => ({ bucketName, holds: view(report) })),
        names,
        x,
      );
    return [
      {
        ...first.report,
        applicable: row.some(({ report }) => report.applicable),
        allows: along(({ allows, applicable }) => (applicable ? allows : x.yes)),
        spares: along(({ spares, applicable }) => (applicable ? spares : x.yes)),
        statements: uniqueRefs(row.flatMap(({ report }) => report.statements)),
        note: [...new Set(row.map(({ report }) => report.note).filter((note) => note !== ''))].join('; '),
      },
    ];
  });
}
