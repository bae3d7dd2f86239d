import { Injectable } from '@nestjs/common';
import { type CallContext, pageOf } from '../../access';
import { DirectoryService } from '../../directory';
import { ReadTool } from '../../mcp';
import { ListOf, Nested, OPTIONAL, Text, Words } from '../fields';

class Search {
  @Text('Names, or a question in plain words.', { max: 400 }) query: string;
}

class SearchResult {
  @Words() id: string;
  @Words() title: string;
  @Words() url: string;
}

class SearchResults {
  @ListOf(() => SearchResult, 'The best 20.') results: SearchResult[];
}

class Fetch {
  @Text('Id of a search result.', { max: 60 }) id: string;
}

class Metadata {
  @Words() kind: string;
  @Words(undefined, OPTIONAL) asOf?: string;
  @Words(undefined, OPTIONAL) redacted?: string;
}

class FetchedDocument {
  @Words() id: string;
  @Words() title: string;
  @Words() text: string;
  @Words() url: string;
  @Nested(() => Metadata) metadata: Metadata;
}

/** The two tools that ChatGPT's deep research and company knowledge call; their shapes are theirs. */
@Injectable()
export class SearchTools {
  constructor(private readonly directory: DirectoryService) {}

  @ReadTool({
    name: 'search',
    title: 'Search everything',
    description: 'Finds people, teams, projects, contractors, vacancies and scenarios by words of their names. Pass an id to fetch.',
    toolset: 'core',
    permissions: ['org.read'],
    input: Search,
    output: SearchResults,
  })
  async search(ctx: CallContext, { query }: Search): Promise<SearchResults> {
    const hits = await this.directory.find(ctx, query);
    return { results: hits.map(({ id, title }) => ({ id, title, url: pageOf(ctx, id) })) };
  }

  @ReadTool({
    name: 'fetch',
    title: 'Fetch one result',
    description: 'The main facts of one search result as text; the get_… tools tell more.',
    toolset: 'core',
    permissions: ['org.read'],
    input: Fetch,
    output: FetchedDocument,
  })
  async fetch(ctx: CallContext, { id }: Fetch): Promise<FetchedDocument> {
    const { title, text, metadata } = await this.directory.document(ctx, id);
    return { id, title, text, url: pageOf(ctx, id), metadata };
  }
}
