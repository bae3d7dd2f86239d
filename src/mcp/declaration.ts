import { applyDecorators, SetMetadata, Type, UseGuards, UseInterceptors } from '@nestjs/common';
import { CallContext, PermissionGuard, RequirePermissions, TenantGuard } from '../access';
import type { Permission } from '../permissions';
import { CallTransaction } from './call-transaction.interceptor';

/** What every callable thing declares: tools, resources and prompts pass the same guards in the same transaction. */
interface Declared {
  readonly name: string;
  readonly title: string;
  /** Says what it does, when to use it, what to call first; at most 1,024 characters. */
  readonly description: string;
  /** Without all of these the call is refused. */
  readonly permissions: readonly Permission[];
  readonly input?: Type<object>;
}

export interface ToolDeclaration extends Declared {
  readonly kind: 'tool';
  readonly output: Type<object>;
  /** What the call may do; the safety hints follow from it and are never written by hand. */
  readonly effect: 'read';
}

export interface ResourceDeclaration extends Declared {
  readonly kind: 'resource';
  /** A URI, or a template such as `employee://{id}` whose variables are the input's fields. */
  readonly uri: string;
}

export interface PromptDeclaration extends Declared {
  readonly kind: 'prompt';
}

export type Declaration = ToolDeclaration | ResourceDeclaration | PromptDeclaration;

export const DECLARATION = 'flowstate:declaration';

/** A method that does not match its input and output classes does not compile. */
type Handler<I, O> = (target: object, key: string | symbol, descriptor: { value?: (ctx: CallContext, input: I) => Promise<O> }) => void;

type Without<T> = Omit<T, 'kind' | 'effect' | 'input' | 'output'>;

/** A tool that reads live data. */
export function ReadTool<O extends object, I extends object = object>(
  tool: Without<ToolDeclaration> & { readonly input?: Type<I>; readonly output: Type<O> },
): Handler<I, O> {
  return guarded({ ...tool, kind: 'tool', effect: 'read' });
}

/** A resource that mirrors a tool for clients that read resources; its content is the returned data as JSON. */
export function Resource<I extends object = object>(
  resource: Without<ResourceDeclaration> & { readonly input?: Type<I> },
): Handler<I, object> {
  return guarded({ ...resource, kind: 'resource' });
}

/** A prompt; the method returns the text of the user's message. */
export function Prompt<I extends object = object>(prompt: Without<PromptDeclaration> & { readonly input?: Type<I> }): Handler<I, string> {
  return guarded({ ...prompt, kind: 'prompt' });
}

function guarded(declaration: Declaration): MethodDecorator {
  return applyDecorators(
    SetMetadata(DECLARATION, declaration),
    RequirePermissions(declaration.permissions),
    UseGuards(TenantGuard, PermissionGuard),
    UseInterceptors(CallTransaction),
  );
}
