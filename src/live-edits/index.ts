export { EditRefused } from './edit-refused';
export { type EditableField, fieldLabel } from './live-rows';
export { LiveEditsModule } from './live-edits.module';
export { type Edit, type EditablePart, type EditableRow, LiveEdits } from './live-edits.service';
