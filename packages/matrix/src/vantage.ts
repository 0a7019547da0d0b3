import type { Vantage } from '@denyscope/engine';
import type { ExplainRequest } from '@denyscope/model';
import { answered, invalid, notFound, type Answered } from './answered.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import { accessPointFacts, endpointFacts } from './facts/bucket.ts';

const ANYWHERE: Vantage = {
  internet: false,
  endpoint: undefined,
  accessPoint: undefined,
  sourceIp: undefined,
  service: undefined,
};

/** Reads where the request comes from: nothing given leaves the path open. */
export function vantageOf(compiled: CompiledEstate, via: ExplainRequest['via']): Answered<Vantage> {
  if (via === undefined) return answered(ANYWHERE);
  if (typeof via !== 'string') return combined(compiled, via);
  if (via === 'internet') return answered({ ...ANYWHERE, internet: true });
  if (via.startsWith('vpce-')) return combined(compiled, { endpoint: via });
  if (via.startsWith('arn:')) return combined(compiled, { accessPoint: via });
  return invalid(
    'via',
    `\`${via}\`: expected \`internet\`, a VPC endpoint id, or the ARN of an access point`,
  );
}

function combined(
  compiled: CompiledEstate,
  via: Exclude<ExplainRequest['via'], string | undefined>,
): Answered<Vantage> {
  const { estate } = compiled;
  const endpoint = via.endpoint === undefined ? undefined : estate.endpoints.get(via.endpoint);
  if (via.endpoint !== undefined && !endpoint) {
    return notFound('via', `VPC endpoint \`${via.endpoint}\` is not in this scan`);
  }
  const points = [...estate.accessPoints.values()].flat();
  const point = points.find(({ arn }) => arn === via.accessPoint);
  if (via.accessPoint !== undefined && !point) {
    return notFound('via', `access point \`${via.accessPoint}\` is not in this scan`);
  }
  return answered({
    internet: false,
    endpoint: endpoint && endpointFacts(compiled, endpoint),
    accessPoint: point && accessPointFacts(compiled, point),
    sourceIp: via.sourceIp,
    service: via.service,
  });
}
