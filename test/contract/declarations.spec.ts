import type { CallContext } from '../../src/access';
import { field, ReadTool } from '../../src/mcp';

class Input {
  @field({ schema: { type: 'string' } }) name: string;
}
class Output {
  @field({ schema: { type: 'number' } }) count: number;
}

const declaration = { name: 'x', title: 'X', description: 'x', toolset: 'core' as const, permissions: [], input: Input, output: Output };

/** The compiler is the test here (`npm run check`): each comment fails it where the line below would compile. */
class Tools {
  @ReadTool(declaration)
  right(_: CallContext, input: Input): Promise<Output> {
    return Promise.resolve({ count: input.name.length });
  }

  // @ts-expect-error the result is not the declared output
  @ReadTool(declaration)
  wrongResult(): Promise<{ count: string }> {
    return Promise.resolve({ count: '1' });
  }

  // @ts-expect-error the input is not the declared one
  @ReadTool(declaration)
  wrongInput(_: CallContext, input: { name: number }): Promise<Output> {
    return Promise.resolve({ count: input.name });
  }
}

it('a tool whose method does not match its input and output classes does not compile', async () => {
  expect(await new Tools().right({} as CallContext, { name: 'abc' })).toEqual({ count: 3 });
});
