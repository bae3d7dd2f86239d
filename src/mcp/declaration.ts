import { applyDecorators, SetMetadata, Type, UseGuards, UseInterceptors } from '@nestjs/common';
import type {
  CallToolResult,
  GetPromptResult,
  ReadResourceResult,
  RequestMethod,
  RequestTypeMap,
  ServerCapabilities,
} from '@modelcontextprotocol/server';
import { type Narrowing, PermissionGuard, RequirePermissions, TenantGuard, type Toolset } from '../access';
import type { Permission } from '../permissions';
import { CallMode, CallTransaction, type Mode } from './call-transaction.interceptor';
import { fieldsOf, type FieldSpec } from './field.decorator';
import type { McpCall, ReadyResult } from './mcp-call';

/** What every callable thing declares: all pass the same guards in the same transaction. */
interface Declared {
  readonly name: string;
  /** Without all of these the call is refused. */
  readonly permissions: readonly Permission[];
}

/** What is listed for clients to choose from. */
export interface Listed extends Declared {
  readonly title: string;
  /** Says what it does, when to use it, what to call first; at most 1,024 characters. */
  readonly description: string;
  readonly input?: Type<object>;
}

/** What belongs to a part of the catalogue. */
interface InToolset extends Listed {
  /** Which narrowed addresses offer it (`…/x/people`): one, or some that cannot do without it. */
  readonly toolset: Toolset | readonly Toolset[];
}

export interface ToolDeclaration extends InToolset {
  readonly kind: 'tool';
  /** Further names that it is called by and not listed under, such as documented ones that most clients refuse for their dots. */
  readonly aliases?: readonly string[];
  /** Absent where every result is a {@link ReadyResult}. */
  readonly output?: Type<object>;
  /** What the call may do; the safety hints follow from it and are never written by hand. */
  readonly effect: 'read' | 'change' | 'removal';
  /** Its statements are planned once per connection, not for the values of each call: they find a few rows in the order of an index. */
  readonly keepsPlans?: boolean;
}

export interface ResourceDeclaration extends InToolset {
  readonly kind: 'resource';
  /** A URI, or a template such as `employee://{id}` whose variables are the input's fields. */
  readonly uri: string;
  /** Of a {@link ReadyResult}; data is JSON. */
  readonly mimeType?: string;
}

export interface PromptDeclaration extends Listed {
  readonly kind: 'prompt';
  /** The tools that its text names: it is offered where all of them are. */
  readonly tools: readonly string[];
}

/** A method of the protocol beyond tools, resources and prompts, and the capabilities that it makes true. */
export interface MethodDeclaration extends Declared {
  readonly kind: 'method';
  readonly name: RequestMethod;
  readonly capabilities: ServerCapabilities;
}

export type Declaration = ToolDeclaration | ResourceDeclaration | PromptDeclaration | MethodDeclaration;

/** Whether a narrowed address offers it. */
export function includes({ toolset, readOnly }: Narrowing, declaration: ToolDeclaration | ResourceDeclaration): boolean {
  const own = [declaration.toolset].flat();
  const included = toolset === undefined || own.includes('core') || own.includes(toolset);
  return included && !(readOnly && declaration.kind === 'tool' && declaration.effect !== 'read');
}

export const DECLARATION = 'flowstate:declaration';

/** A method that does not match its input and output classes does not compile. */
type Handler<I, O> = (target: object, key: string | symbol, descriptor: { value?: (ctx: McpCall, input: I) => Promise<O> }) => void;

type Without<T> = Omit<T, 'kind' | 'effect' | 'input' | 'output'>;

/** A tool that reads live data. */
export function ReadTool<O extends object = never, I extends object = object>(
  tool: Without<ToolDeclaration> & { readonly input?: Type<I>; readonly output?: Type<O> },
): Handler<I, O | ReadyResult<CallToolResult>> {
  return guarded({ ...tool, kind: 'tool', effect: 'read' });
}

/** What every call says that changes a scenario; inputs inherit it from the fields of the tools. */
export interface WriteInput {
  readonly planId?: string;
  readonly reason?: string;
  readonly dryRun: boolean;
  readonly idempotencyKey?: string;
  readonly confirmationToken?: string;
}

/**
 * A tool that changes a scenario, and nothing else: its transaction runs in the world of the scenario that the input
 * names, may only add changes to it, and is undone after a dry run. Needs scenarios.write besides its own permissions.
 * A tool without a planId can only make a scenario.
 */
export function ScenarioTool<O extends object, I extends WriteInput>(
  tool: Without<ToolDeclaration> & {
    readonly input: Type<I>;
    readonly output: Type<O>;
    /** It deletes, terminates or discards, or changes much at once. */
    readonly removes?: boolean;
  },
): Handler<I, O> {
  const { removes = false, permissions, ...rest } = tool;
  return guarded({ ...rest, permissions: ['scenarios.write', ...permissions], kind: 'tool', effect: removes ? 'removal' : 'change' });
}

/** A resource that mirrors a tool for clients that read resources; its content is the returned data as JSON. */
export function Resource<I extends object = object>(
  resource: Without<ResourceDeclaration> & { readonly input?: Type<I> },
): Handler<I, object | ReadyResult<ReadResourceResult>> {
  return guarded({ ...resource, kind: 'resource' });
}

/** A prompt; the method returns the text of the user's message. */
export function Prompt<I extends object = object>(
  prompt: Without<PromptDeclaration> & { readonly input?: Type<I> },
): Handler<I, string | ReadyResult<GetPromptResult>> {
  return guarded({ ...prompt, kind: 'prompt' });
}

/**
 * How a module adds a method to the protocol (completion, subscriptions, an extension's own) without touching this
 * one: same guards, transaction and audit as a tool call. It gets the request's params and returns the result.
 */
export function RpcMethod<M extends RequestMethod>(
  method: Omit<MethodDeclaration, 'kind' | 'name'> & { readonly name: M },
): Handler<RequestTypeMap[M]['params'], object> {
  return guarded({ ...method, kind: 'method' });
}

/** The field of the input that names a scenario to read, if the declaration has one. */
function worldField(declaration: Declaration): string | undefined {
  const fields = 'input' in declaration && declaration.input ? fieldsOf(declaration.input) : new Map<string, FieldSpec>();
  return [...fields].find(([, { choosesWorld }]) => choosesWorld)?.[0];
}

function writes(declaration: Declaration): Pick<Mode, 'writes'> {
  if (declaration.kind !== 'tool' || declaration.effect === 'read') return {};
  return { writes: { tool: declaration.name, removes: declaration.effect === 'removal' } };
}

function guarded(declaration: Declaration): MethodDecorator {
  return applyDecorators(
    SetMetadata(DECLARATION, declaration),
    RequirePermissions(declaration.permissions),
    UseGuards(TenantGuard, PermissionGuard),
    UseInterceptors(CallTransaction),
    CallMode({
      world: worldField(declaration),
      keepsPlans: declaration.kind === 'tool' && declaration.keepsPlans === true,
      ...writes(declaration),
    }),
  );
}
