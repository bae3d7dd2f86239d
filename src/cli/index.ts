export { commandTable } from './help';
export { OperatorModule } from './operator.module';
export { OperatorSocket } from './operator-socket';
