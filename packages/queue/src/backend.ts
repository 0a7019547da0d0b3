import { type FlowJob, type JobsOptions, type Processor, type WorkerOptions } from 'bullmq';

/** What BullMQ's Queue is to us, on either backend. */
export interface Producer {
  readonly waitUntilReady: () => Promise<unknown>;
  readonly add: (name: string, data: unknown, options: JobsOptions) => Promise<unknown>;
  /** `completed`, `failed`, `unknown` where there is no such job, or how it waits or runs. */
  readonly getJobState: (id: string) => Promise<string>;
  readonly remove: (id: string, options: { readonly removeChildren: boolean }) => Promise<unknown>;
  readonly getJobScheduler: (id: string) => Promise<KnownSchedule | undefined>;
  readonly upsertJobScheduler: (
    id: string,
    repeat: { readonly pattern: string; readonly tz: string },
    template: { readonly name: string; readonly data: unknown; readonly opts: JobsOptions },
  ) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface KnownSchedule {
  readonly pattern?: string | undefined;
  readonly tz?: string | undefined;
  readonly next?: number | undefined;
}

/** What BullMQ's FlowProducer is to us, on either backend. */
export interface FlowProducer {
  readonly waitUntilReady: () => Promise<unknown>;
  readonly add: (flow: FlowJob) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** What BullMQ's Worker is to us, on either backend. */
export interface Consumer {
  readonly waitUntilReady: () => Promise<unknown>;
  readonly on: {
    (event: 'failed', heard: OnFailed): unknown;
    (event: 'stalled', heard: (jobId: string) => void): unknown;
  };
  readonly close: () => Promise<void>;
}

/** The job is undefined where it stalled too often and is gone. */
export type OnFailed = (job: FailedJob | undefined, error: Error) => void;

export interface FailedJob {
  readonly id?: string | undefined;
  readonly attemptsMade: number;
  readonly finishedOn?: number | undefined;
}

export type Process = Processor<unknown, void>;
export type ConsumerOptions = Pick<
  WorkerOptions,
  'concurrency' | 'maxStalledCount' | 'lockDuration' | 'stalledInterval' | 'metrics'
>;

/** A connected server that keeps jobs. Faults of its connections go to the `onFault` that it was opened with. */
export interface Backend {
  readonly producer: (queue: string) => Producer;
  readonly flows: () => FlowProducer;
  readonly consumer: (queue: string, process: Process, options: ConsumerOptions) => Consumer;
  /** Ends the connections; producers and consumers are to be closed before. */
  readonly close: () => Promise<void>;
}

export interface BackendOptions {
  readonly url: string;
  readonly prefix: string;
  readonly onFault: (error: unknown) => void;
}
