import { existsSync } from 'node:fs';
import { type Store, type StoreOptions } from '@denyscope/store';
import { CommandError } from './failure.ts';
import { type Lifetime, withLifetime } from './lifetime.ts';
import { type Session, notice } from './session.ts';

/** Opens the store of the session; it is closed with the lifetime. */
export async function holdStore(session: Session, lifetime: Lifetime): Promise<Store> {
  const { openStore } = await import('@denyscope/store');
  return lifetime.hold(openStore(placeOf(session)));
}

/** The URL of the queue's server: Redis where there is one, else the database of the session, held for it. */
export async function holdQueueUrl(session: Session, lifetime: Lifetime): Promise<string> {
  return session.configuration.redisUrl ?? holdDatabaseUrl(session, lifetime);
}

/** The URL of the database of the session, for those who want no store on it. */
export async function holdDatabaseUrl(session: Session, lifetime: Lifetime): Promise<string> {
  const { openDatabase } = await import('@denyscope/store');
  return (await lifetime.hold(openDatabase(placeOf(session)))).url;
}

function placeOf(session: Session): StoreOptions {
  const { place } = session;
  const onNotice = (text: string): void => notice(session, text);
  return place.kind === 'server'
    ? { databaseUrl: place.databaseUrl, onNotice }
    : { dataDir: place.dataDir, onNotice };
}

/** Runs a command that needs the store for a while. */
export function withStore<T>(session: Session, body: (store: Store) => Promise<T>): Promise<T> {
  return withLifetime(session, { endsBySignal: false }, async (lifetime) =>
    body(await holdStore(session, lifetime)),
  );
}

/** Is there no embedded database yet? Those who only ask need not make one to learn that it is empty. */
export function isUntouched({ place }: Session): boolean {
  return place.kind === 'embedded' && !existsSync(place.dataDir);
}

export function noScan(session: Session): CommandError {
  const where = session.place.kind === 'server' ? 'the database' : `\`${session.place.dataDir}\``;
  return new CommandError(
    `there is no scan in ${where} yet: run \`denyscope import FILE\` or \`denyscope demo\` first`,
  );
}
