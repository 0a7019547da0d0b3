import type { ExplainRequest, Layer, SnapshotLine, Verdict } from '@denyscope/model';
import { objectsArn } from '../build/arn.ts';

/** A question to the demo organization, with the answer that is right. */
export interface DemoStory {
  readonly id: string;
  /** What happened, in one sentence. */
  readonly title: string;
  readonly bucket: string;
  readonly question: ExplainRequest;
  readonly expected: Verdict;
  /** Layers that the answer must name among its blockers. */
  readonly blockers: readonly Layer[];
  /** The leg on which they refuse. */
  readonly leg: 's3' | 'kms';
}

/** A part of the demo organization: resources, and the stories that they tell. */
export interface Theme {
  readonly lines: readonly SnapshotLine[];
  readonly stories: readonly DemoStory[];
}

interface StorySpec {
  readonly id: string;
  readonly title: string;
  readonly bucket: string;
  readonly principal: string;
  readonly expected: Verdict;
  /** Reading every object, unless said. */
  readonly action?: string;
  readonly resource?: string;
  readonly via?: ExplainRequest['via'];
  readonly context?: ExplainRequest['context'];
  readonly blockers?: readonly Layer[];
  readonly leg?: 's3' | 'kms';
}

export function story(spec: StorySpec): DemoStory {
  const { id, title, bucket, expected, via, context } = spec;
  const question: ExplainRequest = {
    id,
    principal: spec.principal,
    action: spec.action ?? 's3:GetObject',
    resource: spec.resource ?? objectsArn(bucket),
    ...(via !== undefined && { via }),
    ...(context && { context }),
  };
  return { id, title, bucket, question, expected, blockers: spec.blockers ?? [], leg: spec.leg ?? 's3' };
}
