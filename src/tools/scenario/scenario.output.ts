import { Count, Flag, Id, OPTIONAL, Words } from '../fields';

export class ScenarioDeleted {
  @Id('plan') planId: string;
  @Words() title: string;
  @Count('Changes that went with it.') changes: number;
  @Flag('Nothing was changed.', OPTIONAL) dryRun?: boolean;
}

export class CommentMade {
  @Id('plan') planId: string;
  @Words() commentId: string;
  @Words('Where people read and answer it.') reviewUrl: string;
  @Flag('Nothing was changed.', OPTIONAL) dryRun?: boolean;
}
