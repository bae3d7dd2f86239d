import type { PromptDeclaration, ResourceDeclaration, ToolDeclaration } from './declaration';
import { fieldsOf } from './field.decorator';
import { JSON_TYPE } from './results';
import { NoInput, schemaOf } from './schema';

/** Any connection of the product may call any tool; what its user may see is decided at call time. */
const SECURITY = [{ type: 'oauth2', scopes: ['mcp:use'] }];

/** Safety hints follow from what a tool does, so that they cannot be wrong. */
const HINTS: Record<ToolDeclaration['effect'], object> = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
};

export function describeTool({ name, title, description, input, output, effect }: ToolDeclaration): object {
  return {
    name,
    title,
    description,
    inputSchema: schemaOf(input ?? NoInput),
    ...(output && { outputSchema: schemaOf(output) }),
    annotations: { title, ...HINTS[effect] },
    _meta: { securitySchemes: SECURITY },
  };
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
