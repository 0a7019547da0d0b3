import { once } from 'node:events';
import { FlowProducer, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Backend, type BackendOptions } from './backend.ts';

const CONNECT_MS = 10_000;
/** The driver's timer runs on when the socket is gone already, and keeps the process. */
const DISCONNECT_MS = 500;
/** So that adding a job to a server that went away fails in seconds. */
const RETRIES_OF_PRODUCER = 3;

/** Keeps jobs in Redis. Workers wait for the server as long as it takes; producers do not. */
export async function openRedis({ url, prefix, onFault }: BackendOptions): Promise<Backend> {
  const forProducers = clientOf(url, RETRIES_OF_PRODUCER, onFault);
  const forConsumers = clientOf(url, null, onFault);
  await connect(forProducers);
  return {
    producer: (name) => {
      const queue = new Queue<unknown>(name, { connection: forProducers, prefix });
      queue.on('error', onFault);
      return queue;
    },
    flows: () => {
      const flows = new FlowProducer({ connection: forProducers, prefix });
      flows.on('error', onFault);
      return flows;
    },
    consumer: (name, process, options) => {
      const worker = new Worker<unknown, void>(name, process, {
        ...options,
        connection: forConsumers,
        prefix,
      });
      worker.on('error', onFault);
      return {
        waitUntilReady: () => worker.waitUntilReady(),
        on: worker.on.bind(worker),
        // It would wait for the answer of a server that went away, for ever.
        close: () => worker.close(forConsumers.status !== 'ready'),
      };
    },
    close: async () => {
      await Promise.all([disconnect(forProducers), disconnect(forConsumers)]);
    },
  };
}

function clientOf(
  url: string,
  maxRetriesPerRequest: number | null,
  onFault: (error: unknown) => void,
): Redis {
  const client = new Redis(url, {
    maxRetriesPerRequest,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    disconnectTimeout: DISCONNECT_MS,
  });
  client.on('error', onFault);
  return client;
}

/** The first connection is tried once, and what the server said about it is the error. */
export async function connect(client: Redis): Promise<void> {
  let said: unknown;
  const listen = (error: unknown): void => {
    said ??= error;
  };
  client.on('error', listen);
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw said ?? error;
  } finally {
    client.off('error', listen);
  }
}

async function disconnect(client: Redis): Promise<void> {
  // Between two attempts to connect there is no socket whose end could be awaited.
  const ended = client.status === 'ready' ? once(client, 'end') : undefined;
  client.disconnect();
  await ended;
}
