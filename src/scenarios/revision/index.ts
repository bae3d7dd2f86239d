export { type Discard, Discards } from './discard.service';
export { type Rebase, Rebases, type Resolution, type Side } from './rebase.service';
export { Undo } from './undo.service';
