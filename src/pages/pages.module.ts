import { Global, Module } from '@nestjs/common';
import { AssetsController } from './assets.controller';
import { Pages } from './pages';

@Global()
@Module({ controllers: [AssetsController], providers: [Pages], exports: [Pages] })
export class PagesModule {}
