import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Adds a content type with all that Strapi needs to serve it to the app in `appDir`. */
export async function addType(appDir: string, schema: { info: { singularName: string } }): Promise<void> {
  const name = schema.info.singularName;
  const uid = `api::${name}.${name}`;
  await writeAll(path.join(appDir, 'src/api', name), {
    [`content-types/${name}/schema.json`]: JSON.stringify(schema),
    [`controllers/${name}.js`]: `module.exports = require('@strapi/strapi').factories.createCoreController('${uid}');`,
    [`services/${name}.js`]: `module.exports = require('@strapi/strapi').factories.createCoreService('${uid}');`,
    [`routes/${name}.js`]: `module.exports = require('@strapi/strapi').factories.createCoreRouter('${uid}');`,
  });
}

/** Adds a component `<category>.<name>` with these attributes. */
export async function addComponent(appDir: string, uid: string, attributes: object): Promise<void> {
  const [category, name] = uid.split('.') as [string, string];
  const schema = {
    collectionName: `components_${category}_${name}`.replaceAll('-', '_'),
    info: { displayName: name },
    attributes,
  };
  await writeAll(path.join(appDir, 'src/components', category), { [`${name}.json`]: JSON.stringify(schema) });
}

async function writeAll(folder: string, files: Record<string, string>): Promise<void> {
  for (const [relative, text] of Object.entries(files)) {
    const file = path.join(folder, relative);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
