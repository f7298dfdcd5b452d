// SPDX-License-Identifier: GPL-3.0-or-later
//
// The picture of hits over time as PNG: the SVG file drawn on a canvas, twice as large as on screen.

const enlarged = 2;

function drawn(address: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener('error', () => reject(new Error('the picture cannot be read')));
    image.addEventListener('load', () => {
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth * enlarged;
      canvas.height = image.naturalHeight * enlarged;
      const pen = canvas.getContext('2d');
      if (!pen) {
        reject(new Error('no canvas'));
        return;
      }
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error('no PNG')), 'image/png');
    });
    image.src = address;
  });
}

export function attachPicture(main: ParentNode): void {
  const svg = main.querySelector<HTMLAnchorElement>('.bild-dateien a[href^="/verlauf.svg"]');
  if (!svg) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'wie-link';
  button.textContent = 'PNG';
  button.addEventListener('click', () => {
    void drawn(svg.href).then(blob => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = 'verlauf.png';
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }).catch(() => window.location.assign(svg.href));
  });
  svg.after(' oder ', button);
}
