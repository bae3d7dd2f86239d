import { register } from 'node:module';

// The conformance tool imports globSync of node:fs, which Node 20 has not; the commands used here never call it.
const source = `export * from 'node:fs'; export { default } from 'node:fs'; export const globSync = () => [];`;
const stub = `data:text/javascript,${encodeURIComponent(source)}`;
const hook = `export const resolve = (specifier, context, next) =>
  specifier === 'fs' && context.parentURL?.includes('/conformance/dist/')
    ? { url: ${JSON.stringify(stub)}, shortCircuit: true }
    : next(specifier, context);`;

if (process.version.startsWith('v20.')) register(`data:text/javascript,${encodeURIComponent(hook)}`);
