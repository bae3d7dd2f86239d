import type { AuditEvent } from '../../audit';
import type { ImportOutcome } from '../../imports';
import { type Command, type CommandInput, UnfinishedError } from '../command';

/** How the command line ends when not all rows went in, or when a mapping waits to be confirmed. */
const SOME_REFUSED = 3;
const TO_CONFIRM = 4;

const mappingName = (input: CommandInput): string => input.option('mapping') || `${input.argument('file')}.mapping`;

export const IMPORT_COMMANDS: readonly Command[] = [
  {
    name: 'import',
    summary: 'Import a file of another system into an organization (docs/importing.md).',
    arguments: [
      { name: 'what', about: 'The kind of rows, such as employees, teams or fx-rates; docs/importing.md has all of them.' },
      { name: 'file', about: 'The file: text with a line of headers (CSV), or JSON.' },
    ],
    options: {
      org: { value: 'organization', required: true, about: 'Its id (org_…), or tenant/name.' },
      mapping: {
        value: 'file',
        about: 'How the file is read: naming it confirms what it says. Without, a proposal is written to <file>.mapping.',
      },
      'dry-run': { about: 'Tell what would happen, and change nothing.' },
      atomic: { about: 'All rows or none: nothing goes in if a row is refused.' },
    },
    files: (input) => ({ data: input.argument('file'), mapping: mappingName(input) }),
    run: async (input, { organizations, imports }, say, caller) => {
      const organization = await organizations.find(input.option('org'));
      const request = {
        entity: input.argument('what'),
        organization,
        organizationName: input.option('org'),
        mappingNamed: input.option('mapping') !== '',
      };
      const modes = { dryRun: input.option('dry-run') !== '', atomic: input.option('atomic') !== '' };
      const event = (outcome: AuditEvent['outcome'], figures: ImportOutcome['figures']): AuditEvent => ({
        ...{ kind: 'data.imported', outcome, tenantId: organization.tenantId, orgId: organization.id },
        details: { entity: request.entity, ...modes, ...figures },
      });
      const ended = await imports
        .run({ ...request, ...modes }, caller, { say, progress: (text) => caller.progress(text) })
        .catch((error: Error) => {
          throw modes.dryRun ? error : new UnfinishedError(error.message, event('failed', {}));
        });
      if (ended.ended === 'incomplete') caller.exitCode = modes.atomic ? 1 : SOME_REFUSED;
      if (ended.ended === 'proposed') caller.exitCode = TO_CONFIRM;
      return ended.ended === 'proposed' || modes.dryRun ? undefined : event(ended.ended === 'complete' ? 'ok' : 'refused', ended.figures);
    },
  },
];
