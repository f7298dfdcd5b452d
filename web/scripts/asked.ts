// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Wurde das schon gefragt?": a draft's PDF is read here. Its questions come into the field, where
// their owner sees and may change them; only what stands in the field is ever sent.
import {questionsOf} from './draft';
import {textOfPages} from './lines';
import {loadPdfjs} from './pdfjs';

const mostBytes = 50 * 1024 * 1024;
const mostPages = 200;

async function textOf(file: File, folder: string): Promise<string> {
  const pdfjs = await loadPdfjs(folder);
  const pdf = await pdfjs.open(new Uint8Array(await file.arrayBuffer()));
  const pages = [];
  for (let number = 1; number <= Math.min(pdf.numPages, mostPages); ++number) {
    const page = await pdf.getPage(number);
    pages.push((await page.getTextContent()).items);
    page.cleanup();
  }
  return textOfPages(pages);
}

function trouble(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return 'Die Datei ist mit einem Kennwort geschützt.';
  if (name === 'InvalidPDFException') return 'Die Datei ist kein lesbares PDF.';
  return 'Die Datei ließ sich nicht lesen. Der Text lässt sich auch einfügen.';
}

export function attachDraft(page: HTMLElement): void {
  const folder = page.dataset.pdfjs;
  const box = page.querySelector<HTMLElement>('#entwurf-pdf');
  const chooser = page.querySelector<HTMLInputElement>('#entwurf-datei');
  const field = page.querySelector<HTMLTextAreaElement>('#entwurf-text');
  const state = page.querySelector<HTMLElement>('#entwurf-stand');
  if (!folder || !box || !chooser || !field || !state) return;
  box.hidden = false;
  chooser.addEventListener('change', async () => {
    const file = chooser.files?.[0];
    if (!file) return;
    if (file.size > mostBytes) {
      state.textContent = 'Die Datei ist größer als 50 MB.';
      return;
    }
    state.textContent = 'Wird gelesen …';
    try {
      const text = await textOf(file, folder);
      const questions = questionsOf(text);
      if (questions.length === 0) {
        state.textContent = text.trim() ? 'In der Datei sind keine Fragen erkannt worden. Bitte die Fragen einfügen.'
          : 'Die Datei enthält keinen Text, vielleicht ist sie eingescannt.';
        return;
      }
      field.value = questions.join('\n\n');
      const count = questions.length === 1 ? '1 Frage steht' : `${questions.length} Fragen und Unterfragen stehen`;
      state.textContent = `${count} jetzt im Feld.`;
    } catch (error) {
      state.textContent = trouble(error);
    }
  });
}
