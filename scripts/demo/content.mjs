// Writes the articles and white papers of the demonstration into Strapi, once, and publishes them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { articles } from './articles.mjs';
import { italian } from './articles-it.mjs';
import { pdf } from './pdf.mjs';
import { whitePapers } from './white-papers.mjs';

const ARTICLE = 'api::article.article';
const WHITE_PAPER = 'api::white-paper.white-paper';

async function addItalian(strapi) {
  const locales = strapi.plugin('i18n').service('locales');
  if (!(await locales.findByCode('it'))) await locales.create({ code: 'it', name: 'Italian (it)' });
}

/** The entry with this key, made and published when it is not there yet; its slug is the key. */
async function entry(strapi, uid, key, data, locale) {
  const documents = strapi.documents(uid);
  const existing = await documents.findFirst({ filters: { slug: key }, ...(locale && { locale }) });
  if (existing) return existing.documentId;
  const fields = await data();
  const { documentId } = await documents.create({
    data: { ...fields, slug: key },
    status: 'published',
    ...(locale && { locale }),
  });
  return documentId;
}

async function translation(strapi, documentId, key, data) {
  const documents = strapi.documents(ARTICLE);
  if (await documents.findOne({ documentId, locale: 'it' })) return;
  await documents.update({
    documentId,
    locale: 'it',
    data: { ...data, slug: `${key}-it` },
    status: 'published',
  });
}

/** Puts a PDF into the media library; returns its id. */
async function uploadPdf(strapi, { key, title, summary, sections }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'clv-pdf-'));
  try {
    const filepath = path.join(folder, `${key}.pdf`);
    const bytes = pdf(title, summary, sections);
    await writeFile(filepath, bytes);
    const [file] = await strapi
      .plugin('upload')
      .service('upload')
      .upload({
        data: { fileInfo: { name: `${key}.pdf`, alternativeText: title } },
        files: [
          { filepath, originalFilename: `${key}.pdf`, mimetype: 'application/pdf', size: bytes.length },
        ],
      });
    return file.id;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Makes sure that all content is there.
 *
 * @returns what there is to read, as `simulateWorld` takes it
 */
export async function seedContent(strapi) {
  await addItalian(strapi);
  const items = [];
  for (const { key, ...fields } of articles) {
    const documentId = await entry(strapi, ARTICLE, key, () => fields, 'en');
    const item = { key, kind: 'article', documentId };
    items.push({ ...item, locale: 'en', content: `${ARTICLE}/${documentId}/en` });
    if (!italian[key]) continue;
    await translation(strapi, documentId, key, italian[key]);
    items.push({ ...item, locale: 'it', content: `${ARTICLE}/${documentId}/it` });
  }
  for (const paper of whitePapers) {
    const { key, title, topic, author, summary } = paper;
    const data = async () => ({ title, topic, author, summary, file: await uploadPdf(strapi, paper) });
    const documentId = await entry(strapi, WHITE_PAPER, key, data);
    items.push({ key, kind: 'white-paper', documentId, locale: '', content: `${WHITE_PAPER}/${documentId}` });
  }
  return items;
}
