// @rekog/mcp-nest as its documentation sets it up, in its cheapest form: on Fastify, without sessions, answering in JSON.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { McpController, McpStrategy, StreamableHttpTransport, Tool } from '@rekog/mcp-nest';
import { z } from 'zod';
import { Backend, setting } from './backend.mjs';

const backend = new Backend();

/** A controller with one decorated method per tool, as TypeScript's decorators would have made it. */
class Tools {}
for (const { name, title, description, inputSchema, outputSchema } of setting.tools) {
  const method = (input, context) => backend.call(context.getRawRequest().caller, name, input);
  Object.defineProperty(Tools.prototype, name, { value: method, writable: true, configurable: true });
  Reflect.defineMetadata('design:paramtypes', [Object, Object], Tools.prototype, name);
  Payload()(Tools.prototype, name, 0);
  Ctx()(Tools.prototype, name, 1);
  Tool({
    name,
    description,
    parameters: z.fromJSONSchema(inputSchema),
    outputSchema: z.fromJSONSchema(outputSchema),
    annotations: { title, readOnlyHint: true },
  })(Tools.prototype, name, Object.getOwnPropertyDescriptor(Tools.prototype, name));
}
McpController()(Tools);

class App {}
Module({ controllers: [Tools] })(App);

const strategy = new McpStrategy({
  name: 'mcp-nest',
  version: '1.0.0',
  transports: [new StreamableHttpTransport({ endpoint: '/api/mcp', statefulMode: false, enableJsonResponse: true })],
  logging: false,
});
const app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
app
  .getHttpAdapter()
  .getInstance()
  .addHook('preHandler', async (request) => {
    request.raw.caller = await backend.admit(request.headers.authorization);
  });
strategy.setHttpAdapter(app.getHttpAdapter());
app.connectMicroservice({ strategy });
await app.startAllMicroservices();
await app.listen(setting.port, '127.0.0.1');
console.log('ready');
