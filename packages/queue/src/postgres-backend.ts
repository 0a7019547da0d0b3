import {
  FlowProducer,
  type PgPool,
  Queue,
  Worker,
  createPostgresBackend,
  isPgPool,
  runMigrations,
} from 'bullmq';
import { Client, Pool, type PoolConfig } from 'pg';
import { type Backend, type BackendOptions } from './backend.ts';

const SCHEMA = 'bullmq';
const CONNECT_MS = 15_000;
/** Each worker keeps one connection to listen on; the others share the rest. */
const CONNECTIONS = 12;

/** Keeps jobs in PostgreSQL, in a schema of their own that is brought up to date first. */
export async function openPostgres({ url, onFault }: BackendOptions): Promise<Backend> {
  const common = { connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true };
  await migrate(new Client(common));
  const pool = poolOf({ ...common, max: CONNECTIONS, options: `-c search_path=${SCHEMA}` });
  pool.on('error', onFault);
  return {
    producer: (name) => {
      const queue = new Queue(name, { connection: pool }, createPostgresBackend);
      queue.on('error', onFault);
      return queue;
    },
    flows: () => {
      const flows = new FlowProducer({ connection: pool }, createPostgresBackend);
      flows.on('error', onFault);
      return flows;
    },
    consumer: (name, process, options) => {
      const worker = new Worker(name, process, { ...options, connection: pool }, createPostgresBackend);
      worker.on('error', onFault);
      return worker;
    },
    close: () => pool.end(),
  };
}

/** One pool for all: BullMQ would make one for each queue and worker. Its types of the driver differ from the driver's. */
function poolOf(config: PoolConfig): PgPool {
  const pool: unknown = new Pool(config);
  if (!isPgPool(pool)) throw new TypeError('BullMQ does not know the pool of this release of pg');
  return pool;
}

/** BullMQ's migrations need one session; processes that start together wait for each other. */
async function migrate(client: Client): Promise<void> {
  // A lost connection fails the statement that runs; without a listener it would end the process too.
  client.on('error', () => {});
  try {
    await client.connect();
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end().catch(() => {});
  }
}
