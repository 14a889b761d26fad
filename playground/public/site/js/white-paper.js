import { readWhitePaper } from './lib/api.js';
import { paperCover } from './lib/cover.js';
import { byId } from './lib/dom.js';
import { load, nameContent, startPage } from './lib/page.js';
import { keepRecommended } from './lib/recommended.js';

function show({ documentId, title, topic, summary, file }) {
  byId('topic').textContent = topic ?? '';
  byId('title').textContent = title;
  byId('summary').textContent = summary ?? '';
  byId('cover').append(paperCover(topic ?? '', documentId));
  // The plugin's route notes the download and hands over the file.
  byId('download').href = `/api/clv/download/${documentId}`;
  byId('download').closest('p').hidden = !file;
  byId('file').textContent = file
    ? `PDF, ${Math.max(1, Math.round(file.size))} kB`
    : 'There is no file for this one yet.';
  byId('paper').hidden = false;
}

startPage();
load('status', async () => {
  const paper = await readWhitePaper(new URLSearchParams(location.search).get('id'));
  show(paper);
  const key = `api::white-paper.white-paper/${paper.documentId}`;
  nameContent(key, paper.title);
  await keepRecommended({ locale: 'en', content: key });
});
