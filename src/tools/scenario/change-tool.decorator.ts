import { applyDecorators, CallHandler, ExecutionContext, Injectable, NestInterceptor, Type, UseInterceptors } from '@nestjs/common';
import { from, mergeMap, Observable } from 'rxjs';
import type { CallContext } from '../../access';
import { ScenarioTool } from '../../mcp';
import { PlanWriter, type Step } from '../../scenarios';
import { type ScenarioWrite, Written } from '../fields';

/** Carries out the step that a tool says. */
@Injectable()
class WritesStep implements NestInterceptor {
  constructor(private readonly plans: PlanWriter) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const ctx = context.getArgByIndex<CallContext>(0);
    return next.handle().pipe(mergeMap((step: Step) => from(this.plans.write(ctx, step))));
  }
}

type StepMaker<I> = (target: object, key: string | symbol, descriptor: { value?: (ctx: CallContext, input: I) => Step }) => void;

/** A tool that changes one scenario: its method says the step, which is carried out by itself or, with others, as one call. */
export function ChangeTool<I extends ScenarioWrite>(
  tool: Omit<Parameters<typeof ScenarioTool<Written, I>>[0], 'output'> & { readonly input: Type<I> },
): StepMaker<I> {
  return applyDecorators(ScenarioTool({ ...tool, output: Written }) as MethodDecorator, UseInterceptors(WritesStep));
}
