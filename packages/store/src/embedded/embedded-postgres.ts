import { StoreError, codeOf } from '../error.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, DATABASE, SUPERUSER, findCluster } from './cluster.ts';
import { type Keeper, joinServer } from './keeper.ts';
import { findPlace } from './place.ts';

export interface EmbeddedOptions {
  /** The folder that holds the database; made when it is not there. */
  readonly dataDir: string;
  /** Hears what a person should know, as one line of text. */
  readonly onNotice?: (notice: string) => void;
}

/** A share in the PostgreSQL server of a data directory. */
export interface EmbeddedPostgres {
  /** A connection URL; it holds the password, so it is not for logs. */
  readonly url: (database?: string) => string;
  /** Gives the share up; the last one stops the server. Connections of one's own must be closed before. */
  readonly close: () => Promise<void>;
}

/**
 * Joins the PostgreSQL server of a data directory; the first one starts it. Any number of processes may share one. The
 * server listens on 127.0.0.1 only, with a password of its own, and belongs to no terminal. When a process ends without
 * closing, and it was the last, the server stays; whoever opens the directory next finds it, and stops it as usual.
 *
 * The directory holds `postgres/` with `data/` (the cluster), `password` and `server.log`. Run by root, PostgreSQL runs
 * as the directory's owner or as nobody; where nobody cannot enter, `postgres/` lies in /var/lib/denyscope, and
 * `postgres.location` says where.
 *
 * @throws StoreError `data-directory`, `disk-full`, `unsupported-platform`, `missing-package`, `version-mismatch`,
 * `start-failed`
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  try {
    const place = await findPlace(options.dataDir);
    if (place.notice !== undefined) options.onNotice?.(place.notice);
    const binaries = await findBinaries(place.binaries, place.user !== undefined);
    const cluster = await findCluster(place, binaries);
    return embedded(cluster, await joinServer(cluster));
  } catch (error) {
    throw inWords(error, options.dataDir);
  }
}

function embedded(cluster: Cluster, keeper: Keeper): EmbeddedPostgres {
  return {
    url: (database = DATABASE) =>
      `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${keeper.port}/${database}?sslmode=disable`,
    close: keeper.leave,
  };
}

function inWords(error: unknown, dataDir: string): unknown {
  const code = codeOf(error);
  if (error instanceof StoreError || code === undefined) return error;
  if (['ENOSPC', 'EDQUOT'].includes(code)) {
    return new StoreError(
      'disk-full',
      `the disk of \`${dataDir}\` is full: free some space and try again`,
      error,
    );
  }
  const next =
    'give another one by --data-dir or DENYSCOPE_DATA_DIR, or set DATABASE_URL to a PostgreSQL server';
  return new StoreError(
    'data-directory',
    `the data directory \`${dataDir}\` cannot be used: \`${code}\`: ${next}`,
    error,
  );
}
