import { IMPORTED } from '../../src/imports';
import { ImportBench } from './import-bench';

describe('the examples of docs/importing.md', () => {
  it('can be imported one after the other, each with nothing refused', async () => {
    const desk = await ImportBench.open();
    try {
      const org = await desk.bench.organization();
      const answers = {
        ...{ currency: 'EUR', country: 'DE', 'fte unit': 'percent', 'pay period': 'year', 'main team': 'yes' },
      };
      for (const { name, example } of IMPORTED) {
        const { ended, lines, figures } = await desk.bring(org, name, example, { answers });
        expect({ name, ended, lines }).toEqual({ name, ended: 'complete', lines: [] });
        const written = (figures['created'] ?? 0) + (figures['changed'] ?? 0); // a holiday of a country is one of each place there
        expect(written).toBeGreaterThanOrEqual(example.split('\n').length - 1);
      }
    } finally {
      await desk.close();
    }
  });
});
