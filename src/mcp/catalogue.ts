import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { mergeCapabilities, RequestMethod, ServerCapabilities } from '@modelcontextprotocol/server';
import { DiscoveryService, ExternalContextCreator, MetadataScanner, Reflector } from '@nestjs/core';
import { MCP_CONTEXT, type Narrowing } from '../access';
import {
  Declaration,
  DECLARATION,
  includes,
  MethodDeclaration,
  PromptDeclaration,
  ResourceDeclaration,
  ToolDeclaration,
} from './declaration';
import { describePrompt, describeResource, describeTool } from './describe';
import type { McpCall } from './mcp-call';
import { premade } from './premade';

/** A declaration with its method, wrapped so that guards and transaction run around it. */
export interface Callable<D = Declaration> {
  readonly declaration: D;
  readonly invoke: (call: object, input: object) => Promise<unknown>;
  /** The method by itself, for a call that has passed guards and has its transaction already. */
  readonly bare: Method;
}

type Method = (ctx: McpCall, input: object) => unknown;

const CAPABILITIES: ServerCapabilities = { tools: { listChanged: true }, resources: { listChanged: true }, prompts: { listChanged: true } };

/** What clients ask for to choose from. */
type Lists = Readonly<Record<'tools' | 'resources' | 'resourceTemplates' | 'prompts', object[]>>;

const EVERYTHING: Narrowing = { readOnly: false };

/** Everything that can be called, found once at start; each narrowing's lists are made once, too. */
@Injectable()
export class Catalogue implements OnApplicationBootstrap {
  readonly tools = new Map<string, Callable<ToolDeclaration>>();
  readonly resources = new Map<string, Callable<ResourceDeclaration>>();
  readonly prompts = new Map<string, Callable<PromptDeclaration>>();
  readonly methods = new Map<RequestMethod, Callable<MethodDeclaration>>();
  /** What is advertised: only what is declared. */
  capabilities: ServerCapabilities = CAPABILITIES;
  private readonly aliases = new Map<string, string>();
  private readonly made = new Map<string, Lists>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly contexts: ExternalContextCreator,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance === 'object' && instance !== null) this.collect(instance as Record<string, Method>);
    }
    for (const { declaration } of this.methods.values()) this.capabilities = mergeCapabilities(this.capabilities, declaration.capabilities);
  }

  /** A tool by its name or an alias. */
  tool(name: string): Callable<ToolDeclaration> | undefined {
    return this.tools.get(this.aliases.get(name) ?? name);
  }

  /** Whether a narrowed address offers it; a prompt where it offers each tool that the prompt names. */
  offers(narrowing: Narrowing, declaration: ToolDeclaration | ResourceDeclaration | PromptDeclaration): boolean {
    if (declaration.kind === 'prompt') return declaration.tools.every((name) => this.offersTool(narrowing, name));
    return includes(narrowing, declaration);
  }

  offersTool(narrowing: Narrowing, name: string): boolean {
    const tool = this.tool(name);
    return tool !== undefined && includes(narrowing, tool.declaration);
  }

  /** What a narrowing leaves, by name. */
  lists(narrowing = EVERYTHING): Lists {
    const key = `${narrowing.toolset} ${narrowing.readOnly}`;
    const lists = this.made.get(key) ?? this.makeLists(narrowing);
    this.made.set(key, lists);
    return lists;
  }

  private makeLists(narrowing: Narrowing): Lists {
    const offered = <D extends ToolDeclaration | ResourceDeclaration | PromptDeclaration>(map: Map<string, Callable<D>>): D[] => {
      const declarations = [...map.values()].map(({ declaration }) => declaration).filter((one) => this.offers(narrowing, one));
      return declarations.sort((a, b) => (a.name < b.name ? -1 : 1));
    };
    const resources = offered(this.resources);
    return {
      tools: premade(offered(this.tools).map(describeTool)),
      resources: premade(resources.filter(({ uri }) => !uri.includes('{')).map(describeResource)),
      resourceTemplates: premade(resources.filter(({ uri }) => uri.includes('{')).map(describeResource)),
      prompts: premade(offered(this.prompts).map(describePrompt)),
    };
  }

  private collect(instance: Record<string, Method>): void {
    for (const key of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
      const method = instance[key];
      const declaration = method && this.reflector.get<Declaration | undefined>(DECLARATION, method);
      if (method && declaration) this.add({ declaration, invoke: this.wrap(instance, method, key), bare: method.bind(instance) });
    }
  }

  private add(callable: Callable): void {
    const { declaration } = callable;
    const maps = { tool: this.tools, resource: this.resources, prompt: this.prompts, method: this.methods };
    const map = maps[declaration.kind] as Map<string, Callable>;
    const aliases = declaration.kind === 'tool' ? (declaration.aliases ?? []) : [];
    for (const name of [declaration.name, ...aliases]) {
      if (map.has(name) || this.aliases.has(name)) throw new Error(`Two ${declaration.kind}s are called ${name}.`);
    }
    map.set(declaration.name, callable);
    for (const alias of aliases) this.aliases.set(alias, declaration.name);
  }

  /** Guards and interceptors of the method run as Nest runs them for a controller, with `getType() === 'mcp'`. */
  private wrap(instance: object, method: Method, key: string): Callable['invoke'] {
    const options = { guards: true, interceptors: true, filters: false };
    return this.contexts.create(
      instance,
      method as (...args: unknown[]) => unknown,
      key,
      undefined,
      undefined,
      undefined,
      undefined,
      options,
      MCP_CONTEXT,
    ) as Callable['invoke'];
  }
}
