export { installAuditHook } from './audit.hook';
export { Catalogue } from './catalogue';
export { type Declaration, Prompt, ReadTool, Resource, RpcMethod, ScenarioTool } from './declaration';
export { declaringClasses } from './declaring-classes';
export { field, type FieldSpec, type JsonSchema } from './field.decorator';
export { type McpCall, ReadyResult } from './mcp-call';
export { McpModule } from './mcp.module';
export { schemaOf, validate } from './schema';
export { OpenStreams } from './open-streams';
