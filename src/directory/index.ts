export { DirectoryModule } from './directory.module';
export { DirectoryService } from './directory.service';
