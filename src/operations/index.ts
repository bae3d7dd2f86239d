export { OperationsModule } from './operations.module';
export { OperationsService } from './operations.service';
