export { DirectoryModule } from './directory.module';
export { type Document, DirectoryService } from './directory.service';
