import type { PromptDeclaration, ResourceDeclaration, ToolDeclaration } from './declaration';
import { fieldsOf, JsonSchema } from './field.decorator';
import { JSON_TYPE } from './results';
import { NoInput, schemaOf } from './schema';

/** Any connection of the product may call any tool; what its user may see is decided at call time. */
const SECURITY = [{ type: 'oauth2', scopes: ['mcp:use'] }];

/** Safety hints follow from what a tool does, so that they cannot be wrong. */
const HINTS: Record<ToolDeclaration['effect'], object> = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  change: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  removal: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
};

export function describeTool({ name, title, description, input, output, effect }: ToolDeclaration): object {
  return {
    name,
    title,
    description,
    inputSchema: schemaOf(input ?? NoInput),
    ...(output && { outputSchema: outline(schemaOf(output)) }),
    annotations: { title, ...HINTS[effect] },
    _meta: { securitySchemes: SECURITY },
  };
}

/**
 * The fields of the answer, without what is in them: a client pays for each token of the list, and a model reads the
 * answer itself (docs/adr/0017). docs/tools.md has the whole.
 */
function outline(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema['properties'] as Record<string, JsonSchema>).map(([name, field]) => [name, shallow(field)]);
  return { ...schema, properties: Object.fromEntries(properties) as JsonSchema };
}

function shallow({ properties, required, additionalProperties, items, ...field }: JsonSchema): JsonSchema {
  return items === undefined ? field : { ...field, items: { type: (items as JsonSchema)['type'] } };
}

export function describeResource({ uri, name, title, description, mimeType = JSON_TYPE }: ResourceDeclaration): object {
  const address = uri.includes('{') ? { uriTemplate: uri } : { uri };
  return { ...address, name, title, description, mimeType };
}

export function describePrompt({ name, title, description, input }: PromptDeclaration): object {
  const fields = [...fieldsOf(input ?? NoInput)].map(([field, spec]) => {
    const schema = typeof spec.schema === 'function' ? spec.schema() : spec.schema;
    return { name: field, description: schema['description'], required: !spec.optional };
  });
  return { name, title, description, arguments: fields };
}
