import {
  type CodeLens,
  type CompletionItem,
  type Diagnostic,
  type Disposable,
  type DocumentFilter,
  EventEmitter,
  Hover,
  languages,
  MarkdownString,
  type Position,
  type TextDocument,
  workspace,
} from 'vscode';
import { accessFilePath } from '../../access/accessFile/accessFilePath';
import type { Organization } from '../../access/organization';
import type { ActiveOrganization, CurrentOrganization } from '../../organizations/currentOrganization';
import { asMarkdown } from '../markdown/escape';
import { completionsAt, suggestedPlaceAt } from './completions';
import { diagnosticsOf } from './diagnostics';
import { hoverAt } from './hovers';
import { isAccessFile } from './isAccessFile';
import { FileLens, lensesOf, resolveLens } from './lenses';
import { readDocument } from './readings';

/** How long, in milliseconds, changes are gathered before a file is looked at again. */
const delay = 250;
/** How often, in milliseconds, the ages that are said in a file are brought up to date. */
const ageing = 60_000;

const files: DocumentFilter = { pattern: `**/${accessFilePath}` };

/** Starts what an editor knows of access files. */
export function startFeatures(current: CurrentOrganization): Disposable {
  return new FileFeatures(current);
}

/**
 * What is said in access files that are open: problems, drift, code lenses, hovers, and suggestions, all by what is loaded.
 * Sends no request.
 */
class FileFeatures implements Disposable {
  readonly #diagnostics = languages.createDiagnosticCollection('checkpointPermissions.accessFile');
  readonly #lensesChanged = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  /** Ends the listening to the organization that is shown. */
  #unwatch: (() => void) | undefined;
  #watched: Organization | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #ageing = setInterval(() => this.#soon(), ageing);
  /** The look at the open files that is under way. Another one makes it void. */
  #round = 0;

  constructor(private readonly current: CurrentOrganization) {
    this.#subscriptions = [
      this.#diagnostics,
      this.#lensesChanged,
      current.onDidChange(() => this.#soon()),
      workspace.onDidOpenTextDocument((document) => this.#onDocument(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#onDocument(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#diagnostics.delete(uri)),
      workspace.onDidGrantWorkspaceTrust(() => this.#soon()),
      languages.registerCompletionItemProvider(
        files,
        {
          provideCompletionItems: (document, position) => this.#completions(document, position),
        },
        '"',
      ),
      languages.registerHoverProvider(files, {
        provideHover: (document, position) => this.#hover(document, position),
      }),
      languages.registerCodeLensProvider(files, {
        onDidChangeCodeLenses: this.#lensesChanged.event,
        provideCodeLenses: (document) => this.#lenses(document),
        resolveCodeLens: (lens) => this.#resolve(lens),
      }),
    ];
    this.#soon(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#ageing);
    this.#round += 1;
    this.#unwatch?.();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #onDocument({ uri }: TextDocument): void {
    if (isAccessFile(uri)) this.#soon();
  }

  #soon(after = delay): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#look();
    }, after);
  }

  /** Checks all open access files again. */
  async #look(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const documents = workspace.textDocuments.filter(({ uri }) => isAccessFile(uri));
    if (documents.length === 0) return;
    const active = await this.#active();
    for (const document of documents) {
      const found = await this.#diagnose(document, active);
      if (round !== this.#round) return;
      if (!document.isClosed) this.#diagnostics.set(document.uri, found);
    }
    this.#lensesChanged.fire();
  }

  async #diagnose(document: TextDocument, active: ActiveOrganization): Promise<Diagnostic[]> {
    const { reading } = await readDocument(document);
    const organization = active.kind === 'organization' ? active.organization : undefined;
    return diagnosticsOf(document, reading, organization);
  }

  /** The organization that is shown. What is loaded of it is listened to. */
  async #active(): Promise<ActiveOrganization> {
    const active = await this.current.get();
    this.#watch(active.kind === 'organization' ? active.organization : undefined);
    return active;
  }

  #watch(organization: Organization | undefined): void {
    if (organization === this.#watched) return;
    this.#unwatch?.();
    this.#watched = organization;
    if (!organization) {
      this.#unwatch = undefined;
      return;
    }
    const { permissions, projects, owners, catalog, trail } = organization;
    const ends = [permissions, projects, owners, catalog, trail].map((each) =>
      each.onDidChange(() => this.#soon()),
    );
    ends.push(organization.onDidLearnName(() => this.#soon()));
    this.#unwatch = () => {
      for (const end of ends) end();
    };
  }

  async #organization(): Promise<Organization | undefined> {
    const active = await this.#active();
    return active.kind === 'organization' ? active.organization : undefined;
  }

  async #completions(document: TextDocument, position: Position): Promise<CompletionItem[] | undefined> {
    const place = isAccessFile(document.uri) ? suggestedPlaceAt(document, position) : undefined;
    if (!place) return undefined;
    const organization = await this.#organization();
    return organization && completionsAt(place, organization);
  }

  async #hover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    if (!isAccessFile(document.uri)) return undefined;
    const [read, organization] = await Promise.all([readDocument(document), this.#organization()]);
    const { version, reading } = read;
    // The position is one of the text as it was.
    if (!('file' in reading) || !organization || document.version !== version) return undefined;
    const found = await hoverAt(document, reading.file, position, organization);
    if (!found) return undefined;
    const lines = found.lines.map((line) => asMarkdown(line, 600));
    return new Hover(new MarkdownString(lines.join('\n\n')), found.range);
  }

  async #lenses(document: TextDocument): Promise<CodeLens[]> {
    if (!isAccessFile(document.uri)) return [];
    const { reading } = await readDocument(document);
    return lensesOf(document, 'file' in reading ? reading.file : undefined);
  }

  async #resolve(lens: CodeLens): Promise<CodeLens> {
    if (!(lens instanceof FileLens)) return lens;
    return resolveLens(lens, await this.#organization());
  }
}
