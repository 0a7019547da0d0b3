import { once } from 'node:events';
import { connect } from 'node:net';
import { provideRedis, describeWithRedis } from '../support/redis.ts';

async function ping(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port || 6379) });
  socket.write('PING\r\n');
  const received: unknown[] = await once(socket, 'data');
  socket.destroy();
  return String(received[0]);
}

describeWithRedis('the Redis of the tests', (url) => {
  test('answers', async () => {
    expect(await ping(url)).toMatch(/^(?:\+PONG|-NOAUTH)/);
  });
});

describe('provideRedis', () => {
  test('says why there is none where PATH holds no redis-server', async () => {
    expect(await provideRedis({ PATH: '/nonexistent' })).toEqual({
      kind: 'unavailable',
      reason: 'there is no redis-server on PATH and REDIS_URL is not set',
    });
  });

  test('refuses a REDIS_URL that nobody answers', async () => {
    await expect(provideRedis({ REDIS_URL: 'redis://127.0.0.1:1/0' })).rejects.toThrow('does not answer');
  });
});
