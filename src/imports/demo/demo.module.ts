import { Module } from '@nestjs/common';
import { DemoSeed } from './demo-seed.service';

@Module({ providers: [DemoSeed], exports: [DemoSeed] })
export class DemoModule {}
