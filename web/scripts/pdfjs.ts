// SPDX-License-Identifier: GPL-3.0-or-later
//
// pdf.js as we use it. It is not bundled: its files lie in a folder of ours and load when a PDF is
// shown or read. Only what we use is declared (mozilla.github.io/pdf.js/api).

export interface Viewport {
  width: number;
  height: number;
  scale: number;
}

export interface TextItem {
  str: string;
  hasEOL: boolean;
  transform: number[];  // the last two: left and baseline in points, from the page's lower left corner
  height: number;
}

export interface PdfPage {
  getViewport(options: {scale: number}): Viewport;
  getTextContent(): Promise<{items: (TextItem | {type: string})[]}>;
  render(options: {canvas: HTMLCanvasElement; viewport: Viewport; annotationMode?: number}): {promise: Promise<void>; cancel(): void};
  cleanup(): void;
}

export interface PdfDocument {
  numPages: number;
  getPage(number: number): Promise<PdfPage>;
}

export interface TextLayer {
  render(): Promise<void>;
  cancel(): void;
  textDivs: HTMLElement[];
}

interface Library {
  GlobalWorkerOptions: {workerSrc: string};
  getDocument(options: object): {promise: Promise<PdfDocument>; destroy(): Promise<void>};
  TextLayer: new (options: {textContentSource: object; container: HTMLElement; viewport: Viewport}) => TextLayer;
}

export interface Pdfjs {
  library: Library;
  /// Rejects with an Error whose name tells the kind: PasswordException, InvalidPDFException, …
  open(data: Uint8Array): Promise<PdfDocument>;
}

/// `folder`: address of the folder with pdf.js, as the page names it.
export async function loadPdfjs(folder: string): Promise<Pdfjs> {
  const base = new URL(folder, document.baseURI).href;
  const library = await import(`${base}pdf.min.mjs`) as Library;
  library.GlobalWorkerOptions.workerSrc = `${base}pdf.worker.min.mjs`;
  return {
    library,
    open: data => library.getDocument({
      data,
      cMapUrl: base,
      cMapPacked: true,
      standardFontDataUrl: base,
      wasmUrl: base,
      useWasm: false,  // our policy admits no WebAssembly; pdf.js then takes decoders in plain script
      enableXfa: false,
      isEvalSupported: false,
      stopAtErrors: false,
    }).promise,
  };
}
