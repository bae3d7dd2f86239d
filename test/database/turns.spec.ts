import { NoTurnError, sharesOf, Turns } from '../../src/database/turns';

/** Turns whose takers are told by a name in the order in which they got them. */
function hall(shares: [number, number, number], patience = 60_000) {
  const turns = new Turns(shares, patience);
  const order: string[] = [];
  const held = new Map<string, () => void>();
  const ask = (tenant: string, user: string, name: string, signal?: AbortSignal): Promise<void> =>
    turns.take([tenant, user], signal).then((giveBack) => {
      order.push(name);
      held.set(name, giveBack);
    });
  const done = async (name: string): Promise<void> => {
    held.get(name)!();
    await settled();
  };
  return { turns, order, ask, done };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('leave a connection free, half of the pool to other tenants and three quarters to other users, and at least one to each', () => {
    expect([10, 5, 4, 2, 1].map(sharesOf)).toEqual([
      [9, 5, 3],
      [4, 3, 2],
      [3, 2, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it('let nobody have more than their share, and everybody else go at once', async () => {
    const { order, ask, done } = hall([4, 3, 2]);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask('acme', 'ann', name);
    for (const name of ['b1', 'b2']) void ask('acme', 'bob', name);
    void ask('globex', 'cy', 'c1');
    void ask('initech', 'dee', 'd1');
    await settled();
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1']);
    await done('c1');
    expect(order.slice(4)).toEqual(['d1']);
    await done('b1');
    expect(order.slice(5)).toEqual(['b2']);
    for (const name of ['a1', 'a2', 'b2', 'd1']) await done(name);
    expect(order.slice(6)).toEqual(['a3', 'a4']);
  });

  it('go round between the tenants, and in each between its users, whoever asked for more', async () => {
    const { order, ask, done } = hall([1, 1, 1]);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void ask('acme', 'ann', name);
    for (const name of ['b1', 'b2']) void ask('acme', 'bob', name);
    for (const name of ['c1', 'c2']) void ask('globex', 'cy', name);
    await settled();
    for (let at = 0; at < 8; at += 1) await done(order[at]!);
    expect(order).toEqual(['a1', 'a2', 'c1', 'b1', 'c2', 'a3', 'b2', 'a4']);
  });

  it('are given up after a while, or with the client, and leave nobody behind who is still counted', async () => {
    const { turns, order, ask, done } = hall([2, 1, 1], 50);
    await ask('acme', 'ann', 'a1');
    const client = new AbortController();
    const gone = ask('acme', 'ann', 'a2', client.signal);
    const late = ask('acme', 'bob', 'b1');
    client.abort(new Error('hung up'));
    await expect(gone).rejects.toThrow('hung up');
    await expect(late).rejects.toThrow(NoTurnError);
    await expect(ask('acme', 'ann', 'a3', client.signal)).rejects.toThrow('hung up');
    await done('a1');
    await ask('acme', 'bob', 'b2');
    await done('b2');
    expect(order).toEqual(['a1', 'b2']);
    expect(turns).toEqual(new Turns([2, 1, 1], 50));
  });
});
