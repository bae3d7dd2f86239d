export { installAuditHook } from './audit.hook';
export { Catalogue } from './catalogue';
export { type Declaration, Prompt, ReadTool, Resource } from './declaration';
export { field, type FieldSpec, type JsonSchema } from './field.decorator';
export { McpModule } from './mcp.module';
export { schemaOf } from './schema';
export { OpenStreams } from './open-streams';
