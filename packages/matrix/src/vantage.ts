import type { Vantage } from '@denyscope/engine';
import type { ExplainRequest } from '@denyscope/model';
import { answered, invalid, notFound, type Answered } from './answered.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import { accessPointFacts, accessPointOf, unseenPoint } from './facts/access-point.ts';
import { endpointFacts } from './facts/bucket.ts';

/** Nothing is said of the way: every part of it stays open. */
export const ANYWHERE: Vantage = {
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
  const endpoint = endpointNamed(compiled, via.endpoint);
  if (!endpoint.ok) return endpoint;
  const point = pointNamed(compiled, via.accessPoint);
  if (!point.ok) return point;
  const internet = via.internet ?? false;
  if (internet && endpoint.answer) return invalid('via', 'expected an endpoint or the internet, found both');
  return answered({
    internet,
    endpoint: endpoint.answer,
    accessPoint: point.answer,
    sourceIp: via.sourceIp,
    service: via.service,
  });
}

function endpointNamed(compiled: CompiledEstate, id: string | undefined): Answered<Vantage['endpoint']> {
  if (id === undefined) return answered(undefined);
  const endpoint = compiled.estate.endpoints.get(id);
  return endpoint
    ? answered(endpointFacts(compiled, endpoint))
    : notFound('via', `VPC endpoint \`${id}\` is not in this scan`);
}

function pointNamed(compiled: CompiledEstate, arn: string | undefined): Answered<Vantage['accessPoint']> {
  if (arn === undefined) return answered(undefined);
  const point = accessPointOf(compiled, arn);
  return point ? answered(accessPointFacts(compiled, point)) : notFound('via', unseenPoint(compiled, arn));
}
