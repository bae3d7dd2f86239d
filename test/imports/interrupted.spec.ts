import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type CallerFiles, ImportService } from '../../src/imports';
import { OrganizationsService } from '../../src/tenants';
import { itOnServer } from '../support/database';
import type { TestTenant } from '../support/people';
import { hrExport } from './hr-export';
import { ImportDesk } from './import-desk';
import { told } from './staff-file';

let desk: ImportDesk;
let tenant: TestTenant;
beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  tenant = await desk.organization();
});

describe('an import that is cut short', () => {
  const COUNT = 1_700;

  /** In this process, so that it can be stopped after a batch. */
  async function directly(file: string, progress: (text: string) => void): Promise<void> {
    const files: CallerFiles = {
      read: async (which, offset) => Buffer.from(desk.text(which === 'data' ? file : `${file}.mapping`)).subarray(offset, offset + 100_000),
      writeMapping: async () => undefined,
      nameOf: (which) => which,
    };
    const organization = await desk.app.app.get(OrganizationsService).find(tenant.orgId);
    const request = { entity: 'employees', organization, organizationName: tenant.orgId, mappingNamed: true, dryRun: false, atomic: false };
    await desk.app.app.get(ImportService).run(request, files, { say: () => undefined, progress });
  }

  it('keeps whole people, and is finished by running it again', async () => {
    const file = 'cut.csv';
    desk.put(file, hrExport(COUNT));
    await desk.import(tenant, file);
    desk.answer(`${file}.mapping`);
    const cut = directly(file, (text) => {
      if (text.startsWith('1000 of')) throw new Error('cut');
    });
    await expect(cut).rejects.toThrow('cut');
    const half = await desk.people(tenant);
    expect(half).toHaveLength(1_000);
    const { out } = await desk.bring(tenant, file);
    expect(told(out).figures).toMatchObject({ created: COUNT - 1_000, changed: 0, unchanged: 1_000 });
    const twin = await desk.organization();
    await desk.bring(twin, file);
    expect(await desk.people(tenant)).toEqual(await desk.people(twin));
  });

  itOnServer('survives a kill -9 of the command line', async () => {
    const file = 'kill.csv';
    desk.put(file, hrExport(COUNT));
    await desk.import(tenant, file);
    desk.answer(`${file}.mapping`);
    const cli = join(__dirname, '../../dist/cli/main.js');
    const args = ['import', 'employees', file, '--org', tenant.orgId, '--mapping', `${file}.mapping`];
    const child = spawn(process.execPath, [cli, ...args], {
      env: { PATH: process.env['PATH'], ...desk.environment() },
      cwd: desk.folder,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    for (let there = 0; there === 0 && child.exitCode === null; await new Promise((resolve) => setTimeout(resolve, 5))) {
      there = (await desk.people(tenant)).length;
    }
    child.kill('SIGKILL');
    await ended;
    const { code } = await desk.bring(tenant, file);
    expect(code).toBe(0);
    const twin = await desk.organization();
    await desk.bring(twin, file);
    expect(await desk.people(tenant)).toEqual(await desk.people(twin));
  });
});
